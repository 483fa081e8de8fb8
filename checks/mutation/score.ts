import { type LabId, labFolders } from "#launch/implementation.mjs";
import { isKilled, type Mutant } from "./mutant.ts";

/** What is wanted of the core files of each lab, as a share. */
export const wantedScore = 0.95;

/** Files that hold input and output, and no rule of the protocol: they are told apart from the core. */
const shells: readonly string[] = ["lab-4/run-server.ts"];

export function isShell(lab: LabId, file: string): boolean {
  return shells.includes(`${lab}/${file}`);
}

/** How the mutants of a file, or of a lab, fared. */
export type Tally = {
  readonly mutants: number;
  readonly killed: number;
  /** What survived, whether there is a reason or not. */
  readonly survived: number;
  /** Killed ones among all, a reason or not: 0 to 1. 1 where there is none. */
  readonly score: number;
};

/** Counts the mutants that were tried. */
export function tally(mutants: readonly Mutant[]): Tally {
  const counted = mutants.filter(({ verdict }) => verdict.kind !== "ignored");
  const killed = counted.filter(isKilled).length;
  return {
    mutants: counted.length,
    killed,
    survived: counted.length - killed,
    score: counted.length === 0 ? 1 : killed / counted.length,
  };
}

/** The tally of each file, in the order of the mutants. */
export function tallyByFile(mutants: readonly Mutant[]): ReadonlyMap<string, Tally> {
  const files = [...new Set(mutants.map(({ file }) => file))];
  return new Map(files.map((file) => [file, tally(mutants.filter((mutant) => mutant.file === file))]));
}

/** The mutants in the lab's core. */
export function coreMutants(mutants: readonly Mutant[]): readonly Mutant[] {
  return mutants.filter(({ lab, file }) => !isShell(lab, file));
}

/** `97.4 %`, never rounded up: 100 % is all. */
export function percent(share: number): string {
  return `${Math.floor(share * 1000) / 10} %`;
}

/** Where a file of the reference is, relative to the project. */
export function referencePath(lab: LabId, file: string): string {
  return `reference/${labFolders[lab]}/${file}`;
}
