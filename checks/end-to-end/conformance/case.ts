import type { Exam } from "./exam.ts";

/**
 * - `quick`: one after the other on one server, each in a moment.
 * - `timing`: needs a minute of waiting; all of them wait side by side, on a server of their own.
 * - `suspended`: as `timing`, on a server that is stopped in between.
 */
export type Pace = "quick" | "timing" | "suspended";

/** One thing that a 4over6 server must do, tested from outside: data, and a function that throws a `CheckFailure`. */
export type ConformanceCase = {
  /** Stable, and what `--only` finds: `length-0`. */
  readonly id: string;
  /** One sentence that says what is right, without a full stop. */
  readonly title: string;
  /** The heading where the rule stands. */
  readonly rule: `docs/protocol.md#${string}`;
  /** What is behind it: what servers do that fail, and what their users see. */
  readonly why: string;
  readonly pace?: Pace;
  /** The server starts anew for this case, so that all its addresses are free. */
  readonly freshServer?: true;
  readonly run: (exam: Exam) => Promise<void>;
};

export function paceOf(conformanceCase: ConformanceCase): Pace {
  return conformanceCase.pace ?? "quick";
}
