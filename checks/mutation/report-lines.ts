import { type Style, wrap } from "#checks/harness/report/style.ts";
import { type LabId, labFolders } from "#launch/implementation.mjs";
import type { Equivalent, Explained } from "./equivalents/equivalent.ts";
import type { Mutant } from "./mutant.ts";
import { coreMutants, isShell, percent, type Tally, tally, tallyByFile, wantedScore } from "./score.ts";

/** What became of a lab's mutants, for a terminal. */
export function reportLines(lab: LabId, mutants: readonly Mutant[], explained: Explained, style: Style): readonly string[] {
  const { paint, width } = style;
  const { known, unexplained, stale } = explained;
  const ignored = mutants.filter(({ verdict }) => verdict.kind === "ignored").length;
  const stopped = mutants.filter(({ verdict }) => verdict.kind === "stopped").length;
  return [
    paint.bold(`${lab}  reference/${labFolders[lab]}`),
    "",
    ...tableLines(
      lab,
      mutants,
      known.map(({ mutant }) => mutant),
      style,
    ),
    "",
    ...section(
      "Unexplained survivors: a check is missing, or a reason",
      unexplained.flatMap((mutant) => survivorLines(mutant, whyOf(mutant), style)),
      paint.red,
    ),
    ...section(
      "Survivors that are equivalent, or free by the rules",
      known.flatMap(({ mutant, reason }) => survivorLines(mutant, reason, style)),
      paint.bold,
    ),
    ...section(
      "Reasons without a survivor: remove them",
      stale.flatMap((entry) => survivorLines(entry, entry.reason, style)),
      paint.yellow,
    ),
    ...(stopped > 0 ? [paint.dim(`  ${stopped} of the killed did not end, or took the thread down.`)] : []),
    ...(ignored > 0 ? wrap(`  ${ignored} were not tried: the words of an error are free.`, width, 2).map((line) => paint.dim(line)) : []),
    verdictLine(mutants, unexplained, style),
  ];
}

/** Whether all is well: nothing survives without a reason, and the checks kill enough by themselves. */
export function isWell(mutants: readonly Mutant[], { unexplained }: Explained): boolean {
  return unexplained.length === 0 && tally(coreMutants(mutants)).score >= wantedScore;
}

function tableLines(lab: LabId, mutants: readonly Mutant[], known: readonly Mutant[], { paint }: Style): readonly string[] {
  const knownIn = (file: string) => known.filter((mutant) => mutant.file === file).length;
  const files = [...tallyByFile(mutants)];
  const core = files.filter(([file]) => !isShell(lab, file));
  const shell = files.filter(([file]) => isShell(lab, file));
  return [
    paint.dim(`  ${"file".padEnd(28)}   mutants    killed explained       not    score`),
    ...core.map(([file, counts]) => row(file, counts, knownIn(file))),
    ...(core.length > 1 ? [paint.bold(row("core", tally(coreMutants(mutants)), coreMutants(known).length))] : []),
    ...shell.map(([file, counts]) => row(`${file} (shell)`, counts, knownIn(file))),
  ];
}

function row(name: string, { mutants, killed, survived, score }: Tally, known: number): string {
  const counts = [mutants, killed, known, survived - known].map((count) => String(count).padStart(10));
  return `  ${name.padEnd(28)}${counts.join("")}${percent(score).padStart(9)}`;
}

function section(title: string, lines: readonly string[], paint: (text: string) => string): readonly string[] {
  return lines.length === 0 ? [] : [paint(`  ${title}`), ...lines, ""];
}

/** Where it is, the line, what became of it, and why that is so. */
function survivorLines(mutant: Mutant | Equivalent, why: string, { paint, width }: Style): readonly string[] {
  const place = "line" in mutant ? `${mutant.file}:${mutant.line}` : mutant.file;
  const indented = (text: string) => wrap(text, width - 6, 4).map((line) => `      ${line}`);
  return [
    `    ${place}  ${paint.dim(mutant.mutator)}`,
    ...indented(mutant.context).map((line) => paint.dim(line)),
    ...indented(`${mutant.original} -> ${mutant.replacement}`),
    ...(why === "" ? [] : indented(`why: ${why}`)),
  ];
}

function whyOf({ verdict }: Mutant): string {
  return verdict.kind === "fault" ? `the kit stumbled: ${verdict.why}` : "";
}

function verdictLine(mutants: readonly Mutant[], unexplained: readonly Mutant[], { paint }: Style): string {
  const { score } = tally(coreMutants(mutants));
  const text = `score ${percent(score)}, at least ${percent(wantedScore)} wanted; ${unexplained.length} unexplained`;
  return score >= wantedScore && unexplained.length === 0 ? paint.green(`ok  ${text}`) : paint.red(`x   ${text}`);
}
