import { describe, expect, it } from "vitest";
import { createStory } from "./story.ts";

describe("a story", () => {
  it("keeps what is told, in order, with the clock", () => {
    const story = createStory();
    story.tell("send", "a");
    story.advance(1500);
    story.tell("recv", "b");
    expect(story.lines()).toEqual([
      { at: 0, verb: "send", words: "a" },
      { at: 1500, verb: "recv", words: "b" },
    ]);
    expect(story.now()).toBe(1500);
  });

  it("is timed once its clock was moved, also by nothing", () => {
    const story = createStory();
    expect(story.timed()).toBe(false);
    story.advance(0);
    expect(story.timed()).toBe(true);
  });

  it("keeps the beginning and the end of a long one, and says how much is left out", () => {
    const story = createStory();
    for (let i = 1; i <= 1000; i++) story.tell("step", String(i));
    const lines = story.lines();
    expect(lines.length).toBeLessThan(40);
    expect(lines.slice(0, 4).map(({ words }) => words)).toEqual(["1", "2", "3", "4"]);
    expect(lines[4]).toMatchObject({ verb: "…", words: `${1000 - (lines.length - 1)} steps that went well are left out` });
    expect(lines.at(-1)?.words).toBe("1000");
  });

  it("leaves nothing out that fits", () => {
    const story = createStory();
    for (let i = 1; i <= 28; i++) story.tell("step", String(i));
    expect(story.lines().map(({ words }) => words)).toEqual(Array.from({ length: 28 }, (_, i) => String(i + 1)));
  });

  it("begins anew with its clock at nothing", () => {
    const story = createStory();
    for (let i = 0; i < 100; i++) story.tell("step", String(i));
    story.advance(5);
    story.restart();
    expect(story.lines()).toEqual([]);
    expect(story.now()).toBe(0);
    expect(story.timed()).toBe(false);
    story.tell("step", "new");
    expect(story.lines()).toEqual([{ at: 0, verb: "step", words: "new" }]);
  });
});
