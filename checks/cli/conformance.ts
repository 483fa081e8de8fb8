import { namedFile } from "#checks/command-line/named-file.ts";
import { didYouMean } from "#checks/command-line/near-names.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { allCases } from "#checks/end-to-end/conformance/all-cases.ts";
import type { CaseResult } from "#checks/end-to-end/conformance/case-result.ts";
import { chooseCases } from "#checks/end-to-end/conformance/choose-cases.ts";
import { findOwnNetwork } from "#checks/end-to-end/conformance/own-network.ts";
import { failureStory, listLines, resultLine } from "#checks/end-to-end/conformance/report/case-lines.ts";
import { jsonReport } from "#checks/end-to-end/conformance/report/json-report.ts";
import { junitReport } from "#checks/end-to-end/conformance/report/junit-report.ts";
import { countResults, summaryLines } from "#checks/end-to-end/conformance/report/summary-lines.ts";
import { runSuite } from "#checks/end-to-end/conformance/run-suite.ts";
import { terminalStyle } from "#checks/harness/report/style.ts";
import { runCommand } from "./command.ts";
import { type ConformanceOptions, conformanceHelp, readConformanceOptions } from "./conformance-options.ts";

// The servers that run end with this process.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));

await runCommand(conformanceHelp, async () => {
  const options = readConformanceOptions();
  if (options.help) {
    console.log(conformanceHelp);
    return 0;
  }
  const { chosen, leftOut, unknown } = chooseCases(allCases, options);
  const ids = allCases.map(({ id }) => id);
  for (const name of unknown) throw new UsageError(`No case is called ${name}, and no name contains it.${didYouMean(name, ids)}`);
  const style = terminalStyle(options.color);
  if (options.list) {
    console.log(listLines(chosen, style).join("\n"));
    return 0;
  }
  if (chosen.length === 0) throw new UsageError(`--quick leaves out all that is left: ${leftOut.map(({ id }) => id).join(", ")}.`);
  return test(options, { chosen, leftOut }, style);
});

async function test(
  options: ConformanceOptions,
  { chosen, leftOut }: Pick<ReturnType<typeof chooseCases>, "chosen" | "leftOut">,
  style: ReturnType<typeof terminalStyle>,
): Promise<number> {
  const { paint } = style;
  const writeJson = options.json === undefined ? undefined : namedFile("--json", options.json);
  const writeJunit = options.junit === undefined ? undefined : namedFile("--junit", options.junit);
  const startedAt = performance.now();
  const { server, network, note } = placeFor(options);
  const name = server.kind === "own" ? `npm run server, from ${server.from}` : server.command;
  console.log(`${paint.bold("4over6 conformance")}  ${name}\n${paint.dim(note)}\n`);

  const results: CaseResult[] = [];
  await runSuite({ cases: chosen, server, network, patience: options.patience, seed: options.seed }, (result) => {
    results.push(result);
    const tested = chosen.find(({ id }) => id === result.id);
    if (tested !== undefined) console.log(resultLine(tested, result, style));
  });

  const stories = (id: string) => {
    const tested = chosen.find((each) => each.id === id);
    const result = results.find((each) => each.id === id);
    return tested === undefined || result === undefined ? [] : failureStory(tested, result, style);
  };
  for (const { id } of results.filter(({ status }) => status === "failed")) console.log(["", ...stories(id)].join("\n"));
  const counts = countResults(results);
  console.log(["", ...summaryLines(results, { leftOut, took: performance.now() - startedAt }, style)].join("\n"));
  writeJson?.(`${JSON.stringify(jsonReport(name, chosen, results), undefined, 2)}\n`);
  writeJunit?.(junitReport(name, chosen, results, (id) => stories(id).join("\n")));
  return counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}

/** Where the server will run: in a network of its own, or right here. */
function placeFor({
  server,
  link,
}: ConformanceOptions): Pick<Parameters<typeof runSuite>[0], "server" | "network"> & { readonly note: string } {
  const here = "right here, with an internet in the server's memory";
  if (link === "memory") return { server, network: undefined, note: here };
  const found = findOwnNetwork();
  if (found.kind === "possible")
    return {
      server,
      network: found.command,
      note: `in a network of its own, with ${link === "tap" ? "lab 5's interface on a TAP" : "a real network"} device`,
    };
  if (server.kind === "own" && link === undefined)
    return {
      server: { ...server, link: "memory" },
      network: undefined,
      note: `${here}; a real network device cannot be had: ${found.why}`,
    };
  throw new UsageError(`The server cannot have a network of its own: ${found.why}. --link memory runs it right here.`);
}
