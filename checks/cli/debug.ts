import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Check } from "#checks/harness/check.ts";
import type { CheckResult } from "#checks/harness/check-result.ts";
import { registry } from "#checks/harness/registry.ts";
import { failureLines } from "#checks/harness/report/failure-lines.ts";
import { passesAgainLines } from "#checks/harness/report/kept-lines.ts";
import { terminalStyle } from "#checks/harness/report/style.ts";
import { prepare } from "#checks/harness/run/prepare.ts";
import type * as here from "#checks/harness/run/run-here.ts";
import { implementationOn } from "#checks/harness/run/run-lab.ts";
import { readKeptInputs, rememberInputs } from "#checks/progress/kept-inputs.ts";
import { whose } from "#checks/progress/whose.ts";
import { implementationFrom, onReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { runCommand } from "./command.ts";
import { type DebugOptions, debugHelp, readDebugOptions } from "./debug-options.ts";
import { findCheck } from "./find-check.ts";

await runCommand(debugHelp, async () => {
  const options = readDebugOptions();
  if (options === "help") {
    console.log(debugHelp);
    return 0;
  }
  const labs = await Promise.all(Object.values(registry).map((load) => load()));
  const { lab, check } = findCheck(labs, options.name);
  const from = implementationFrom(options.from);
  const implementation = implementationOn(lab.id, from, options.integrated ? from : onReference(from));
  const file = await prepare(join(root, "checks", "harness", "run", "run-here.ts"), implementation);
  const { runHere }: typeof here = await import(pathToFileURL(file).href);
  const owner = whose(lab.id, implementation);
  const ran = await runHere(lab.id, check.id, options.seed, owner === undefined ? undefined : readKeptInputs(owner));
  const [result = ran] = owner === undefined ? [] : rememberInputs(owner, [ran], Date.now());
  const text = outcome(check, result, options);
  await new Promise((done) => process.stdout.write(`${text}\n`, done));
  // A timer or a socket that the lab has left behind would keep the process alive.
  return process.exit(result.status === "passed" ? 0 : 1);
});

function outcome({ id, title }: Check<unknown>, result: CheckResult, options: DebugOptions): string {
  const style = terminalStyle(options.color);
  switch (result.status) {
    case "passed":
      return [`${style.paint.green("ok")}  ${id}  ${title}`, ...passesAgainLines([result], style)].join("\n");
    case "not-started":
      return `not started  ${id}  ${result.missing}`;
    case "failed":
    case "endless":
    case "crashed":
      return failureLines(result, style, [], options).join("\n");
    default:
      return result.status satisfies never;
  }
}
