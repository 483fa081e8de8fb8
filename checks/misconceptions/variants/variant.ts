import type { LabId } from "#launch/implementation.mjs";

/** An implementation with one bug: an edit of the reference, and the check that finds it. */
export type Variant = {
  readonly name: string;
  /** What it does wrong, as a teacher would say it: "lends the broadcast address". */
  readonly says: string;
  readonly lab: LabId;
  /** In the lab's folder. */
  readonly file: string;
  readonly edits: readonly Edit[];
  /** The check that must find it. Others may, too. */
  readonly check: string;
  /** It gives no wrong answer, but takes more time or memory than a check has. To see it stopped takes seconds. */
  readonly stopped?: true;
};

/** `find` stands in the file exactly once. */
export type Edit = { readonly find: string; readonly replace: string };

/** The source with all edits made, each where it belongs. Throws when one does not apply exactly once, or changes nothing. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  return edits.reduce((text, { find, replace }) => {
    const times = text.split(find).length - 1;
    if (times !== 1) throw new Error(`This text stands in the file ${times} times, not once: ${find}`);
    if (find === replace) throw new Error(`This edit changes nothing: ${find}`);
    return text.replace(find, () => replace);
  }, source);
}
