import type { LabId } from "#launch/implementation.mjs";

/** A file that the grader takes from a submission: one of those that the lab's folder has, regular, and of at most 1 MiB. */
export type TakenFile = {
  readonly lab: LabId;
  /** The name in the lab's folder: `message.ts`. */
  readonly path: string;
  readonly content: Uint8Array;
};

/** Something in a submission that was not taken, and why: `is a link`, `is no file of a lab`. Control characters are made visible in both. */
export type Refusal = { readonly path: string; readonly why: string };

/** One line of the roster. */
export type Student = { readonly id: string; readonly name: string; readonly email?: string };

/** What somebody handed in. Its content is not trusted; everything else comes from the instructor. */
export type Submission = {
  /** Unique in a run, and fit for a file name: letters, digits, `.`, `_` and `-`, at most 64 of them, and no dot in front. */
  readonly id: string;
  /** `none` of a student in the roster who handed in nothing. */
  readonly source: "folder" | "archive" | "git" | "none";
  /** The commit, of a git repository. */
  readonly revision?: string;
  /** When it was handed in, ISO 8601 with a zone, where that is known. */
  readonly submittedAt?: string;
  /** Whose it is, by the roster: one student, a pair or a group. Empty when no roster names it. */
  readonly students: readonly Student[];
  readonly group?: string;
  readonly files: readonly TakenFile[];
  readonly refused: readonly Refusal[];
};
