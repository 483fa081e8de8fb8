const longest = 160;

/** Controls, marks of direction and other characters that have no shape of their own, and halves of characters. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu;

/** A name that somebody else chose, as it may stand in a report: what would act on a terminal or a page is written as `\u{1b}`. */
export function visibleText(text: string): string {
  const shown = text.slice(0, longest + 1).replace(unseen, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
  return shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
}
