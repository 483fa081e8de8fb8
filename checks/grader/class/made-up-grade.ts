import { createHash } from "node:crypto";
import type { SubmissionGrade } from "#checks/grader/model/grade.ts";
import type { Submission } from "#checks/grader/model/submission.ts";

/** A hash of a submission's files, for tests. */
export function madeUpHash({ files }: Pick<Submission, "files">): string {
  const hash = createHash("sha256");
  for (const { lab, path, content } of files) hash.update(`${lab}/${path}\n`).update(content);
  return `sha256-${hash.digest("hex")}`;
}

/** A grade for tests of what is done with grades: one check, which is worth 10 points. */
export function madeUpGrade({ files, ...submission }: Submission, earned = 7): SubmissionGrade {
  const check = {
    id: "lab-3.regular",
    title: "Heartbeats go on",
    rule: "docs/lab-3-heartbeat.md#two-clocks",
    points: 10,
    earned,
    status: earned === 10 ? "passed" : "failed",
    hidden: false,
  } as const;
  return {
    submission,
    labs: [{ lab: "lab-3", title: "heartbeat", missingFiles: [], typeFaults: [], checks: [check], earned, points: 10, misconceptions: [] }],
    earned,
    points: 10,
    adjustments: [],
    total: earned,
    tier: "T1",
    probes: ["runs in a test"],
    receipt: {
      kit: "sha256-kit",
      checks: "sha256-checks",
      submission: madeUpHash({ files }),
      node: "v20.0.0",
      seed: 1,
      tier: "T1",
      verdicts: `sha256-${earned}`,
    },
  };
}
