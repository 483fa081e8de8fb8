import { describe, expect, it } from "vitest";
import { NotImplemented } from "#kit/not-implemented.ts";
import type { Check, LabChecks } from "../check.ts";
import { CheckFailure } from "../check-failure.ts";
import { expectEqual } from "../expect.ts";
import { createHost } from "../host.ts";
import { createStory } from "../story.ts";
import { fromLab } from "../story-packet.ts";
import { describeThrown } from "../thrown-error.ts";
import { messageLayout } from "../wire/layouts.ts";
import { runCheck, strayResult } from "./run-check.ts";

type Lab = { readonly answer: (n: number) => { readonly list: readonly number[] } };

function labOf(run: Check<Lab>["run"]): { readonly lab: LabChecks<Lab>; readonly check: Check<Lab> } {
  const check: Check<Lab> = { id: "lab-1.answers", title: "It answers", rule: "RFC 1", hints: ["a", "b", "c"], run };
  return {
    check,
    lab: { id: "lab-1", title: "t", handout: "h", shape: { answer: "call" }, checks: [check], points: { "lab-1.answers": 3 } },
  };
}

/** Runs a check on a lab that answers like this. */
function run(check: Check<Lab>["run"], answer: (n: number) => unknown = (n) => ({ list: [n] }), seed = 1) {
  const { lab, check: only } = labOf(check);
  return runCheck(lab, only, createHost({ answer: async () => answer } as never, lab.shape), seed);
}

/** A check that fails, with a story whose clock was moved or not. */
function fail(advance: boolean) {
  return run(async ({ story }) => {
    story.tell("call", "answer(1)");
    if (advance) story.advance(20);
    throw new CheckFailure("it is wrong", [{ kind: "note", text: "why" }]);
  });
}

const broken: Check<Lab>["run"] = async () => {
  throw new TypeError("before any call");
};

const brokenAfterwards: Check<Lab>["run"] = async ({ subject }) => {
  await subject.answer(1);
  throw new Error("the fixture is empty");
};

describe("runCheck", () => {
  it("gives a memory only to a check that is run with one", async () => {
    const kept = { seed: 1, paths: ["0"], print: 7 };
    const memories: unknown[] = [];
    const { lab, check } = labOf(async ({ memory }) => {
      memories.push(memory?.earlier);
      memory?.tell({ earlier: "passes" });
      memory?.tell({ found: kept });
    });
    const host = createHost({ answer: async () => () => ({ list: [] }) } as never, lab.shape);
    expect((await runCheck(lab, check, host, 1)).input).toBeUndefined();
    expect((await runCheck(lab, check, host, 1, { kept: { [check.id]: kept } })).input).toEqual({ earlier: "passes", found: kept });
    expect((await runCheck(lab, check, host, 1, { kept: {} })).input).toEqual({ earlier: "passes", found: kept });
    expect(memories).toEqual([undefined, kept, undefined]);
  });

  it("gives the points of a check that passes", async () => {
    const result = await run(async ({ subject }) => void (await subject.answer(1)));
    expect(result).toEqual({ id: "lab-1.answers", title: "It answers", rule: "RFC 1", points: 3, earned: 3, status: "passed" });
  });

  it("gives the check a seed of its own", async () => {
    const seeds: number[] = [];
    const note: Check<Lab>["run"] = async ({ seed }) => void seeds.push(seed);
    await run(note, undefined, 1);
    await run(note, undefined, 1);
    await run(note, undefined, 2);
    expect(seeds[0]).toBe(seeds[1]);
    expect(seeds[0]).not.toBe(seeds[2]);
  });

  it("tells the story of a check that fails, with the clock only when it was moved", async () => {
    expect(await fail(false)).toMatchObject({
      status: "failed",
      earned: 0,
      failure: {
        story: [{ at: 0, verb: "call", words: "answer(1)" }],
        at: undefined,
        headline: "it is wrong",
        detail: [{ kind: "note", text: "why" }],
      },
    });
    expect((await fail(true)).failure?.at).toBe(20);
  });

  it("tells what is not started apart", async () => {
    const result = await run(
      async ({ subject }) => void (await subject.answer(1)),
      () => {
        throw new NotImplemented("lab-1 answer is not implemented yet");
      },
    );
    expect(result).toMatchObject({ status: "not-started", earned: 0, missing: "lab-1 answer is not implemented yet" });
    expect(result.failure).toBeUndefined();
  });

  it("tells an error of the lab's", async () => {
    const result = await run(
      async ({ subject }) => void (await subject.answer(1)),
      () => {
        throw new RangeError("too large");
      },
    );
    expect(result.failure?.headline).toBe("answer threw where it should have answered");
    expect(result.failure?.detail[0]).toEqual({ kind: "got", text: "RangeError: too large" });
  });

  it("fails a lab whose answer is of another form than the check can read", async () => {
    const result = await run(
      async ({ subject }) => void (await subject.answer(1)).list.length,
      () => undefined,
    );
    expect(result.failure?.headline).toBe("answer returned something of another form than its contract says");
    expect(result.failure?.detail.map(({ text }) => text)).toEqual(["got       undefined", "is there a return?"]);
  });

  it("does not blame the lab for a fault of the check", async () => {
    await expect(run(broken)).rejects.toThrow("before any call");
    await expect(run(brokenAfterwards)).rejects.toThrow("the fixture is empty");
  });
});

it("a stray error fails the check with the error and its place, and the story so far", () => {
  const { lab, check } = labOf(async () => {});
  const story = createStory();
  story.tell("device", "is deleted");
  expect(strayResult(lab, check, describeThrown(new RangeError("stray")), story)).toMatchObject({
    id: "lab-1.answers",
    status: "failed",
    earned: 0,
    points: 3,
    failure: { story: [{ verb: "device", words: "is deleted" }], detail: [{ kind: "got", text: "RangeError: stray" }] },
  });
});

describe("the packets of a failure", () => {
  const right = Uint8Array.of(5, 0, 0, 0, 100);
  const wrong = Uint8Array.of(0, 0, 0, 5, 100);
  const compareMessages = () => expectEqual(wrong, right, "a message", { layout: messageLayout });

  it("are those that the check compared, byte by byte", async () => {
    const { failure } = await run(async ({ story }) => {
      story.tell("encode", "100 ip-request");
      compareMessages();
    });
    const packet = { link: "four-over-six", direction: "from-lab" };
    expect(failure?.comparison).toEqual({ expected: { ...packet, bytes: right }, got: { ...packet, bytes: wrong } });
  });

  it("are whole ones where the story knows them", async () => {
    const frame = fromLab("ethernet", wrong);
    const { failure } = await run(async ({ story }) => {
      story.tell("sent", "a frame", frame);
      story.compare(undefined, frame);
      compareMessages();
    });
    expect(failure?.comparison).toEqual({ got: { link: "ethernet", direction: "from-lab", bytes: wrong }, gotLine: 0 });
  });

  it("are none where none were compared", async () => {
    expect((await fail(false)).failure?.comparison).toEqual({});
  });
});

const notStarted = () => {
  throw new NotImplemented("not yet");
};

describe("a trace", () => {
  const { lab, check } = labOf(async ({ subject, story }) => {
    for (let i = 0; i < 100; i++) story.tell("call", String(i));
    story.advance(1);
    await subject.answer(1);
  });
  const traceOf = async (answer: unknown, options?: { readonly trace: boolean }) =>
    runCheck(lab, check, createHost({ answer: async () => answer } as never, lab.shape), 1, options);

  it("tells the whole story of a check, whether it passes, fails or is not started", async () => {
    for (const [answer, status] of [
      [() => ({ list: [] }), "passed"],
      ["none", "failed"],
      [notStarted, "not-started"],
    ] as const) {
      const result = await traceOf(answer, { trace: true });
      expect(result.status).toBe(status);
      expect(result.trace).toMatchObject({ timed: true, earlierRuns: 0 });
      expect(result.trace?.story.length).toBe(100);
    }
  });

  it("is there on demand only", async () => {
    expect((await traceOf(() => ({ list: [] }))).trace).toBeUndefined();
  });
});
