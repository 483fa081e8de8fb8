import { describe, expect, it } from "vitest";
import { createStory } from "./story.ts";
import { fromLab, toLab } from "./story-packet.ts";

const bytes = Uint8Array.of(5, 0, 0, 0, 100);

const broken = () => {
  throw new TypeError("no frame");
};
const plain = (packet: Uint8Array) => ({ link: "raw-ip", direction: "from-lab", bytes: packet });

describe("a packet of a story", () => {
  it("is told as plain data, with its link, its direction and its peer", () => {
    const story = createStory();
    story.tell("recv", "a", toLab("four-over-six", bytes, "client 1"));
    story.tell("sent", "b", fromLab("ethernet", bytes));
    story.tell("tick", "c");
    expect(structuredClone(story.lines())).toEqual([
      { at: 0, verb: "recv", words: "a", packet: { link: "four-over-six", direction: "to-lab", peer: "client 1", bytes } },
      { at: 0, verb: "sent", words: "b", packet: { link: "ethernet", direction: "from-lab", bytes } },
      { at: 0, verb: "tick", words: "c" },
    ]);
  });

  it("costs nothing while nobody asks: its bytes are made when the story is told", () => {
    const story = createStory();
    let made = 0;
    const lazy = () => {
      made++;
      return bytes;
    };
    for (let i = 0; i < 1000; i++) story.tell("recv", String(i), toLab("ethernet", lazy));
    expect(made).toBe(0);
    expect(story.lines().filter(({ packet }) => packet !== undefined).length).toBe(28);
    expect(made).toBe(28);
  });

  it("is left out where a lab has returned something that has no bytes", () => {
    const story = createStory();
    story.tell("sent", "a", fromLab("ethernet", broken));
    story.tell(
      "sent",
      "b",
      fromLab("raw-ip", () => "bytes" as never),
    );
    story.compare(fromLab("ethernet", bytes), fromLab("ethernet", broken));
    expect(story.lines()).toEqual([
      { at: 0, verb: "sent", words: "a" },
      { at: 0, verb: "sent", words: "b" },
    ]);
    expect(story.comparison()).toEqual({ expected: { link: "ethernet", direction: "from-lab", bytes } });
  });
});

describe("what a check compares", () => {
  const other = Uint8Array.of(1);

  it("is the packet that should have come, the one that came, and its line", () => {
    const story = createStory();
    const got = fromLab("raw-ip", other);
    story.tell("sent", "as it should be", fromLab("raw-ip", other));
    story.tell("sent", "wrong", got);
    story.tell("sent", "told, and not yet looked at", fromLab("raw-ip", other));
    story.compare(fromLab("raw-ip", bytes), got);
    expect(story.comparison()).toEqual({ expected: plain(bytes), got: plain(other), gotLine: 1 });
  });

  it("is still known when the line is among those that are left out", () => {
    const story = createStory();
    const got = fromLab("raw-ip", other);
    for (let i = 0; i < 10; i++) story.tell("step", "");
    story.tell("sent", "wrong", got);
    for (let i = 0; i < 40; i++) story.tell("sent", "more", fromLab("raw-ip", bytes));
    story.compare(undefined, got);
    expect(story.comparison()).toEqual({ got: plain(other) });
  });

  it("is nothing when both are the same: then it failed for something else", () => {
    const story = createStory();
    story.compare(fromLab("raw-ip", bytes), fromLab("raw-ip", Uint8Array.from(bytes)));
    expect(story.comparison()).toEqual({});
    story.compare(fromLab("raw-ip", bytes, "client 1"), fromLab("raw-ip", bytes, "client 2"));
    expect(story.comparison()).toMatchObject({ expected: { peer: "client 1" }, got: { peer: "client 2" } });
  });

  it("is forgotten with the next line, and with a new case", () => {
    const story = createStory();
    story.compare(fromLab("raw-ip", bytes), undefined);
    story.tell("tick", "");
    expect(story.comparison()).toEqual({});
    story.compare(fromLab("raw-ip", bytes), undefined);
    story.restart();
    expect(story.comparison()).toEqual({});
  });
});

describe("a story that is kept whole", () => {
  it("has every line", () => {
    const story = createStory({ keep: "whole" });
    for (let i = 0; i < 3000; i++) story.tell("step", String(i));
    expect(story.lines().map(({ words }) => Number(words))).toEqual(Array.from({ length: 3000 }, (_, i) => i));
  });

  it("is bounded all the same", () => {
    const story = createStory({ keep: "whole" });
    for (let i = 0; i < 5000; i++) story.tell("step", String(i));
    expect(story.lines().length).toBe(4001);
    expect(story.lines()[2000]).toMatchObject({ verb: "…", words: "1000 steps that went well are left out" });
  });

  it("holds all parts of a scenario, each with a clock of its own", () => {
    const story = createStory({ keep: "whole" });
    story.begin();
    story.tell("tick", "first");
    story.advance(500);
    story.begin();
    story.tell("tick", "second");
    expect(story.lines()).toEqual([
      { at: 0, verb: "tick", words: "first" },
      { at: 0, verb: "anew", words: "the next part begins, with everything fresh" },
      { at: 0, verb: "tick", words: "second" },
    ]);
    expect(story.restarts()).toBe(0);
  });

  it("keeps of generated cases the last, and says how many were before", () => {
    const story = createStory({ keep: "whole" });
    for (const name of ["a", "b", "c"]) {
      story.restart();
      story.tell("step", name);
    }
    expect(story.lines().map(({ words }) => words)).toEqual(["c"]);
    expect(story.restarts()).toBe(2);
  });
});

it("the parts of a scenario are told one by one in a story that is not kept whole", () => {
  const story = createStory();
  story.tell("tick", "first");
  story.begin();
  story.tell("tick", "second");
  expect(story.lines().map(({ words }) => words)).toEqual(["second"]);
});
