import type { Arbitrary } from "fast-check";
import { describe, expect, it } from "vitest";
import type { Exam } from "./check.ts";
import { CheckFailure } from "./check-failure.ts";
import { forAll } from "./generate.ts";
import type { InputFate, InputMemory, KeptInput } from "./kept-input.ts";
import { ownLoopback } from "./loopback.ts";
import { createStory } from "./story.ts";
import { NotStarted, SubjectThrew } from "./subject.ts";

const examWith = (seed: number, memory?: InputMemory): Exam<unknown> => ({
  subject: {},
  story: createStory(),
  seed,
  memory,
  loopback: ownLoopback,
});

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

  it("makes a sequence shorter until each step of it is needed", async () => {
    const inputs: (readonly Step[])[] = [];
    const law = async (steps: readonly Step[]) => {
      inputs.push(steps);
      if (failsFor(steps)) throw new CheckFailure("it failed");
    };
    for (const seed of [1, 2, 3, 4, 5]) await expect(forAll(examWith(seed), anySteps, law)).rejects.toThrow("it failed");
    const last = inputs.at(-1) ?? [];
    expect(last.map(({ kind }) => kind)).toEqual(["open", "close", "send"]);
    expect(last.map((_, index) => failsFor(last.toSpliced(index, 1)))).toEqual([false, false, false]);
  });

  it("gives up making an input smaller after a thousand tries", async () => {
    let ran = 0;
    const law = async () => {
      ran++;
      throw new CheckFailure("always");
    };
    const endless = forAll(examWith(1), (fc) => fc.array(fc.bigInt(), { minLength: 500, maxLength: 500 }), law);
    await expect(endless).rejects.toThrow("always");
    expect(ran).toBeLessThan(1_100);
  });
});

describe("forAll with a memory", () => {
  it("tries the input that failed before first, whatever the seed, and nothing else while it fails", async () => {
    const kept = await keptFrom(3);
    const { fates, inputs, error } = await run(99, kept, tooMuch(500));
    expect(inputs).toEqual([1000]);
    expect((error as Error).message).toBe("1000 is too much");
    expect(fates).toEqual([{ earlier: "fails" }]);
  });

  it("says that it passes, and goes on to generate", async () => {
    const kept = await keptFrom(3);
    expect((await run(3, kept, async () => {})).fates).toEqual([{ earlier: "passes" }]);
    const { fates, inputs } = await run(3, kept, tooMuch(2000));
    expect(fates).toEqual([{ earlier: "passes" }, { found: expect.objectContaining({ seed: 3 }) }]);
    expect(inputs.at(-1)).toBe(2000);
  });

  it.each<[string, (kept: KeptInput) => KeptInput, number?]>([
    ["leads to another input", (kept) => ({ ...kept, print: kept.print + 1 })],
    ["leads nowhere", (kept) => ({ ...kept, paths: ["99:99999"] })],
    ["is no path", (kept) => ({ ...kept, paths: ["hello"] })],
    ["is empty", (kept) => ({ ...kept, paths: [] })],
    ["was made by another kit", (kept) => kept, 50],
  ])("drops a kept input whose path %s", async (_name, spoil, most) => {
    const { fates, inputs, error } = await run(3, spoil(await keptFrom(3)), async () => {}, most);
    expect(error).toBeUndefined();
    expect(fates).toEqual([{ earlier: "gone" }]);
    expect(inputs.length).toBeGreaterThan(50);
  });

  it("keeps it while the lab is not started", async () => {
    const { fates, error } = await run(3, await keptFrom(3), notStarted);
    expect(error).toBeInstanceOf(NotStarted);
    expect(fates).toEqual([]);
  });

  it("keeps nothing when only some inputs come to a part that is not started", async () => {
    const { fates, inputs, error } = await run(3, undefined, async (n) => {
      if (n >= 1000) await notStarted();
    });
    expect(error).toBeInstanceOf(NotStarted);
    expect(inputs.length).toBeGreaterThan(1);
    expect(fates).toEqual([]);
  });
});

function tooMuch(limit: number): (n: number) => Promise<void> {
  return async (n) => {
    if (n >= limit) throw new CheckFailure(`${n} is too much`);
  };
}

async function run(seed: number, earlier: KeptInput | undefined, law: (n: number) => Promise<void>, most = 1e6) {
  const fates: InputFate[] = [];
  const inputs: number[] = [];
  const judge = async (n: number) => {
    inputs.push(n);
    await law(n);
  };
  const exam = examWith(seed, { earlier, tell: (fate) => fates.push(fate) });
  const error: unknown = await forAll(exam, (fc) => fc.nat(most), judge).catch((thrown: unknown) => thrown);
  return { fates, inputs, error };
}

async function keptFrom(seed: number): Promise<KeptInput> {
  const { fates } = await run(seed, undefined, tooMuch(1000));
  const [fate] = fates;
  if (fate?.found === undefined || fates.length !== 1) throw new Error("One input is found.");
  return JSON.parse(JSON.stringify(fate.found)) as KeptInput;
}

async function notStarted(): Promise<void> {
  throw new NotStarted("lab-1 is not implemented yet");
}

type Step = { readonly kind: "open" | "close" | "send" | "wait"; readonly id: number };

function anySteps(fc: typeof import("fast-check")): Arbitrary<readonly Step[]> {
  const step = fc.record({ kind: fc.constantFrom<Step["kind"][]>("wait", "open", "send", "close"), id: fc.nat(2) });
  return fc.array(step, { maxLength: 60, size: "max" });
}

/** Something is sent on what was open and is not any more. */
function failsFor(steps: readonly Step[]): boolean {
  const opened = new Set<number>();
  const closed = new Set<number>();
  return steps.some(({ kind, id }) => {
    if (kind === "open") opened.add(id);
    if (kind === "close" && opened.has(id)) closed.add(id);
    return kind === "send" && closed.has(id);
  });
}
