import type { Equivalent } from "./equivalent.ts";

const unreachable = {
  lab: "lab-4",
  mutator: "ConditionalExpression",
  context: "default:",
  replacement: "default:",
  reason: "the compiler proves that nobody comes here",
} as const;

/** Why some mutants of the TUN server survive. */
export const lab4Equivalents: readonly Equivalent[] = [
  { ...unreachable, file: "server-core.ts", original: "default: return message satisfies never;" },
  { ...unreachable, file: "run-server.ts", original: "default: action satisfies never;" },
];
