import { describe, expect, it } from "vitest";
import { check, classOf, grade, lab, secret } from "./example/tiny-class.ts";
import { seenByStudent } from "./student-view.ts";
import { writers } from "./writers.ts";

const grades = classOf([
  grade("ada", [lab([check("a", "passed"), secret])], { adjustments: [{ kind: "late", points: -1, why: "a day" }] }),
]);
const [ada] = grades.grades;

describe("what a student sees", () => {
  it("is points of open checks only, until hidden ones are released", () => {
    expect(ada && seenByStudent(ada, { hiddenReleased: false })).toMatchObject({ points: 2, total: 1, keptBack: 1 });
    expect(ada && seenByStudent(ada, { hiddenReleased: true })).toMatchObject({ points: 4, total: 1, keptBack: 0 });
  });

  it("is id and category of a check that is kept back", () => {
    expect(ada && seenByStudent(ada, { hiddenReleased: false }).labs[0]?.checks[1]).toEqual({
      kind: "kept-back",
      id: "lab-1.hidden-noise",
      category: "robustness",
    });
  });

  it("holds for every format that students get to see", () => {
    for (const format of ["gradescope", "ctrf", "junit", "classroom50", "markdown"] as const)
      for (const { path, content } of writers[format](grades)) expect(`${path} ${/SECRET/.exec(content)?.[0]}`).toBe(`${path} undefined`);
  });

  it("is all of it after the release", () => {
    for (const format of ["gradescope", "ctrf", "junit", "classroom50", "markdown"] as const)
      expect(writers[format]({ ...grades, hiddenReleased: true }).some(({ content }) => content.includes("SECRET headline"))).toBe(true);
  });
});
