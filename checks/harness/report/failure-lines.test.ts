import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import type { FailureReport } from "../check-result.ts";
import { columnsOf, inOneLine } from "./columns.ts";
import { everything, result } from "./example-results.ts";
import { failureLines } from "./failure-lines.ts";
import type { Style } from "./style.ts";

const plain = (width = 80): Style => ({ paint: new Chalk({ level: 0 }), width });
const failure: FailureReport = {
  story: [
    { at: 0, verb: "send", words: "IPv4 10.0.0.1 > 10.0.0.9" },
    { at: 5000, verb: "tick", words: "5000 ms" },
  ],
  at: 5000,
  headline: "expected no frame, but one was sent",
  detail: [
    { kind: "expected", text: "expected  nothing" },
    { kind: "got", text: "got       a frame" },
  ],
};

describe("a failure", () => {
  it("is a story with its clock, the rule and the way on", () => {
    expect(failureLines(result("at-once", "failed", { failure }), plain())).toEqual([
      "x lab-1.at-once  A message is delivered with its last byte            0/2 points",
      "    t=0.000 s     send       IPv4 10.0.0.1 > 10.0.0.9",
      "    t=5.000 s     tick       5000 ms",
      "  > t=5.000 s     expected no frame, but one was sent",
      "    expected  nothing",
      "    got       a frame",
      "    rule    docs/protocol.md#framing",
      "    hint    npm run hint lab-1.at-once",
      "    again   npm run check lab-1 -- --only at-once",
    ]);
  });

  it("says where its packets are, and which of them to look at", () => {
    const capture = { file: "checks/out/lab-1.at-once.pcapng", frame: 4 };
    const lines = failureLines(result("at-once", "failed", { failure: { ...failure, capture } }), plain());
    expect(lines.at(-1)).toBe("    capture checks/out/lab-1.at-once.pcapng  frame 4");
  });

  it("has no clock when its check had none", () => {
    const lines = failureLines(result("at-once", "failed", { failure: { ...failure, at: undefined } }), plain());
    expect(lines.slice(1, 4)).toEqual([
      "    send       IPv4 10.0.0.1 > 10.0.0.9",
      "    tick       5000 ms",
      "  > expected no frame, but one was sent",
    ]);
  });

  it("goes on in a second line where a step is too long for one", () => {
    const words = "ARP 10.0.0.9 is-at 02:00:00:00:00:09 to …:01 by …:08";
    const story = [{ at: 0, verb: "recv", words }];
    expect(failureLines(result("x", "failed", { failure: { ...failure, story } }), plain(79)).slice(1, 3)).toEqual([
      "    t=0.000 s     recv       ARP 10.0.0.9 is-at 02:00:00:00:00:09 to …:01 by",
      "                             …:08",
    ]);
    const longer = [{ at: 0, verb: "recv", words: "bytes ".repeat(80) }];
    const lines = failureLines(result("x", "failed", { failure: { ...failure, story: longer } }), plain());
    expect(lines[2]).toMatch(/^ {29}bytes .*…$/);
    expect(lines[3]).toMatch(/^ {2}> /);
    const verbose = [{ at: 0, verb: "v".repeat(3000), words }];
    expect(failureLines(result("x", "failed", { failure: { ...failure, story: verbose } }), plain(40)).slice(3, 6)).toEqual([
      "    t=0.000 s     vvvvvvvvvvvvvvv… ARP",
      `${" ".repeat(20)}10.0.0.9 is-at 02:0…`,
      expect.stringMatching(/^ {2}> /),
    ]);
  });

  it("says once, and how many times, what happened again and again", () => {
    const ticks = Array.from({ length: 20 }, (_, index) => ({ at: 100 * (index + 1), verb: "tick", words: "100 ms" }));
    const story = [...ticks, { at: 2000, verb: "send", words: "a" }, { at: 2000, verb: "sent", words: "a" }];
    expect(failureLines(result("x", "failed", { failure: { ...failure, story } }), plain()).slice(1, 5)).toEqual([
      "    t=2.000 s     tick       100 ms, 20 times",
      "    t=2.000 s     send       a",
      "    t=2.000 s     sent       a",
      "  > t=5.000 s     expected no frame, but one was sent",
    ]);
  });

  it("shows what the lab printed, and how much more there was", () => {
    const printed = `${Array.from({ length: 20 }, (_, i) => `line ${i}`).join("\n")}\n`;
    const lines = failureLines(result("x", "failed", { failure, printed }), plain());
    const at = lines.indexOf("    your code printed");
    expect(lines[at + 1]).toBe("      | line 0");
    expect(lines[at + 12]).toBe("      | line 11");
    expect(lines[at + 13]).toBe("      and 8 more lines");
  });

  it.each([40, 80, 100])("is never wider than the terminal: %d columns", (width) => {
    const long = result(`decode-${"very-".repeat(20)}long`, "failed", {
      title: "A title of many words ".repeat(10),
      failure: { ...everything, capture: { file: "checks/out/lab-1.decode-short-length-tolerated.pcapng", frame: 12 } },
      printed: `${"加油".repeat(80)}\n\t\u001b[31m${"z".repeat(200)}`,
    });
    const lines = failureLines({ ...long, id: "lab-1.decode-short-length-tolerated" }, plain(width)).flatMap((line) => line.split("\n"));
    const wide = lines.filter((line) => columnsOf(line) > width);
    // The commands are to be copied and stay whole.
    expect(wide.filter((line) => !/^ {4}(?:rule|hint|again|capture) /.test(line))).toEqual([]);
    if (width >= 80) expect(wide).toEqual([]);
    for (const line of lines) expect(inOneLine(line)).toBe(line);
  });

  it("keeps every line of a hexdump whole at 80 columns", () => {
    const lines = failureLines(result("x", "failed", { failure: everything }), plain());
    const dumps = lines.filter((line) => /^ +[0-9a-f]{4,} {2}/.test(line));
    expect(dumps.length).toBeGreaterThan(4);
    expect(dumps.filter((line) => line.includes("…"))).toEqual([]);
  });

  it("says the same with colours as without", () => {
    const check = result("x", "failed", { failure, printed: "hello" });
    const colored = failureLines(check, { paint: new Chalk({ level: 1 }), width: 80 });
    expect(colored.join("\n")).toContain("\u001b[31m");
    expect(colored.map(inOneLine)).toEqual(failureLines(check, plain()).map(inOneLine));
  });
});
