import { namedFile } from "#checks/command-line/named-file.ts";
import { finishedLines, isReference } from "#checks/figures/finished-lines.ts";
import type { LabChecks } from "#checks/harness/check.ts";
import { decisiveChecks } from "#checks/harness/check-result.ts";
import { saveCaptures } from "#checks/harness/pcapng/save-captures.ts";
import { registry } from "#checks/harness/registry.ts";
import { foundationNote } from "#checks/harness/report/foundation-note.ts";
import { jsonReport } from "#checks/harness/report/json-report.ts";
import { labLines, toldFailures } from "#checks/harness/report/lab-lines.ts";
import { overviewLines } from "#checks/harness/report/overview-lines.ts";
import { type Style, terminalStyle, wrap } from "#checks/harness/report/style.ts";
import { foundationsOf } from "#checks/harness/run/foundations.ts";
import { getReady, implementationOn, type LabRun, runLabs } from "#checks/harness/run/run-lab.ts";
import { createWorkbench, type Workbench } from "#checks/harness/run/workbench.ts";
import { likelyMisconceptions } from "#checks/misconceptions/match-misconceptions.ts";
import { readKeptInputs } from "#checks/progress/kept-inputs.ts";
import { remember } from "#checks/progress/remember.ts";
import { whose } from "#checks/progress/whose.ts";
import { kitVersion } from "#checks/upgrade/kit-version.ts";
import { type Implementation, implementationFrom, type LabId, onReference } from "#launch/implementation.mjs";
import { createRebuilder } from "#launch/rebuild.mjs";
import { type CheckOptions, checkHelp, readCheckOptions } from "./check-options.ts";
import { chooseChecks } from "./choose-checks.ts";
import { runCommand } from "./command.ts";
import { openInBrowser } from "./open-ui.ts";
import { findMisconception, listMisconceptions } from "./show-misconception.ts";
import { watchFolders } from "./watch-folders.ts";

await runCommand(checkHelp, async () => {
  const options = readCheckOptions();
  if (options.help) {
    console.log(checkHelp);
    return 0;
  }
  if (options.version) {
    console.log(kitVersion());
    return 0;
  }
  const style = terminalStyle(options.color);
  if (options.keptByNpm.length > 0)
    console.log(
      style.paint.dim(`(npm kept ${options.keptByNpm.join(" ")} to itself; it is understood. To be sure, put -- in front of options.)`),
    );
  const { misconception } = options;
  if (misconception === "list") {
    console.log((await listMisconceptions(options.labs, style)).join("\n"));
    return 0;
  }
  if (misconception !== undefined) {
    const wrong = await findMisconception(misconception, options.labs);
    const labs = await loadLabs([wrong.lab]);
    const chosen = chooseChecks(labs, options.only);
    return wrong.run((from) => checkOnce(labs, chosen, { ...options, labs: [wrong.lab] }, style, { from }));
  }
  const labs = await loadLabs(options.labs);
  const chosen = chooseChecks(labs, options.only);
  const from = implementationFrom(options.from);
  if (options.ui) return openInBrowser(options, options.only.length === 0 ? [] : [...chosen.values()].flat());
  if (!options.watch) return checkOnce(labs, chosen, options, style);
  const bench = createWorkbench(createRebuilder());
  return watchFolders(
    watchedFolders(runsOf(labs, chosen, options, from)),
    style,
    (signal) => checkOnce(labs, chosen, options, style, { bench, signal }),
    () => getReady(runsOf(labs, chosen, options, from), bench),
  );
});

type CheckWith = { readonly from?: Implementation; readonly bench?: Workbench; readonly signal?: AbortSignal };

/** Runs the chosen checks and reports. Returns the exit code: nothing executed is never 0. */
async function checkOnce(
  labs: readonly LabChecks<unknown>[],
  chosen: ReadonlyMap<string, readonly string[]>,
  options: CheckOptions,
  style: Style,
  { from = implementationFrom(options.from), bench, signal }: CheckWith = {},
): Promise<number> {
  const writeJson = options.json === undefined ? undefined : namedFile("--json", options.json);
  const started = performance.now();
  const runs = runsOf(labs, chosen, options, from);
  const { misconception } = options;
  const finished = (await runLabs(runs, bench, signal)).map((result) =>
    misconception === undefined ? result : { ...result, folder: `reference with ${misconception}` },
  );
  const { results: ran, damaged } = remember(
    finished.map((result, index) => ({ result, owner: runs[index]?.owner })),
    { whole: options.only.length === 0, now: Date.now() },
  );
  // A few checks alone show too little of the pattern.
  const named =
    options.only.length > 0 ? ran : ran.map((result) => ({ ...result, misconceptions: likelyMisconceptions(result.lab, result.checks) }));
  const inDetail = options.labs.length > 0 || options.only.length > 0;
  const results = named.map((result) => saveCaptures(result, inDetail ? toldFailures(result, options) : []));
  const lines = inDetail
    ? results.flatMap((result, index) => [...(index > 0 ? [""] : []), ...labLines(result, style, options)])
    : overviewLines(results, style);
  console.log(lines.join("\n"));
  for (const result of results) {
    const run = runs.find(({ checks }) => checks.id === result.lab);
    const note = run === undefined ? undefined : foundationNote(result, run.implementation);
    if (note !== undefined && inDetail) console.log(wrap(`  ${note}`, style.width, 2).join("\n"));
  }
  for (const { checks, implementation } of runs) {
    const finished = results.some(({ lab, change }) => lab === checks.id && change?.newlyFinished);
    // It takes a moment, and in continuous integration nobody reads on.
    if (finished && !isReference(checks.id, implementation) && !process.env["CI"])
      console.log(["", ...(await finishedLines(checks.id, implementation, style))].join("\n"));
  }
  if (damaged) console.log("  The history of your runs was damaged, and begins anew.");
  console.log(style.paint.dim(`  ${((performance.now() - started) / 1000).toFixed(2)} s, seed ${options.seed}`));
  writeJson?.(`${JSON.stringify(jsonReport(results), undefined, 2)}\n`);
  const checks = results.flatMap((result) => result.checks);
  const clean =
    decisiveChecks(checks).every(({ status }) => status === "passed") && results.every(({ typeFaults }) => typeFaults.length === 0);
  return checks.length > 0 && clean ? 0 : 1;
}

/** The folders of the checked labs, and of those that they are checked on: a mistake there shows in them, too. */
function watchedFolders(runs: readonly Pick<LabRun, "checks" | "implementation">[]): readonly string[] {
  return [...new Set(runs.flatMap(({ checks: { id }, implementation }) => [id, ...foundationsOf(id)].map((lab) => implementation[lab])))];
}

function runsOf(
  labs: readonly LabChecks<unknown>[],
  chosen: ReadonlyMap<string, readonly string[]>,
  { integrated, seed, trace }: CheckOptions,
  from: Implementation,
) {
  const earlier = integrated ? from : onReference(from);
  return labs.flatMap((checks) => {
    const ids = chosen.get(checks.id) ?? [];
    const implementation = implementationOn(checks.id, from, earlier);
    const owner = whose(checks.id, implementation);
    const kept = owner === undefined ? undefined : readKeptInputs(owner);
    return ids.length === 0 ? [] : [{ checks, ids, implementation, owner, kept, seed, trace }];
  });
}

async function loadLabs(ids: readonly LabId[]): Promise<readonly LabChecks<unknown>[]> {
  const wanted = Object.entries(registry).filter(([id]) => ids.length === 0 || ids.some((lab) => lab === id));
  return Promise.all(wanted.map(([, load]) => load()));
}
