import type { Mutant, Verdict } from "./mutant.ts";

/** A mutant for tests. */
export function exampleMutant(verdict: Verdict, more: Partial<Mutant> = {}): Mutant {
  return {
    lab: "lab-4",
    file: "server-core.ts",
    line: 7,
    mutator: "EqualityOperator",
    context: "if (waited > deadAfter) close();",
    original: "waited > deadAfter",
    replacement: "waited >= deadAfter",
    verdict,
    ...more,
  };
}

export const killed: Verdict = { kind: "killed", by: "lab-4.x" };
export const stopped: Verdict = { kind: "stopped", by: "lab-4.x" };
export const survived: Verdict = { kind: "survived" };
export const ignored: Verdict = { kind: "ignored", why: "the words of an error are free" };
export const fault: Verdict = { kind: "fault", why: "a check threw" };
