import { expect, it } from "vitest";
import { anonymised } from "./anonymise.ts";
import { check, classOf, grade, lab } from "./example/tiny-class.ts";
import { writers } from "./writers.ts";

const grades = classOf(
  ["zoe", "ada", "bo"].map((id) => ({
    ...grade(id, [lab([check("a", "failed")])]),
    submission: {
      id,
      source: "git" as const,
      revision: `commit-of-${id}`,
      students: [{ id, name: `Name of ${id}`, email: `${id}@example.edu` }],
      group: `group of ${id}`,
      refused: [{ path: `${id}/notes.txt`, why: "is no file of a lab" }],
    },
  })),
  { anonymous: true },
);

it("gives numbers, and leaves out all that names somebody", () => {
  const numbered = anonymised(grades).grades;
  expect(numbered.map(({ submission }) => submission.id)).toEqual(["submission-001", "submission-002", "submission-003"]);
  expect(numbered[0]?.submission).toEqual({
    id: "submission-001",
    source: "git",
    students: [],
    refused: [{ path: "file 1", why: "is no file of a lab" }],
  });
});

it("does nothing unasked, and nothing twice", () => {
  expect(anonymised({ ...grades, anonymous: false })).toEqual({ ...grades, anonymous: false });
  expect(anonymised(anonymised(grades))).toEqual(anonymised(grades));
});

it("holds for every format", () => {
  for (const [format, write] of Object.entries(writers))
    for (const { path, content } of write(grades))
      expect(`${format} ${/\b(zoe|ada|bo)\b/.exec(path + content)?.[0] ?? "names nobody"}`).toBe(`${format} names nobody`);
});
