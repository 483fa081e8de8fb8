import { describe, expect, it } from "vitest";
import { check, hostileText, lab } from "./example/tiny-class.ts";
import { headlineOf, storyText } from "./story-text.ts";

describe("a story as text", () => {
  it("is what the terminal tells", () => {
    expect(storyText(check("a", "failed"), 1000).split("\n")).toEqual([
      "x lab-1.a  A message is delivered with its last byte                  0/2 points",
      "    t=0.000 s     recv       5 bytes",
      "  > t=0.000 s     nothing came",
      "    rule    docs/protocol.md#framing",
      "    hint    npm run hint lab-1.a",
      "    again   npm run check lab-1 -- --only a",
    ]);
  });

  it("says in one place what the lab's failures look like", () => {
    const likely = {
      name: "one-read",
      says: "takes one read for one message",
      section: "docs/x.md#y",
      fit: "exact",
      check: "lab-1.a",
    } as const;
    const both = lab([check("a", "failed"), check("b", "failed")], { misconceptions: [likely] });
    const [a = "", b = ""] = both.checks.map((each) => storyText(each, 1000, both));
    expect(a).toContain('    looks like "one-read": takes one read for one message\n               docs/x.md#y');
    expect(b).not.toContain("looks like");
  });

  it("says why a check was stopped", () => {
    for (const reason of ["timeout", "out-of-memory", "crash", "protocol", "output-limit"] as const)
      expect(storyText(check("a", "stopped", { reason }), 1000)).toContain(`  > ${headlineOf(check("a", "stopped", { reason }))}`);
    expect(headlineOf(check("a", "stopped"))).toBe("stopped");
  });

  it("has no control characters, and takes no more room than it is given, whatever a student's code said", () => {
    const failure = {
      story: Array.from({ length: 500 }, () => ({ at: 0, verb: hostileText.repeat(50), words: hostileText.repeat(50) })),
      at: 0,
      headline: hostileText.repeat(500),
      detail: Array.from({ length: 500 }, () => ({ kind: "note", text: hostileText.repeat(50) }) as const),
    };
    const text = storyText(check("a", "failed", { failure, printed: hostileText.repeat(5000) }), 3000);
    expect(text.length).toBeLessThanOrEqual(3000);
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
    expect(text).not.toMatch(/^\s*(::|##\[)/m);
  });
});
