import { describe, expect, it } from "vitest";
import { CheckFailure } from "./check-failure.ts";
import { createOutbox } from "./outbox.ts";
import { createStory } from "./story.ts";
import { fromLab } from "./story-packet.ts";

type Action = { readonly text: string };

function make(options?: { readonly gather: boolean }) {
  const story = createStory();
  return { story, outbox: createOutbox<Action>(story, ({ text }) => ["sent", text], options) };
}

function failureOf(action: () => unknown): CheckFailure {
  try {
    action();
  } catch (error) {
    if (error instanceof CheckFailure) return error;
    throw error;
  }
  throw new Error("Nothing failed.");
}

describe("an outbox", () => {
  it("tells what is put, and gives it out in order", () => {
    const { story, outbox } = make();
    outbox.put([{ text: "a" }, { text: "b" }, { text: "c" }]);
    expect(story.lines().map(({ verb, words }) => `${verb} ${words}`)).toEqual(["sent a", "sent b", "sent c"]);
    expect(outbox.take("an a")).toEqual({ text: "a" });
    expect(outbox.takeAll()).toEqual([{ text: "b" }, { text: "c" }]);
    outbox.expectEmpty();
  });

  it("fails when something is expected and nothing is there", () => {
    expect(failureOf(() => make().outbox.take("a frame")).message).toBe("expected a frame, but nothing came");
  });

  it("fails when something is left, and shows it", () => {
    const { outbox } = make();
    outbox.put(Array.from({ length: 8 }, (_, i) => ({ text: `action ${i}` })));
    const failure = failureOf(outbox.expectEmpty);
    expect(failure.message).toBe("expected nothing (more), but there were 8 actions");
    expect(failure.detail.map(({ text }) => text)).toEqual([
      ...Array.from({ length: 6 }, (_, i) => `got       sent  action ${i}`),
      "and 2 more",
    ]);
  });

  it("fails at the next thing that happens when something is unclaimed", () => {
    const { outbox } = make();
    outbox.put([{ text: "a" }]);
    expect(failureOf(() => outbox.put([])).message).toContain("expected nothing (more), but there was one action");
  });

  it("fails before the next call is told, so that the story ends with the call that it came of", () => {
    const { story, outbox } = make();
    outbox.put([{ text: "a" }]);
    expect(failureOf(outbox.expectTaken).message).toContain("expected nothing (more), but there was one action");
    expect(story.lines().map(({ words }) => words)).toEqual(["a"]);
  });

  it("lets things wait when it gathers", () => {
    const { outbox } = make({ gather: true });
    outbox.put([{ text: "a" }]);
    outbox.expectTaken();
    outbox.put([{ text: "b" }]);
    expect(outbox.takeAll().length).toBe(2);
  });

  it.each([undefined, null, {}, 3, "x"])("fails when the lab returns %j instead of a list", (wrong) => {
    expect(failureOf(() => make().outbox.put(wrong as never)).message).toBe("expected a list of actions");
  });

  it("fails when an item of the list cannot be described", () => {
    const failure = failureOf(() => make().outbox.put([{ text: "a" }, undefined] as never));
    expect(failure.message).toBe("expected a list of actions, but one of them is not what the contract calls an action");
    expect(failure.detail[0]?.text).toBe("got       undefined");
  });
});

const packetOf = (text: string) => fromLab("raw-ip", new TextEncoder().encode(text));
const textOf = (packet: { readonly bytes: Uint8Array } | undefined) => packet && new TextDecoder().decode(packet.bytes);

function withPackets(...texts: readonly string[]) {
  const story = createStory();
  const outbox = createOutbox<Action>(story, ({ text }) => ["sent", text, packetOf(text)]);
  outbox.put(texts.map((text) => ({ text })));
  return { story, outbox };
}
describe("an outbox of packets", () => {
  it("tells them", () => {
    const { story } = withPackets("a", "b");
    expect(story.lines().map(({ packet }) => textOf(packet))).toEqual(["a", "b"]);
  });

  it("lets the story know which one is compared with what", () => {
    const { story, outbox } = withPackets("same", "same", "wrong");
    outbox.take("a packet", packetOf("same"));
    outbox.take("a packet", packetOf("same"));
    expect(story.comparison()).toEqual({});
    outbox.take("a packet", packetOf("right"));
    const { expected, got, gotLine } = story.comparison();
    expect([textOf(expected), textOf(got), gotLine]).toEqual(["right", "wrong", 2]);
  });

  it("lets the story know what is missing, and what came unasked", () => {
    const { story, outbox } = withPackets("unasked", "too");
    failureOf(outbox.expectEmpty);
    expect(story.comparison()).toMatchObject({ gotLine: 0 });
    expect(textOf(story.comparison().got)).toBe("unasked");
    failureOf(() => outbox.take("a packet", packetOf("missing")));
    expect(story.comparison()).toEqual({ expected: { link: "raw-ip", direction: "from-lab", bytes: new TextEncoder().encode("missing") } });
  });
});
