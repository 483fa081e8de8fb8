import type { LabId } from "#launch/implementation.mjs";
import type { Figures } from "./figures-lines.ts";

/** The reference's figures. Made by `npm run figures`; do not edit by hand. */
export const referenceFigures: Readonly<Record<LabId, Figures>> = {
  "lab-1": { files: 7, lines: 383, time: 0.889 },
  "lab-2": { files: 2, lines: 81, time: 1.02 },
  "lab-3": { files: 1, lines: 31, time: 0.311 },
  "lab-4": { files: 3, lines: 177, time: 0.69 },
  "lab-5": { files: 3, lines: 132, time: 2.01 },
};
