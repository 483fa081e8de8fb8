import type { Equivalent } from "./equivalent.ts";
import { lab1Equivalents } from "./lab-1.ts";
import { lab2Equivalents } from "./lab-2.ts";
import { lab4Equivalents } from "./lab-4.ts";
import { lab5Equivalents } from "./lab-5.ts";

/** Every mutant that survives for a reason. */
export const allEquivalents: readonly Equivalent[] = [...lab1Equivalents, ...lab2Equivalents, ...lab4Equivalents, ...lab5Equivalents];
