/** Where in the report things are. Ids of submissions hold nothing that needs escaping in a link; those of checks may. */
export function submissionAnchor(id: string): string {
  return `s-${encodeURIComponent(id)}`;
}

/** A check of a submission, in that submission's page. */
export function failureAnchor(id: string, check: string): string {
  return `${submissionAnchor(id)}/${encodeURIComponent(check)}`;
}

/** A check, in the list of what fails. */
export function checkAnchor(check: string): string {
  return `c-${encodeURIComponent(check)}`;
}

/** One of the ways in which submissions fail a check. */
export function variantAnchor(check: string, variant: number): string {
  return `${checkAnchor(check)}/${variant}`;
}
