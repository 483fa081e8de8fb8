import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { check, classOf, grade, lab } from "./example/tiny-class.ts";
import { gradebookFiles } from "./gradebook.ts";

const checks = lab([check("a", "passed"), check("b", "failed")]);
const pair = grade("pair-1", [checks], {
  adjustments: [
    { kind: "late", points: -1, why: "a day late" },
    { kind: "override", points: 0.5, why: "=found a mistake", lab: "lab-1" },
  ],
  submission: {
    id: "pair-1",
    source: "git",
    submittedAt: "2026-11-19T10:00:00Z",
    group: "-pair",
    students: [
      { id: "s1", name: '=HYPERLINK("http://example.org")', email: "+1@example.edu" },
      { id: "s2", name: 'Zoë, "Z"\nLee' },
    ],
    refused: [],
  },
});
const ungraded = grade("eve", [checks], { tier: "T3" });
const nobody = { ...grade("nobody", [checks]), submission: { id: "nobody", source: "folder" as const, students: [], refused: [] } };
const absent = {
  ...grade("abe", [lab([check("a", "not-run")])]),
  submission: { id: "abe", source: "none" as const, students: [{ id: "abe", name: "Abe" }], refused: [] },
};
const files = new Map(gradebookFiles(classOf([pair, ungraded, nobody, absent])).map(({ path, content }) => [path, content]));

function table(path: string): readonly Record<string, string>[] {
  return parse(files.get(path) ?? "", { columns: true, bom: true });
}

describe("the gradebook", () => {
  const rows = table("gradebook.csv");

  it("has a row for each student, members of a group included, and for who is unknown", () => {
    expect(rows.map((row) => [row["ID"], row["Submission"]])).toEqual([
      ["s1", "pair-1"],
      ["s2", "pair-1"],
      ["eve", "eve"],
      ["", "nobody"],
      ["abe", "abe"],
    ]);
  });

  it("has points by lab, what changed them, and the total", () => {
    expect(rows[1]).toMatchObject({
      "lab-1 codec": "2",
      "By checks": "2",
      Late: "-1",
      Override: "0.5",
      Total: "1.5",
      "Points possible": "4",
      Tier: "T1",
      Status: "graded",
    });
  });

  it("has no points where there is no grade, and says why", () => {
    expect(rows[2]).toMatchObject({ "lab-1 codec": "", Total: "", Status: "not graded" });
    expect(rows[2]?.["Remarks"]).toMatch(/^Feedback only/);
  });

  it("says who handed in nothing", () => {
    expect(rows[4]).toMatchObject({ Total: "0", Status: "handed in nothing" });
  });

  it("has no cell that a spreadsheet takes for a formula; negative numbers stay numbers", () => {
    expect(rows[0]).toMatchObject({ Name: `'=HYPERLINK("http://example.org")`, Email: "'+1@example.edu", Group: "'-pair", Late: "-1" });
    expect(rows[1]?.["Name"]).toBe('Zoë, "Z" Lee');
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).toMatch(/^(?![=+@\t\r]|-(?!\d+(\.\d+)?$))/);
  });

  it("has no such cell either for a spreadsheet that divides at semicolons, whatever quotes and spaces stand around it", () => {
    const hostile = ["a;=1", 'a";"=1', "a; \t+1", 'a;"" @1', " =1", "\r=1", "\u202e=1", "a\n;-1", "＝1", "a,=1;=2"];
    const students = hostile.map((name, index) => ({ id: `s${index}`, name, email: name }));
    const submission = { id: "x", source: "folder" as const, group: "g;=1", students, refused: [] };
    const adjustments = hostile.map((why) => ({ kind: "override" as const, points: -1, why }));
    for (const { content } of gradebookFiles(classOf([{ ...grade("x", [checks], { adjustments }), submission }]))) {
      const rows = content.replace("\ufeff", "").split("\r\n");
      expect(rows.length).toBeGreaterThan(hostile.length);
      for (const row of rows) {
        // Quotes mean nothing to a cell that did not begin with one.
        for (const cell of row.split(";")) expect(cell).not.toMatch(/^[\s"]*[=+@＝-]/u);
        for (const cell of parse(row).flat()) expect(cell).not.toMatch(/^[\s"]*(?:[=+@＝]|-(?!\d+$))/u);
      }
    }
  });

  it("tells a spreadsheet its encoding", () => {
    expect(files.get("gradebook.csv")?.codePointAt(0)).toBe(0xfeff);
  });
});

describe("the gradebook for Canvas", () => {
  const rows = table("gradebook-canvas.csv");

  it("has Canvas's columns, and columns of points that add up to the total", () => {
    expect(Object.keys(rows[0] ?? {})).toEqual(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "lab-1 codec", "adjustments"]);
    expect(rows[0]).toMatchObject({ Student: "Points Possible", "lab-1 codec": "4", adjustments: "0" });
    expect(rows[2]).toMatchObject({ "SIS User ID": "s2", "lab-1 codec": "2", adjustments: "-0.5" });
  });

  it("leaves alone who has no grade, and leaves out who is unknown", () => {
    expect(rows[3]).toMatchObject({ "SIS User ID": "eve", "lab-1 codec": "", adjustments: "" });
    expect(rows).toHaveLength(5);
  });
});
