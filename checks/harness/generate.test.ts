import { describe, expect, it } from "vitest";
import type { Exam } from "./check.ts";
import { CheckFailure } from "./check-failure.ts";
import { forAll } from "./generate.ts";
import { createStory } from "./story.ts";
import { NotStarted, SubjectThrew } from "./subject.ts";

const examWith = (seed: number): Exam<unknown> => ({ subject: {}, story: createStory(), seed });

async function inputsOf(seed: number, cases = 30): Promise<readonly number[]> {
  const inputs: number[] = [];
  await forAll(
    examWith(seed),
    (fc) => fc.nat(1e6),
    async (n) => void inputs.push(n),
    { cases },
  );
  return inputs;
}

async function throwsFromFive(n: number): Promise<void> {
  if (n >= 5) throw new SubjectThrew("f", { name: "RangeError", message: `at ${n}`, frames: [] });
}

describe("forAll", () => {
  it("runs the law on as many different cases as it should", async () => {
    expect(new Set(await inputsOf(1)).size).toBeGreaterThanOrEqual(25);
    expect((await inputsOf(1, 100)).length).toBeGreaterThanOrEqual(100);
  });

  it("generates the same inputs from the same seed, and others from another", async () => {
    expect(await inputsOf(7)).toEqual(await inputsOf(7));
    expect(await inputsOf(7)).not.toEqual(await inputsOf(8));
  });

  it("tells the story of the smallest case that fails, and of no other", async () => {
    const exam = examWith(3);
    const law = async (n: number) => {
      exam.story.tell("try", String(n));
      if (n >= 1000) throw new CheckFailure(`${n} is too much`, [{ kind: "got", text: "got       it" }]);
    };
    const failure = await forAll(exam, (fc) => fc.nat(1e6), law).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CheckFailure);
    expect((failure as CheckFailure).message).toBe("1000 is too much");
    expect(exam.story.lines()).toEqual([{ at: 0, verb: "try", words: "1000" }]);
    expect((failure as CheckFailure).detail.map(({ text }) => text)).toEqual([
      "got       it",
      expect.stringMatching(/^the smallest of the failing cases; \d+ were generated$/),
    ]);
  });

  it("passes on that the lab is not started, after one case", async () => {
    let ran = 0;
    const law = async () => {
      ran++;
      throw new NotStarted("lab-1 is not implemented yet");
    };
    await expect(forAll(examWith(1), (fc) => fc.nat(), law)).rejects.toThrow(NotStarted);
    expect(ran).toBe(1);
  });

  it("passes on what the lab threw in the smallest case", async () => {
    await expect(forAll(examWith(1), (fc) => fc.nat(), throwsFromFive)).rejects.toThrow("f threw RangeError: at 5");
  });

  it("says so when the same input does not fail again", async () => {
    let failed = false;
    const law = async () => {
      if (failed) return;
      failed = true;
      throw new CheckFailure("once");
    };
    await expect(forAll(examWith(1), (fc) => fc.constant(0), law)).rejects.toThrow("the same input gave different answers");
  });

  it("begins the story anew for each case", async () => {
    const exam = examWith(1);
    await forAll(
      exam,
      (fc) => fc.nat(),
      async () => exam.story.tell("try", "one"),
      { cases: 5 },
    );
    expect(exam.story.lines().length).toBe(1);
  });
});
