import { join } from "node:path";
import type { CheckResult } from "#checks/harness/check-result.ts";
import type { KeptInput } from "#checks/harness/kept-input.ts";
import type { KeptInputs } from "#checks/harness/run/worker-protocol.ts";
import { root } from "#launch/root.mjs";
import { isRecord, type LocalFile, readLocal, writeLocal } from "./local-file.ts";

/** Generated inputs that failed, each kept until it passes: the student's own regression checks. */
export const keptInputsFile: LocalFile = {
  path: join(root, ".kit", "kept-inputs.json"),
  format: "4over6-lab-kit/kept-inputs/v1",
  mostBytes: 1 << 20,
};

/** An input that a check of somebody's code failed. */
type Entry = {
  readonly id: string;
  /** Whose code. */
  readonly whose: string;
  /** When it failed first, in milliseconds since 1970. */
  readonly since: number;
  readonly input: KeptInput;
};

const mostEntries = 200;
const mostPaths = 100;
/** Longer ways to an input are not kept, in characters. */
const mostPathLength = 4_096;

/** The inputs that were kept of this code, by check. */
export function readKeptInputs(owner: string, file = keptInputsFile): KeptInputs {
  return Object.fromEntries(readEntries(file).flatMap(({ id, whose, input }) => (whose === owner ? [[id, input]] : [])));
}

/**
 * Keeps the inputs that were found, and forgets those that pass. What there is to tell about them is in the results.
 *
 * @param now milliseconds since 1970
 */
export function rememberInputs(owner: string, checks: readonly CheckResult[], now: number, file = keptInputsFile): readonly CheckResult[] {
  if (checks.every(({ input }) => input === undefined)) return checks;
  const entries = readEntries(file);
  const entryOf = (id: string) => entries.find((entry) => entry.whose === owner && entry.id === id);
  const found = checks.flatMap(({ id, input }): Entry[] =>
    input?.found === undefined || !isKeptInput(input.found) ? [] : [{ id, whose: owner, since: now, input: input.found }],
  );
  const over = checks.filter(({ input }) => input?.earlier === "passes" || input?.earlier === "gone" || input?.found !== undefined);
  const isOver = (entry: Entry) => entry.whose === owner && over.some(({ id }) => id === entry.id);
  if (found.length > 0 || entries.some(isOver)) {
    const rest = entries.filter((entry) => !isOver(entry));
    if (!writeLocal(file, { inputs: [...rest, ...found].slice(-mostEntries) })) return checks;
  }
  return checks.map((check) => {
    const { id, input } = check;
    const since = entryOf(id)?.since;
    const isNew = found.some((entry) => entry.id === id);
    return {
      ...check,
      ...(isNew ? { kept: { since: now, isNew } } : input?.earlier === "fails" && since !== undefined ? { kept: { since, isNew } } : {}),
      ...(input?.earlier === "passes" && since !== undefined ? { passesSince: since } : {}),
    };
  });
}

function readEntries(file: LocalFile): readonly Entry[] {
  const found = readLocal(file);
  if (found.kind !== "content" || !Array.isArray(found.content["inputs"])) return [];
  return found.content["inputs"].filter(isEntry).slice(-mostEntries);
}

function isEntry(value: unknown): value is Entry {
  if (!isRecord(value)) return false;
  const { id, whose, since, input } = value;
  return typeof id === "string" && typeof whose === "string" && isTime(since) && isKeptInput(input);
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= 8.64e15;
}

function isKeptInput(value: unknown): value is KeptInput {
  if (!isRecord(value) || !Number.isInteger(value["seed"]) || !Number.isInteger(value["print"])) return false;
  const { paths } = value;
  if (!Array.isArray(paths) || paths.length === 0 || paths.length > mostPaths) return false;
  return paths.every((path) => typeof path === "string" && /^\d{1,9}(?::\d{1,9})*$/.test(path)) && paths.join().length <= mostPathLength;
}
