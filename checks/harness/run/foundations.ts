import type { LabId } from "#launch/implementation.mjs";

const foundations: Partial<Record<LabId, readonly LabId[]>> = { "lab-4": ["lab-1", "lab-2", "lab-3"], "lab-5": ["lab-1"] };

/** The labs that a lab is built on. */
export function foundationsOf(lab: LabId): readonly LabId[] {
  return foundations[lab] ?? [];
}
