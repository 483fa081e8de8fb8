import { join } from "node:path";
import { ownState, readStateFiles, removeStateFile, stateFolder, writeStateFile } from "./state-file.ts";

/**
 * What a program has changed on the host, written to a file before it is done: so it can be undone on every way out, and by the next start where
 * there was none. All of it is synchronous, since the last way out is the `exit` event of the process.
 */
export type Journal<Change> = {
  /** Call it before the change. `undo` is for what cannot be undone by the plain data alone. */
  readonly begin: (change: Change, undo?: () => void) => void;
  /** The latest change has failed halfway. */
  readonly undoLast: () => void;
  /** The latest change has not taken place at all. */
  readonly forgetLast: () => void;
  /** Undoes everything, the latest first. Returns what could not be undone, in words. Calling it again does nothing. */
  readonly undoAll: () => readonly string[];
  /** What other programs of this kind, running now, have changed on this host. */
  readonly byOthers: () => readonly Change[];
};

export type JournalRules<Change> = {
  /** The kind of program, for the file's name: `"server"`. */
  readonly program: string;
  /** Undoes a change; that it is undone already is fine. Throws an error whose message says what is left. */
  readonly undo: (change: Change) => void;
  /** Whether the change is left to another program that needs it too. */
  readonly isNeeded: (change: Change, byOthers: readonly Change[]) => boolean;
};

/** @param folder where the file is kept; `null` when there is no place for it: then nothing is undone after a kill */
export function createJournal<Change>(rules: JournalRules<Change>, folder: string | null = stateFolder() ?? null): Journal<Change> {
  const path = folder === null ? undefined : join(folder, `${rules.program}-${process.pid}.json`);
  let entries: { readonly change: Change; readonly undo: () => void }[] = [];

  const save = (): void => {
    if (path === undefined) return;
    const changes = entries.map(({ change }) => change);
    if (changes.length === 0) removeStateFile(path);
    else writeStateFile(path, ownState(changes));
  };

  const byOthers = (): readonly Change[] => {
    const running = folder === null ? [] : readStateFiles<Change>(folder, rules.program).running;
    return running.filter((file) => file.path !== path).flatMap(({ state }) => state.changes);
  };

  return {
    begin: (change, undo = () => rules.undo(change)) => {
      entries.push({ change, undo });
      save();
    },
    undoLast: () => {
      entries.pop()?.undo();
      save();
    },
    forgetLast: () => {
      entries.pop();
      save();
    },
    undoAll: () => {
      const problems: string[] = [];
      const left: typeof entries = [];
      for (const entry of entries.toReversed()) {
        try {
          if (!rules.isNeeded(entry.change, byOthers())) entry.undo();
        } catch (error) {
          problems.push(error instanceof Error ? error.message : String(error));
          left.unshift(entry);
        }
      }
      // What could not be undone stays written down: the next start tries again.
      entries = left;
      save();
      entries = [];
      return problems;
    },
    byOthers,
  };
}
