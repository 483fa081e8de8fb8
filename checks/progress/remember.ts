import type { LabResult } from "#checks/harness/check-result.ts";
import { historyFile, rememberRuns } from "./history.ts";
import { keptInputsFile, rememberInputs } from "./kept-inputs.ts";

/** Where things are remembered. */
const usualFiles = { inputs: keptInputsFile, history: historyFile };

/**
 * Remembers how labs were checked, and puts into the results what that changed.
 *
 * @param runs the results, each with whose code it was about; what is nobody's is not remembered
 * @param options.whole whether all of each lab's checks were run: only such runs are part of the history
 * @param options.now milliseconds since 1970
 */
export function remember(
  runs: readonly { readonly result: LabResult; readonly owner: string | undefined }[],
  { whole, now }: { readonly whole: boolean; readonly now: number },
  files = usualFiles,
): { readonly results: readonly LabResult[]; readonly damaged: boolean } {
  const owned = runs.flatMap(({ result, owner }) => (owner === undefined ? [] : [{ result, owner }]));
  const { changes, damaged } = rememberRuns(whole ? owned : [], now, files.history);
  const results = runs.map(({ result, owner }) => {
    if (owner === undefined) return result;
    const change = changes.find(({ lab }) => lab === result.lab);
    return { ...result, checks: rememberInputs(owner, result.checks, now, files.inputs), change };
  });
  return { results, damaged };
}
