import { Chalk } from "chalk";
import { describe, expect, it } from "vitest";
import { registry } from "#checks/harness/registry.ts";
import { columnsOf, inOneLine } from "#checks/harness/report/columns.ts";
import { hintLines, hintListLines } from "./hint-lines.ts";

const plain = { paint: new Chalk({ level: 0 }), width: 80 };
const check = {
  id: "lab-1.glued",
  title: "Several messages in one chunk",
  rule: "docs/protocol.md#framing",
  hints: ["Look behind the first message.", "TCP may deliver ten messages at once, and one receive() call is not one message.", "Loop."],
  run: async () => {},
} as const;

describe("hints", () => {
  it("are shown up to the level, with the way on", () => {
    expect(hintLines(check, 1, "docs/lab-1-codec.md", plain)).toEqual([
      "lab-1.glued",
      "Several messages in one chunk",
      "rule  docs/protocol.md#framing",
      "",
      "  1  where to look",
      "     Look behind the first message.",
      "",
      "For the next hint, 2 of 3, ask again: npm run hint lab-1.glued",
    ]);
    expect(hintLines(check, 3, "docs/lab-1-codec.md#framing", plain).slice(3)).toEqual([
      "",
      "  1  where to look",
      "     Look behind the first message.",
      "",
      "  2  what to think about",
      "     TCP may deliver ten messages at once, and one receive() call is not one",
      "     message.",
      "",
      "  3  what to write",
      "     Loop.",
      "",
      "That was the last hint. docs/lab-1-codec.md#framing explains it.",
      "From the start: npm run hint lab-1.glued -- --again",
    ]);
  });

  it("say the same with colours as without", () => {
    const colored = hintLines(check, 2, "h", { paint: new Chalk({ level: 1 }), width: 80 });
    expect(colored.join("")).toContain("\u001b[");
    expect(colored.map(inOneLine)).toEqual(hintLines(check, 2, "h", plain));
  });

  it("fit 80 columns, all of all labs", async () => {
    for (const load of Object.values(registry)) {
      const lab = await load();
      const lines = [...lab.checks.flatMap((one) => hintLines(one, 3, lab.handout, plain)), ...hintListLines(lab, {}, plain)];
      expect(lines.filter((line) => columnsOf(line) > 80)).toEqual([]);
    }
  });
});

describe("the list of a lab's hints", () => {
  const lab = {
    id: "lab-1",
    title: "codec",
    handout: "h",
    shape: {},
    points: {},
    checks: [check, { ...check, id: "lab-1.at-once" }],
  } as const;

  it("names the checks, and how many hints of each were seen", () => {
    expect(hintListLines(lab, { "lab-1.at-once": 2 }, plain)).toEqual([
      "lab-1  codec: hints",
      "",
      "       glued    Several messages in one chunk",
      "  2/3  at-once  Several messages in one chunk",
      "",
      "Ask with npm run hint lab-1.NAME. A number in front says how many of the 3 hints",
      "you have seen.",
    ]);
  });
});
