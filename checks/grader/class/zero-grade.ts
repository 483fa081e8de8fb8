import { type HiddenChecks, markHidden, noHiddenChecks, withHiddenChecks } from "#checks/grader/hidden/hidden-checks.ts";
import { kitFiles } from "#checks/grader/intake/lab-files.ts";
import type { CheckGrade, LabGrade, Receipt, SubmissionGrade } from "#checks/grader/model/grade.ts";
import { registry } from "#checks/harness/registry.ts";
import type { LabId } from "#launch/implementation.mjs";

/** The labs with nothing in them: every check at 0 points, and why it was not run. */
export async function emptyLabs(
  labs: readonly LabId[],
  missing: string,
  hidden: HiddenChecks = noHiddenChecks,
): Promise<readonly LabGrade[]> {
  return Promise.all(
    labs.map(async (id): Promise<LabGrade> => {
      const own = await registry[id]?.();
      if (own === undefined) throw new Error(`There are no checks for ${id}.`);
      const lab = withHiddenChecks(own, hidden);
      const zeros = lab.checks.map(
        (check): CheckGrade => ({
          id: check.id,
          title: check.title,
          rule: check.rule,
          points: lab.points[check.id] ?? 0,
          earned: 0,
          status: "not-run",
          missing,
          hidden: false,
        }),
      );
      const checks = markHidden(zeros, hidden);
      const points = checks.reduce((sum, check) => sum + check.points, 0);
      return { lab: id, title: lab.title, missingFiles: kitFiles(id), typeFaults: [], checks, earned: 0, points, misconceptions: [] };
    }),
  );
}

/** The grade of a submission of which nothing could be taken, or that could not be graded. */
export function zeroGrade(
  submission: SubmissionGrade["submission"],
  labs: readonly LabGrade[],
  receipt: Receipt,
  probes: readonly string[],
  problem?: string,
): SubmissionGrade {
  return {
    submission,
    labs,
    earned: 0,
    points: labs.reduce((sum, lab) => sum + lab.points, 0),
    adjustments: [],
    total: 0,
    tier: receipt.tier,
    probes,
    receipt,
    ...(problem === undefined ? {} : { problem }),
  };
}
