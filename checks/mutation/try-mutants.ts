import { readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join, relative } from "node:path";
import type { MutantResult } from "@stryker-mutator/api/core";
import { bundle } from "#launch/bundle.mjs";
import { implementationFrom, type LabId, labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { type Mutant, shortCode, type Verdict } from "./mutant.ts";

/** Where Stryker works and reports to. Git ignores it. */
const workplace = join(".kit", "mutation");

/** Stryker's own page about a lab, with every mutant in its place, relative to the project. */
export function pageOf(lab: LabId): string {
  return join(workplace, `${lab}.html`);
}

/**
 * Changes the reference of a lab in all the small ways that Stryker knows, one at a time, and runs the lab's checks on each.
 *
 * @param files which of the lab's files
 * @returns the mutants in the order of the source. Rejects when the checks fail on the unchanged reference.
 */
export async function tryMutants(lab: LabId, files: readonly string[]): Promise<readonly Mutant[]> {
  const { Stryker } = await import("@stryker-mutator/core");
  const folder = `reference/${labFolders[lab]}`;
  const plugin = await bundle(join(root, "checks", "mutation", "stryker", "plugin.ts"), implementationFrom("reference"));
  const temporary = join(workplace, `run-${process.pid}`);
  // Stryker leaves its copy behind when it is interrupted.
  const tidy = () => rmSync(join(root, temporary), { recursive: true, force: true });
  process.on("exit", tidy);
  try {
    const results = await new Stryker({
      mutate: files.map((file) => `${folder}/${file}`),
      // The copy needs nothing else: checks and helpers are read from where they are.
      ignorePatterns: ["**", ...[`reference`, folder, `${folder}/**`].map((path) => `!${path}`)],
      symlinkNodeModules: false,
      tempDirName: temporary,
      cleanTempDir: "always",
      plugins: [plugin.file],
      testRunner: "kit-checks",
      ignorers: ["kit-error-messages"],
      kitLab: lab,
      // Each mutant has a thread and is given up at its first failing check: there is nothing to be saved by choosing checks.
      coverageAnalysis: "off",
      concurrency: availableParallelism(),
      // The harness stops what does not end. This is for the harness itself.
      timeoutMS: 600_000,
      reporters: ["html", "kit-progress"],
      htmlReporter: { fileName: pageOf(lab) },
      logLevel: "off",
      fileLogLevel: "off",
    } as ConstructorParameters<typeof Stryker>[0]).runMutationTest();
    return results.map((result) => toMutant(lab, result)).toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
  } finally {
    tidy();
    process.off("exit", tidy);
  }
}

function toMutant(lab: LabId, result: MutantResult): Mutant {
  const { fileName, location, mutatorName, replacement } = result;
  const lines = readFileSync(join(root, relative(root, fileName)), "utf8").split("\n");
  const { start, end } = location;
  const cut = lines.slice(start.line - 1, end.line);
  // From behind: the first line may be the last one, too.
  cut[cut.length - 1] = cut.at(-1)?.slice(0, end.column - 1) ?? "";
  cut[0] = cut[0]?.slice(start.column - 1) ?? "";
  return {
    lab,
    file: basename(fileName),
    line: start.line,
    mutator: mutatorName,
    context: lines[start.line - 1]?.trim() ?? "",
    original: shortCode(cut.join("\n")),
    replacement: shortCode(replacement),
    verdict: verdictOf(result),
  };
}

function verdictOf({ status, statusReason = "", killedBy }: MutantResult): Verdict {
  const by = killedBy?.[0] ?? "";
  switch (status) {
    case "Killed":
      return { kind: statusReason === "endless" || statusReason === "crashed" ? "stopped" : "killed", by };
    case "Timeout":
      return { kind: "stopped", by };
    case "Survived":
    case "NoCoverage":
      return { kind: "survived" };
    case "Ignored":
      return { kind: "ignored", why: statusReason };
    case "CompileError":
    case "RuntimeError":
    case "Pending":
      return { kind: "fault", why: statusReason };
    default:
      return status satisfies never;
  }
}
