import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import type { CheckResult, FailureReport } from "../check-result.ts";
import type { StoryLine } from "../story.ts";
import type { StoryLink, ToldPacket } from "../story-packet.ts";
import { columnsOf } from "./columns.ts";
import { everything, result } from "./example-results.ts";
import type { Style } from "./style.ts";
import { traceLines } from "./trace-lines.ts";

const style = (width = 80): Style => ({ paint: new Chalk({ level: 0 }), width });

function packet(link: StoryLink, direction: ToldPacket["direction"]): ToldPacket {
  return { link, direction, bytes: new Uint8Array() };
}

const story: readonly StoryLine[] = [
  { at: 0, verb: "interface", words: "10.0.0.1" },
  { at: 0, verb: "send", words: 'IPv4 10.0.0.1 > 198.51.100.2 "a" via 10.0.0.9', packet: packet("raw-ip", "to-lab") },
  { at: 0, verb: "sent", words: "ARP who-has 10.0.0.9", packet: packet("ethernet", "from-lab") },
  { at: 5000, verb: "tick", words: "5000 ms" },
  { at: 5000, verb: "recv", words: "ARP 10.0.0.9 is-at …:09", packet: packet("ethernet", "to-lab") },
  { at: 5000, verb: "delivered", words: "IPv4", packet: packet("raw-ip", "from-lab") },
];

function check(id: string, lines = story, more: Partial<CheckResult> = {}): CheckResult {
  const trace = { story: lines, timed: true, earlierRuns: 0 };
  return { ...result("x", "passed"), title: "It works", trace, ...more, id };
}

const failure: FailureReport = { story, at: 5000, headline: "it is wrong", detail: [] };
const failed = (comparison: NonNullable<FailureReport["comparison"]>) =>
  traceLines(check("lab-5.x", story, { status: "failed", failure: { ...failure, comparison } }), style());

describe("a trace", () => {
  it("is a sequence diagram: who stands where, what passes, and when", () => {
    expect(traceLines(check("lab-5.x"), style(62))).toEqual([
      "lab-5.x  It works",
      "",
      "          neighbours              lab             upper layer",
      "  0.000 s │               interface 10.0.0.1                │",
      "          │                        │ send IPv4 10.0.0.1 >   │",
      '          │                        │ 198.51.100.2 "a" via   │',
      "          │                        │ 10.0.0.9               │",
      "          │                        │<───────────────────────│",
      "          │ sent ARP who-has       │                        │",
      "          │ 10.0.0.9               │                        │",
      "          │<───────────────────────│                        │",
      "  5.000 s │················· tick 5000 ms ··················│",
      "          │ recv ARP 10.0.0.9      │                        │",
      "          │ is-at …:09             │                        │",
      "          │───────────────────────>│                        │",
      "          │                        │ delivered IPv4         │",
      "          │                        │───────────────────────>│",
      "",
      "ok lab-5.x  2/2 points",
    ]);
  });

  it("has columns for those only with whom something passes", () => {
    const peers = traceLines(check("lab-3.x", [{ at: 0, verb: "heard", words: "", packet: packet("four-over-six", "to-lab") }]), style(40));
    expect(peers.slice(2, 5)).toEqual([
      "          peer                       lab",
      "  0.000 s │ heard                      │",
      "          │───────────────────────────>│",
    ]);
    const alone = traceLines(check("lab-2.x", [{ at: 0, verb: "allocate", words: "-> 13.8.0.2" }]), style(40));
    expect(alone.slice(2, 4)).toEqual(["          lab", "  0.000 s │ allocate -> 13.8.0.2"]);
    const tun = traceLines(check("lab-4.x", [{ at: 0, verb: "tun", words: "a", packet: packet("raw-ip", "to-lab") }]), style(40));
    expect(tun.slice(2, 5)).toEqual([
      "          lab                        TUN",
      "  0.000 s │ tun a                      │",
      "          │<───────────────────────────│",
    ]);
  });

  it("has no clock where the story has none", () => {
    const lines = traceLines(check("lab-2.x", undefined, { trace: { story, timed: false, earlierRuns: 0 } }), style());
    expect(lines.join("\n")).not.toMatch(/\d s /);
  });

  it("draws many equal ticks as one, that ends where the last one does", () => {
    const ticks = Array.from({ length: 50 }, (_, i): StoryLine => ({ at: (i + 1) * 100, verb: "tick", words: "100 ms" }));
    const lines = traceLines(check("lab-3.x", [...ticks, { at: 5001, verb: "tick", words: "1 ms" }]), style());
    expect(lines.filter((line) => line.includes("tick"))).toEqual(["  5.000 s │ tick 100 ms, 50 times", "  5.001 s │ tick 1 ms"]);
  });

  it("marks the packet that is wrong, and says how it failed", () => {
    const lines = failed({ expected: packet("ethernet", "from-lab"), got: packet("ethernet", "from-lab"), gotLine: 2 });
    expect(lines.filter((line) => line.startsWith(">")).map((line) => line.replace(/ +/g, " "))).toEqual([
      "> │ sent ARP who-has 10.0.0.9 │ │",
      "> │<────────────────────────────────│ │",
    ]);
    expect(lines.slice(-5)).toEqual([
      "x lab-5.x  It works                                                   2/2 points",
      "  > t=5.000 s     it is wrong",
      "    rule    docs/protocol.md#framing",
      "    hint    npm run hint lab-5.x",
      "    again   npm run check lab-5 -- --only x",
    ]);
  });

  it("ends with how to run it again as it was run", () => {
    const wrong = check("lab-5.x", story, { status: "failed", failure });
    expect(traceLines(wrong, style(), { seed: 7 }).at(-1)).toBe("    again   npm run check lab-5 -- --only x --seed 7");
  });

  it("draws what is missing, dashed", () => {
    const lines = failed({ expected: packet("raw-ip", "from-lab") });
    const at = lines.findIndex((line) => line.includes("missing here"));
    expect(lines[at]?.startsWith(">")).toBe(true);
    expect(lines[at + 1]).toMatch(/^> +│ +│(?:- )+-?>│$/);
  });

  it("says of generated cases that it tells the last", () => {
    const lines = traceLines(check("lab-5.x", undefined, { trace: { story, timed: true, earlierRuns: 60 } }), style());
    expect(lines[1]).toBe("  the last of 61 runs of this scenario");
  });

  it("says what is missing in a check that is not started", () => {
    const lines = traceLines(check("lab-5.x", undefined, { status: "not-started", missing: "send is missing" }), style());
    expect(lines.at(-1)).toBe("not started: send is missing");
  });

  it("is only the failure where the check was stopped", () => {
    const { trace: _, ...stopped } = check("lab-5.x", undefined, { status: "endless", failure: { ...failure, story: [] } });
    expect(traceLines(stopped, style()).length).toBe(5);
  });

  it.each([40, 60, 80, 100])("is never wider than the terminal: %d columns", (width) => {
    const hostile = everything.story.flatMap(({ at, words }): readonly StoryLine[] => [
      { at, verb: "recv", words },
      { at, verb: "recv", words, packet: packet("ethernet", "to-lab") },
      { at, verb: "send", words, packet: packet("raw-ip", "to-lab") },
    ]);
    for (const id of ["lab-1.x", "lab-2.x", "lab-3.x", "lab-4.x", "lab-5.x"]) {
      const lines = traceLines(check(id, hostile, { missing: undefined as never }), style(width));
      expect(lines.filter((line) => columnsOf(line) > width)).toEqual([]);
      expect(lines.join("")).not.toContain("\u001b");
    }
    const waiting = check("lab-3.x", story, { status: "not-started", missing: "lab-3 heartbeat is not implemented yet; ".repeat(4) });
    expect(traceLines(waiting, style(width)).filter((line) => columnsOf(line) > width)).toEqual([]);
  });
});
