import type { LabId } from "#launch/implementation.mjs";

/** What became of a mutant. */
export type Verdict =
  /** A check failed. */
  | { readonly kind: "killed"; readonly by: string }
  /** A check did not end, or the thread died: as good as failed. */
  | { readonly kind: "stopped"; readonly by: string }
  | { readonly kind: "survived" }
  /** The kit itself stumbled over it. */
  | { readonly kind: "fault"; readonly why: string }
  /** Nobody tries it. */
  | { readonly kind: "ignored"; readonly why: string };

/** A small change of a lab's reference, made by the machine, and whether the lab's checks notice. */
export type Mutant = {
  readonly lab: LabId;
  /** In the lab's folder. */
  readonly file: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** The kind of change, by Stryker's name: `EqualityOperator`. */
  readonly mutator: string;
  /** The source line where it begins, without indentation. */
  readonly context: string;
  /** What stood there and what stands there now, each in one short line. */
  readonly original: string;
  readonly replacement: string;
  readonly verdict: Verdict;
};

const longest = 60;

/** Code in one short line. */
export function shortCode(code: string): string {
  const line = code.replace(/\s+/g, " ").trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 1)}…`;
}

/** Whether a check noticed it. */
export function isKilled({ verdict }: Mutant): boolean {
  return verdict.kind === "killed" || verdict.kind === "stopped";
}
