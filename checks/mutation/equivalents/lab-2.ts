import type { Equivalent } from "./equivalent.ts";

const pool = { lab: "lab-2", file: "address-pool.ts" } as const;
const table = { lab: "lab-2", file: "session-table.ts" } as const;

/** Why some mutants of the user pool survive. */
export const lab2Equivalents: readonly Equivalent[] = [
  {
    ...pool,
    mutator: "ArrayDeclaration",
    context: "const returned: number[] = [];",
    original: "[]",
    replacement: '["Stryker was here"]',
    reason: "the ring's places are written from the first one on, and none is read before it is written",
  },
  {
    ...pool,
    mutator: "EqualityOperator",
    context: "return untouched > network.last ? undefined : untouched++;",
    original: "untouched > network.last",
    replacement: "untouched >= network.last",
    reason: "the last address is the broadcast address, which the loop in front has always skipped",
  },
  {
    ...table,
    mutator: "ConditionalExpression",
    context: "if (address === undefined) return undefined;",
    original: "address === undefined",
    replacement: "false",
    reason: "the session holds undefined before and after, and nobody asks who owns undefined",
  },
];
