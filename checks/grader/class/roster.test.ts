import { describe, expect, it } from "vitest";
import { assignStudents } from "./assign-students.ts";
import { readRoster } from "./roster.ts";

const read = (text: string) => readRoster(text, "roster.csv");

describe("a roster", () => {
  it("is read as spreadsheets write it", () => {
    const expected = [
      { line: 2, student: { id: "ann", name: "Ann, A." }, submission: undefined, group: undefined, submittedAt: undefined },
      {
        line: 3,
        student: { id: "bob", name: "bob", email: "b@x.org" },
        submission: "team-1",
        group: "one",
        submittedAt: "2026-04-03T21:59:00.000Z",
      },
    ];
    const lines = [
      ["ID", "Name", "Email", "Room", "Submission", "Group", "Submitted"],
      ["ann", '"Ann, A."', "", "7"],
      ["bob", "", "b@x.org", "", "team-1.zip", "one", "2026-04-03T23:59+02:00"],
    ];
    for (const delimiter of [",", ";", "\t"])
      for (const end of ["\n", "\r\n"])
        expect(read(`\ufeff${lines.map((cells) => cells.join(delimiter)).join(end)}${end}${delimiter}${end}${end}`)).toEqual(expected);
  });

  it.each([
    ["", "roster.csv is empty; its first line names the columns: id,name."],
    ["id,name\n", "roster.csv names no student."],
    [
      "id,naem\na,b\n",
      "roster.csv, line 1: there is no column name. Did you mean naem? The columns are id, name, email, submission, group, submitted.",
    ],
    ["id,name,id\na,b,c\n", "roster.csv, line 1: there are two columns id."],
    ["id,name\n,Ann\n", "roster.csv, line 2: a student without an id."],
    ["id,name\nann,A\nbob,B\nann,C\n", "roster.csv, line 4: ann is there already, in line 2."],
    ["id,name\nann,A,extra\n", "roster.csv, line 2: there are more cells than columns; put quotes around a cell with a comma in it."],
    ['id,name\nann,"A\n', "roster.csv, line 2 is no table that can be read"],
    ["id,name\nann,a\u001b[31mb\n", "roster.csv, line 2: there is a control character in a cell."],
    ["id,name,submitted\nann,A,yesterday\n", "roster.csv, line 2: submitted yesterday is no moment; write it as"],
  ])("%j is refused", (text, message) => expect(() => read(text)).toThrow(message));
});

const assign = (ids: readonly string[], ...lines: readonly string[]) => {
  const { owners, absent, unknown } = assignStudents(ids, read(["id,name,submission,group", ...lines].join("\n")));
  const names = (map: typeof owners) =>
    Object.fromEntries([...map].map(([id, { students }]) => [id, students.map((each) => each.id).join(" ")]));
  return { owners: names(owners), absent: names(absent), unknown };
};

describe("students and submissions", () => {
  it("belong together by the student's id, by the roster's word, or by the group", () => {
    expect(assign(["Ann", "team-1", "blue"], "ann,A", "bob,B,team-1.zip", "cid,C,team-1", "dan,D,,blue", "eve,E,,blue")).toEqual({
      owners: { Ann: "ann", "team-1": "bob cid", blue: "dan eve" },
      absent: {},
      unknown: [],
    });
  });

  it("of a group belong to all of it, whoever of them handed in", () => {
    expect(assign(["dan"], "dan,D,,blue", "eve,E,,blue")).toEqual({ owners: { dan: "dan eve" }, absent: {}, unknown: [] });
  });

  it("who handed in nothing is listed, and what nobody handed in, too", () => {
    expect(assign(["ann", "stranger"], "ann,A", "bob,B", "cid,C,,blue", "dan,D,,blue")).toEqual({
      owners: { ann: "ann" },
      absent: { bob: "bob", blue: "cid dan" },
      unknown: ["stranger"],
    });
  });

  it("cannot be shared by two groups", () => {
    expect(() => assign(["x"], "ann,A,x,one", "bob,B,x,two")).toThrow(
      "The roster's lines 2 and 3 name the same submission, x, and different groups.",
    );
  });
});
