import { readFileSync, writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { namedFile } from "#checks/command-line/named-file.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { terminalStyle } from "#checks/harness/report/style.ts";
import { withRows } from "#checks/mutation/documented-table.ts";
import { allEquivalents } from "#checks/mutation/equivalents/all-equivalents.ts";
import { explain } from "#checks/mutation/equivalents/equivalent.ts";
import type { Mutant } from "#checks/mutation/mutant.ts";
import { isWell, reportLines } from "#checks/mutation/report-lines.ts";
import { pageOf, tryMutants } from "#checks/mutation/try-mutants.ts";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { runCommand } from "./command.ts";
import { mutateHelp, readMutateOptions } from "./mutate-options.ts";

const page = join(root, "docs", "mutation.md");

await runCommand(mutateHelp, async () => {
  if (!hasReference && !process.argv.includes("--help") && !process.argv.includes("-h"))
    throw new UsageError("There is no reference/ folder in this kit, and only the reference is mutated.");
  const options = readMutateOptions();
  if (options.help) {
    console.log(mutateHelp);
    return 0;
  }
  requireStryker();
  const writeJson = options.json === undefined ? undefined : namedFile("--json", options.json);
  const style = terminalStyle(options.color);
  // It takes minutes, and whoever started it goes on working.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const all: Mutant[] = [];
  let well = true;
  for (const [lab, files] of options.labs) {
    const begun = performance.now();
    const mutants = await tryMutants(lab, files).catch((error: unknown) => {
      if (!isAboutReference(error)) throw error;
      throw new UsageError(`${lab}: its checks fail on the reference as it is; npm run check ${lab} -- --from reference says why.`);
    });
    const explained = explain(mutants, allEquivalents);
    console.log([...(all.length > 0 ? [""] : []), ...reportLines(lab, mutants, explained, style)].join("\n"));
    console.log(style.paint.dim(`  ${((performance.now() - begun) / 1000).toFixed(0)} s; each in its place: ${pageOf(lab)}`));
    if (options.docs) writeFileSync(page, withRows(readFileSync(page, "utf8"), lab, mutants, explained));
    all.push(...mutants);
    well &&= isWell(mutants, explained);
  }
  writeJson?.(`${JSON.stringify(all, undefined, 2)}\n`);
  return well ? 0 : 1;
});

/** It is among the packages for development, which are not installed everywhere. */
function requireStryker(): void {
  try {
    import.meta.resolve("@stryker-mutator/core");
  } catch {
    throw new UsageError("Stryker, which makes the mutants, is not installed; npm ci installs it, without --omit=dev.");
  }
}

/** What Stryker says when tests fail before anything is mutated. */
function isAboutReference(error: unknown): boolean {
  return error instanceof Error && error.message.includes("failed tests in the initial test run");
}
