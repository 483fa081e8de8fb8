import type { LabId } from "#launch/implementation.mjs";
import type { CheckGrade, LikelyMisconception } from "../model/grade.ts";

/** The mistakes that the pattern of failing checks points to. */
export function misconceptionsOf(_lab: LabId, _checks: readonly CheckGrade[]): readonly LikelyMisconception[] {
  return [];
}
