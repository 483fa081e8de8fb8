import type { LabId } from "#launch/implementation.mjs";
import type { ClassGrades, LabGrade } from "../../model/grade.ts";
import { variantAnchor } from "./anchors.ts";
import type { StoryPool } from "./story-pool.ts";

/** So few failures are listed on each page that they belong to. */
const fewFailures = 10;

/** For a submission and a lab: the first submission of the class that fails the same checks with the same stories. */
export type Alike = (submission: string, lab: LabId) => string | undefined;

/** Who fails most of a lab seldom does so alone. Where stories are told once, long lists of them are given once, too. */
export function findAlike({ grades }: ClassGrades, pool: StoryPool): Alike {
  if (pool.repeated) return () => undefined;
  const firsts = new Map<string, string>();
  const found = new Map<string, string>();
  for (const { submission, labs } of grades)
    for (const lab of labs) {
      const list = listOf(submission.id, lab, pool);
      if (list.length <= fewFailures) continue;
      const key = `${lab.lab} ${list.join(" ")}`;
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, submission.id);
      else found.set(`${submission.id} ${lab.lab}`, first);
    }
  return (submission, lab) => found.get(`${submission} ${lab}`);
}

function listOf(id: string, { checks }: LabGrade, pool: StoryPool): readonly string[] {
  return checks.flatMap((check) => {
    const variant = pool.variantOf(id, check.id);
    return variant === undefined ? [] : [`${check.status}:${variantAnchor(variant)}`];
  });
}
