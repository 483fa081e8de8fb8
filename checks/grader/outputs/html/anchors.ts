import type { LabId } from "#launch/implementation.mjs";
import type { FailureVariant } from "./story-pool.ts";

/** Where in the report things are. Ids of submissions hold nothing that needs escaping in a link; those of checks may. */
export function submissionAnchor(id: string): string {
  return `s-${encodeURIComponent(id)}`;
}

/** A lab of a submission, in that submission's page. */
export function labAnchor(id: string, lab: LabId): string {
  return `${submissionAnchor(id)}/${lab}`;
}

/** A failure of a submission, in that submission's page. There are tens of thousands: a number is shorter than a name. */
export function failureAnchor(id: string, { place }: Pick<FailureVariant, "place">): string {
  return `${submissionAnchor(id)}/${place}`;
}

/** A check, in the list of what fails. */
export function checkAnchor(check: string): string {
  return `c-${encodeURIComponent(check)}`;
}

/** One of the ways in which submissions fail a check. */
export function variantAnchor({ place, number }: Pick<FailureVariant, "place" | "number">): string {
  return `v${place}.${number}`;
}
