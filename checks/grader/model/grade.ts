import type { FailureReport } from "#checks/harness/check-result.ts";
import type { TypeFault } from "#checks/harness/run/type-errors.ts";
import type { LabId } from "#launch/implementation.mjs";
import type { Submission } from "./submission.ts";

/** How well the grader was protected from a submission, derived from what probes could do. T3 is feedback, never a grade. */
export type Tier = "T0" | "T1" | "T2" | "T3";

/** Why a check got no answer that could be judged. */
export type StopReason = "timeout" | "out-of-memory" | "crash" | "protocol" | "output-limit";

/** How one check ended. Of a hidden one, students learn nothing but id and category before its release. */
export type CheckGrade = {
  readonly id: string;
  readonly title: string;
  readonly rule: string;
  readonly points: number;
  readonly earned: number;
  readonly status: "passed" | "failed" | "not-started" | "stopped" | "not-run";
  /** Of a check that was stopped. */
  readonly reason?: StopReason;
  readonly failure?: FailureReport;
  /** Of a check that is not started, or was not run: what is missing. */
  readonly missing?: string;
  /** What the code printed during the check: head and tail, control characters and workflow commands made harmless. */
  readonly printed?: string;
  /** One of the instructor's own checks: before release only id and category are shown to students. */
  readonly hidden: boolean;
  /** What a hidden check is about, in a word or two, as students may know it: `robustness`. */
  readonly category?: string;
};

/** A mistake that the pattern of failing checks points to. */
export type LikelyMisconception = {
  readonly name: string;
  /** What a teacher would say. */
  readonly says: string;
  /** Where the handout explains it: `docs/lab-5-arp-interface.md#…`. */
  readonly section: string;
  /** Whether the pattern is exactly that of the mistake, or only much alike. */
  readonly fit: "exact" | "similar";
  /** The failing check that shows it best. */
  readonly check?: string;
};

export type LabGrade = {
  readonly lab: LabId;
  readonly title: string;
  /** The files of the lab that the submission does not have. They count as the skeleton's. */
  readonly missingFiles: readonly string[];
  readonly typeFaults: readonly TypeFault[];
  readonly checks: readonly CheckGrade[];
  readonly earned: number;
  readonly points: number;
  readonly misconceptions: readonly LikelyMisconception[];
};

/** A change of the points that no check made. */
export type Adjustment = {
  readonly kind: "late" | "override";
  /** Added to the total: negative for a deduction. */
  readonly points: number;
  readonly why: string;
  readonly lab?: LabId;
};

/** What has to be the same for a repeated run to come to the same grade. Hashes are `sha256-` and hexadecimal. */
export type Receipt = {
  readonly kit: string;
  readonly checks: string;
  readonly submission: string;
  readonly node: string;
  readonly seed: number;
  readonly tier: Tier;
  /** Of the verdicts: id, status and points of every check. */
  readonly verdicts: string;
};

/** The grade of one submission. */
export type SubmissionGrade = {
  readonly submission: Omit<Submission, "files">;
  readonly labs: readonly LabGrade[];
  /** By the checks alone. */
  readonly earned: number;
  readonly points: number;
  readonly adjustments: readonly Adjustment[];
  /** After the adjustments, between 0 and `points`. */
  readonly total: number;
  readonly tier: Tier;
  /** What the tier rests on, a sentence a probe: `cannot read a file of another submission`. */
  readonly probes: readonly string[];
  readonly receipt: Receipt;
  /** A grade can be published only when nothing of the grader's own failed. */
  readonly problem?: string;
};

/** A whole run, in the order of the ids. Holds no host name and no path of the grading computer. */
export type ClassGrades = {
  readonly course: string;
  /** ISO 8601, UTC. */
  readonly gradedAt: string;
  readonly seed: number;
  readonly labs: readonly LabId[];
  readonly grades: readonly SubmissionGrade[];
  /** Students are named by numbers only. */
  readonly anonymous: boolean;
  /** Whether students may see what hidden checks said. */
  readonly hiddenReleased: boolean;
};
