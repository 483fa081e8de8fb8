import type { ConformanceCase } from "./case.ts";
import { framingCases } from "./cases/framing.ts";
import { lengthCases } from "./cases/lengths.ts";

/** Every case, in the order in which they are listed and, where they take turns, run. */
export const allCases: readonly ConformanceCase[] = [...framingCases, ...lengthCases];
