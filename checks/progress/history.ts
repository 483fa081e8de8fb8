import { join } from "node:path";
import { type Change, type CheckResult, decisiveChecks, type LabResult, pointsOf } from "#checks/harness/check-result.ts";
import { type LabId, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { isRecord, type LocalFile, readLocal, writeLocal } from "./local-file.ts";

/** How the runs of whole labs ended, over time. */
export const historyFile: LocalFile = {
  path: join(root, ".kit", "history.json"),
  format: "4over6-lab-kit/history/v1",
  mostBytes: 4 << 20,
};

/** Runs one after the other that all ended the same. */
export type Stretch = {
  /** When the first of them ended, in milliseconds since 1970. */
  readonly at: number;
  readonly earned: number;
  readonly points: number;
};

/** What is remembered of one lab of somebody's code. */
export type LabHistory = {
  readonly lab: LabId;
  readonly whose: string;
  /** The oldest first. */
  readonly stretches: readonly Stretch[];
  /** How the last run ended. */
  readonly last: {
    /** When one ended like that first, in milliseconds since 1970. */
    readonly at: number;
    readonly passed: readonly string[];
    /** Checks that did not pass, in the handout's order. */
    readonly left: readonly string[];
    /** All that is required passed, without a type error. */
    readonly finished: boolean;
  };
};

const mostLabs = 50;
const mostStretches = 300;
/** When there are more, every second one of the older ones goes. */
const olderStretches = 200;

/** The histories that are kept, and whether the file was damaged: then it begins anew. */
export function readHistories(file = historyFile): { readonly histories: readonly LabHistory[]; readonly damaged: boolean } {
  const found = readLocal(file);
  if (found.kind === "none") return { histories: [], damaged: false };
  const list = found.kind === "content" ? found.content["labs"] : undefined;
  if (!Array.isArray(list)) return { histories: [], damaged: true };
  const histories = list.filter(isLabHistory).slice(-mostLabs);
  return { histories, damaged: histories.length < Math.min(list.length, mostLabs) };
}

/** A run of a whole lab, and whose code it was about. */
export type WholeRun = { readonly owner: string; readonly result: LabResult };

/**
 * Remembers these runs, and says what they changed.
 *
 * @param now milliseconds since 1970
 * @returns the changes since each lab's run before; none for a lab's first run, except that it may be finished
 */
export function rememberRuns(
  runs: readonly WholeRun[],
  now: number,
  file = historyFile,
): { readonly changes: readonly Change[]; readonly damaged: boolean } {
  if (runs.length === 0) return { changes: [], damaged: false };
  const { histories, damaged } = readHistories(file);
  const before = ({ owner, result }: WholeRun) => histories.find(({ lab, whose }) => lab === result.lab && whose === owner);
  const after = runs.map((run) => extended(before(run), run, now));
  // Most runs are like the one before.
  if (after.some((history, index) => history !== before(runs[index] as WholeRun))) {
    const rest = histories.filter((history) => !runs.some((run) => before(run) === history));
    writeLocal(file, { labs: [...rest, ...after].slice(-mostLabs) });
  }
  return { changes: runs.map((run, index) => changeOf(before(run), after[index] as LabHistory)), damaged };
}

function extended(before: LabHistory | undefined, { owner, result }: WholeRun, now: number): LabHistory {
  const last = {
    at: now,
    passed: idsOf(result.checks, true),
    left: idsOf(result.checks, false),
    finished: result.typeFaults.length === 0 && decisiveChecks(result.checks).every(({ status }) => status === "passed"),
  };
  if (before !== undefined && endedAlike(before.last, last)) return before;
  const stretches = before?.stretches ?? [];
  const { earned, points } = pointsOf(result.checks);
  const latest = stretches.at(-1);
  const same = latest !== undefined && latest.earned === earned && latest.points === points;
  return { lab: result.lab, whose: owner, stretches: same ? stretches : thinned([...stretches, { at: now, earned, points }]), last };
}

function endedAlike(a: LabHistory["last"], b: LabHistory["last"]): boolean {
  return a.finished === b.finished && a.passed.join() === b.passed.join() && a.left.join() === b.left.join();
}

function idsOf(checks: readonly CheckResult[], passed: boolean): readonly string[] {
  return checks.filter(({ status }) => (status === "passed") === passed).map(({ id }) => id);
}

function thinned(stretches: readonly Stretch[]): readonly Stretch[] {
  return stretches.length <= mostStretches ? stretches : stretches.filter((_, index) => index >= olderStretches || index % 2 === 0);
}

/** A check that the last run did not have is no change of the student's. */
function changeOf(before: LabHistory | undefined, { lab, last }: LabHistory): Change {
  return {
    lab,
    newlyPassing: last.passed.filter((id) => before?.last.left.includes(id)),
    newlyFailing: last.left.filter((id) => before?.last.passed.includes(id)),
    newlyFinished: last.finished && before?.last.finished !== true,
  };
}

function isLabHistory(value: unknown): value is LabHistory {
  if (!isRecord(value) || !isRecord(value["last"])) return false;
  const { lab, whose, stretches, last } = value;
  return (
    labIds.some((id) => id === lab) &&
    typeof whose === "string" &&
    Array.isArray(stretches) &&
    stretches.length > 0 &&
    stretches.every(isStretch) &&
    isTime(last["at"]) &&
    isNames(last["passed"]) &&
    isNames(last["left"]) &&
    typeof last["finished"] === "boolean"
  );
}

function isStretch(value: unknown): value is Stretch {
  return isRecord(value) && isTime(value["at"]) && isPoints(value["earned"]) && isPoints(value["points"]);
}

function isTime(value: unknown): boolean {
  return typeof value === "number" && Math.abs(value) <= 8.64e15;
}

function isPoints(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= 1e6;
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
