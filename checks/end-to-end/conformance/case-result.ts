import type { FailureReport } from "#checks/harness/check-result.ts";
import type { Millis } from "#contract/vocabulary.ts";

/** How one case ended. Plain data: it goes from the process that ran it to the terminal and to files. */
export type CaseResult = {
  readonly id: string;
  readonly duration: Millis;
} & (
  | { readonly status: "passed" }
  | {
      readonly status: "failed";
      readonly failure: FailureReport;
      /** What the server printed during the case: its last lines. */
      readonly printed: string;
      /** The server could not be started at all. */
      readonly neverUp: boolean;
    }
  | { readonly status: "not-tested"; readonly why: string }
);
