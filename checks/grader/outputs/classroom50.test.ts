import { expect, it } from "vitest";
import { classroom50Context, classroom50Files } from "./classroom50.ts";
import { schemaFaults } from "./example/schemas.ts";
import { check, classOf, grade, lab, secret } from "./example/tiny-class.ts";
import type { Classroom50Context } from "./writer.ts";

const faults = schemaFaults("classroom50-result.schema.json");
const checks = [check("a", "passed"), check("b", "failed"), check("c", "not-started"), secret];

function resultOf(grades: ReturnType<typeof classOf>, classroom50?: Classroom50Context) {
  const [file] = classroom50Files(grades, classroom50 === undefined ? {} : { classroom50 });
  expect(file?.path).toBe("submissions/ada/result.json");
  const result = JSON.parse(file?.content ?? "");
  expect(faults(result)).toEqual([]);
  return result;
}

it("has whole points, and leaves out what is kept back with its points", () => {
  const adjustments = [{ kind: "late", points: -0.4, why: "late" }] as const;
  const result = resultOf(classOf([grade("ada", [lab(checks)], { adjustments })]));
  expect(result).toMatchObject({ score: 2, "max-score": 6, owner: "ada", assignment_type: "individual" });
  expect(
    result.tests.map((test: Record<string, unknown>) => [test["test-name"], test["passed"], test["score"], test["max-score"]]),
  ).toEqual([
    ["lab-1.a: A message is delivered with its last byte", true, 2, 2],
    ["lab-1.b: A message is delivered with its last byte", false, 0, 2],
    ["lab-1.c: A message is delivered with its last byte", false, 0, 2],
  ]);
  expect(resultOf(classOf([grade("ada", [lab(checks)])], { hiddenReleased: true }))["max-score"]).toBe(8);
});

it("takes what only Classroom 50 knows from its environment", () => {
  const context = classroom50Context({
    CLASSROOM: "cs50",
    ASSIGNMENT: "tunnel",
    MODE: "group",
    USERNAME: "ada-l",
    SUBMISSION_TAG: "submit/2026-11-20T10-00-00Z-abcdef0",
    COMMIT_URL: "https://example.org/c",
    RELEASE_URL: "https://example.org/r",
  });
  expect(resultOf(classOf([grade("ada", [lab(checks)])]), context)).toMatchObject({
    classroom: "cs50",
    assignment: "tunnel",
    assignment_type: "group",
    owner: "ada-l",
    submission: "submit/2026-11-20T10-00-00Z-abcdef0",
    commit: "https://example.org/c",
    release: "https://example.org/r",
    review: "https://example.org/c",
  });
  expect(classroom50Context({ CLASSROOM: "cs50" })).toBeUndefined();
});

it("is not written where the points must not be published", () => {
  expect(classroom50Files(classOf([grade("ada", [lab(checks)], { problem: "x" })]))).toEqual([]);
});
