import type { Change } from "./plan.ts";
import { isStudents } from "./plan.ts";

const words: Readonly<Record<Change["how"], string>> = {
  conflict: "to settle",
  merged: "merged",
  added: "new",
  replaced: "newer",
  removed: "removed",
  untouched: "left alone",
};

/** What an upgrade does, for a terminal: the student's own files one by one, the kit's by their number. */
export function upgradeLines(changes: readonly Change[]): readonly string[] {
  const order = Object.keys(words);
  const named = changes.filter(({ path, note }) => isStudents(path) || note !== undefined);
  const counted = changes.filter((change) => !named.includes(change));
  const each = named
    .toSorted((a, b) => order.indexOf(a.how) - order.indexOf(b.how))
    .flatMap(({ path, how, note }) => [`  ${words[how].padEnd(10)}  ${path}`, ...(note === undefined ? [] : [`              ${note}`])]);
  const counts = order.flatMap((how) => {
    const count = counted.filter((change) => change.how === how).length;
    return count === 0 ? [] : [`${count} ${words[how as Change["how"]]}`];
  });
  return [...each, ...(counts.length === 0 ? [] : [`  ${"the kit's".padEnd(10)}  ${counts.join(", ")}`])];
}
