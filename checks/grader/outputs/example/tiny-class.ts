import type { CheckGrade, ClassGrades, LabGrade, SubmissionGrade } from "../../model/grade.ts";

/** Grades for tests, with as little in them as a test is about. */
export function check(name: string, status: CheckGrade["status"], more: Partial<CheckGrade> = {}): CheckGrade {
  const points = more.points ?? 2;
  return {
    id: `lab-1.${name}`,
    title: "A message is delivered with its last byte",
    rule: "docs/protocol.md#framing",
    points,
    earned: status === "passed" ? points : 0,
    status,
    hidden: false,
    ...(status === "failed"
      ? { failure: { story: [{ at: 0, verb: "recv", words: "5 bytes" }], at: 0, headline: "nothing came", detail: [] } }
      : {}),
    ...more,
  };
}

export function lab(checks: readonly CheckGrade[], more: Partial<LabGrade> = {}): LabGrade {
  return {
    lab: "lab-1",
    title: "codec",
    missingFiles: [],
    typeFaults: [],
    checks,
    earned: checks.reduce((sum, { earned }) => sum + earned, 0),
    points: checks.reduce((sum, { points }) => sum + points, 0),
    misconceptions: [],
    ...more,
  };
}

export function grade(id: string, labs: readonly LabGrade[], more: Partial<SubmissionGrade> = {}): SubmissionGrade {
  const earned = labs.reduce((sum, each) => sum + each.earned, 0);
  const points = labs.reduce((sum, each) => sum + each.points, 0);
  const adjusted = (more.adjustments ?? []).reduce((sum, each) => sum + each.points, earned);
  return {
    submission: { id, source: "folder", students: [{ id, name: `Student ${id}`, email: `${id}@example.edu` }], refused: [] },
    labs,
    earned,
    points,
    adjustments: [],
    total: Math.max(0, Math.min(points, adjusted)),
    tier: "T1",
    probes: ["cannot read a file of another submission"],
    receipt: {
      kit: "sha256-01",
      checks: "sha256-02",
      submission: `sha256-${Buffer.from(id).toString("hex")}`,
      node: "20.20.2",
      seed: 4006,
      tier: "T1",
      verdicts: "sha256-03",
    },
    ...more,
  };
}

export function classOf(grades: readonly SubmissionGrade[], more: Partial<ClassGrades> = {}): ClassGrades {
  return {
    course: "Networks & more",
    gradedAt: "2026-11-20T18:30:00Z",
    seed: 4006,
    labs: ["lab-1"],
    grades,
    anonymous: false,
    hiddenReleased: false,
    ...more,
  };
}

/** A hidden check that fails, with a secret in all that only an instructor may read. */
export const secret = check("hidden-noise", "failed", {
  title: "SECRET title",
  rule: "SECRET rule",
  hidden: true,
  category: "robustness",
  failure: {
    story: [{ at: 0, verb: "recv", words: "SECRET bytes" }],
    at: 0,
    headline: "SECRET headline",
    detail: [{ kind: "note", text: "SECRET" }],
  },
  printed: "SECRET print",
});

/** What a student may have written to harm whoever reads it. */
export const hostileText = `<script>alert(1)</script> ]]></failure> \u001b[31mred \u0000\u202e| [x](http://example.org)\n::error::forged\n##[error]forged\n=1+1`;
