import { expect, it } from "vitest";
import { check, classOf, grade, lab } from "./example/tiny-class.ts";
import { type Machine, withoutMachine } from "./machine.ts";
import { writers } from "./writers.ts";

const machine: Machine = { host: "grader-07.cs.example.edu", folders: ["/srv/kit", "/home/prof", "/tmp", "/"] };

/** The text after it went through a grade. */
function cleaned(text: string): string | undefined {
  const failed = check("a", "failed", { failure: { story: [], at: undefined, headline: text, detail: [] } });
  return withoutMachine(classOf([grade("ada", [lab([failed])])]), machine).grades[0]?.labs[0]?.checks[0]?.failure?.headline;
}

it("makes paths relative, as a lab's files are named", () => {
  expect(cleaned("at encode (/home/prof/2026/in/ada/lab-1-codec/message.ts:3:4)")).toBe("at encode (lab-1-codec/message.ts:3:4)");
  expect(cleaned("file:///tmp/run-x/lab-5-arp-interface/arp-table.ts:1")).toBe("lab-5-arp-interface/arp-table.ts:1");
  expect(cleaned("C:\\Users\\prof\\lab-2-user-pool\\pool.ts")).toBe("lab-2-user-pool\\pool.ts");
  expect(cleaned("open '/home/prof/grades.csv', /srv/kit/checks/x.ts, /tmp")).toBe("open 'grades.csv', checks/x.ts, ");
});

it("leaves out the name of the computer, long and short", () => {
  expect(cleaned("connect grader-07.cs.example.edu:22 from GRADER-07")).toBe("connect (computer):22 from (computer)");
});

it("spoils nothing else", () => {
  for (const text of [
    "docs/protocol.md#framing",
    "10.0.0.1/24 and 1/2 points",
    "/home/professor/x",
    "my-grader-07-b",
    "a and/or b",
    "RFC 791 / 1071",
  ])
    expect(cleaned(text)).toBe(text);
  const ordinary = withoutMachine(classOf([], { course: "the server" }), { host: "server", folders: [] });
  expect(ordinary.course).toBe("the server");
});

it("keeps them out of every format, wherever a student may have put them", () => {
  const text = "at f (/home/prof/in/ada/lab-1-codec/message.ts:1:2) on grader-07, see /srv/kit/secret";
  const planted = check("a", "failed", {
    failure: { story: [{ at: 0, verb: "said", words: text }], at: 0, headline: text, detail: [{ kind: "note", text }] },
    printed: text,
  });
  const faults = [{ file: "/srv/kit/labs/lab-1-codec/message.ts", line: 1, column: 1, message: text, source: text }];
  const grades = classOf([
    grade("ada", [lab([planted, check("b", "not-started", { missing: text })], { typeFaults: faults })]),
    grade("bo", [lab([planted])], { problem: text }),
  ]);
  for (const [format, write] of Object.entries(writers))
    for (const { path, content } of write(grades, { machine }))
      expect(`${format} ${path} ${/\/home\/|\/srv\/|grader-07/i.exec(content)?.[0] ?? "is clean"}`).toBe(`${format} ${path} is clean`);
});
