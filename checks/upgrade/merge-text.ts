import { diff3Merge } from "node-diff3";
import { plainLines } from "./text.ts";

/** A text in which two changes are joined. */
export type Merged = {
  readonly text: string;
  /** How many places both sides changed, each in its own way. They are marked in the text, as Git does it. */
  readonly conflicts: number;
};

/** How a marked place begins. */
export const conflictMark = "<<<<<<< yours";

/**
 * Joins two changes of the same text, line by line. The line ends are those of `yours`.
 *
 * @param base what both began with
 * @param next the kit's newer one, called `name` in the marks
 */
export function mergeText(yours: string, base: string, next: string, name: string): Merged {
  const regions = diff3Merge(linesOf(yours), linesOf(base), linesOf(next), { excludeFalseConflicts: true });
  const merged = regions.flatMap(({ ok, conflict }) =>
    conflict === undefined ? (ok ?? []) : [conflictMark, ...conflict.a, "=======", ...conflict.b, `>>>>>>> ${name}`],
  );
  return {
    text: merged.join(yours.includes("\r\n") ? "\r\n" : "\n"),
    conflicts: regions.filter(({ conflict }) => conflict !== undefined).length,
  };
}

function linesOf(text: string): string[] {
  return plainLines(text).split("\n");
}
