import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { terminalStyle } from "#checks/harness/report/style.ts";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { runCommand } from "./command.ts";

const help = `npm test                  everything that the kit promises about itself
npm test -- NAME …        only the test files whose path contains NAME`;

/** What a step of the tests came to. */
type Counts = { readonly passed: number; readonly failed: number; readonly skipped: readonly string[] };

const bin = (name: string) => join(root, "node_modules", ".bin", name);

await runCommand(help, async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: "boolean", short: "h" } } });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const { paint } = terminalStyle(true);
  const steps: readonly (readonly [name: string, run: () => Promise<Counts>])[] = [
    ...(positionals.length > 0 ? [] : staticSteps()),
    ["tests", () => vitest("kit", "labs", positionals)],
    ...(hasReference ? [["checks on the reference", () => vitest("checks", "reference", positionals)] as const] : []),
  ];
  const totals = { passed: 0, failed: 0 };
  const skipped: string[] = [];
  for (const [name, run] of steps) {
    const counts = await run();
    totals.passed += counts.passed;
    totals.failed += counts.failed;
    skipped.push(...counts.skipped);
    const mark = counts.failed > 0 ? paint.red("x") : paint.green("ok");
    console.log(`${mark}  ${name}: ${counts.passed} passed, ${counts.failed} failed`);
  }
  for (const why of skipped) console.log(`skipped: ${why}`);
  console.log(`\n${totals.passed} passed, ${totals.failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ""}`);
  return totals.failed === 0 && totals.passed > 0 ? 0 : 1;
});

/** Types, lint, format and unused code: each counts as one test. */
function staticSteps(): readonly (readonly [name: string, run: () => Promise<Counts>])[] {
  return [
    ["types, on the student's labs", () => one(bin("tsc"), ["--project", "tsconfig.json"])],
    ["lint", () => one(bin("oxlint"), ["--config", ".oxlintrc.json", "--type-aware", "--deny-warnings"])],
    ["format", () => one(bin("biome"), ["check", "--colors=off"])],
    ["unused code", () => one(bin("knip"), [])],
  ];
}

async function one(file: string, args: readonly string[]): Promise<Counts> {
  const { code, output } = await run(file, args, {});
  if (code !== 0) console.log(output.trimEnd());
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
}

/** The parts of vitest's JSON report that are read here. */
type VitestReport = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string; readonly meta?: { readonly why?: string } }[];
  }[];
};

/** Runs a project of the vitest configuration and counts by its report: an exit code is no verdict, and a file that ran no test has failed. */
async function vitest(project: string, from: string, filters: readonly string[]): Promise<Counts> {
  mkdirSync(join(root, ".kit"), { recursive: true });
  const folder = mkdtempSync(join(root, ".kit", "test-"));
  try {
    const report = join(folder, "report.json");
    const { code, output } = await run(
      bin("vitest"),
      [
        "run",
        "--config",
        "checks/vitest.config.ts",
        "--project",
        project,
        "--passWithNoTests",
        "--reporter=dot",
        "--reporter=json",
        `--outputFile.json=${report}`,
        ...filters,
      ],
      { KIT_FROM: from },
    );
    if (code !== 0) console.log(output.trimEnd());
    return count(JSON.parse(readFileSync(report, "utf8")) as VitestReport, code, filters.length > 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function count({ testResults }: VitestReport, code: number, filtered: boolean): Counts {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === "passed").length;
  const skipped = tests.filter(({ status }) => status === "skipped" || status === "pending" || status === "todo");
  // A file that could not be loaded has no test to fail.
  const empty = testResults.filter(({ assertionResults }) => assertionResults.length === 0).length;
  const failed = tests.length - passed - skipped.length + empty;
  const unexplained = failed === 0 && (code !== 0 || (tests.length === 0 && !filtered)) ? 1 : 0;
  return {
    passed,
    failed: failed + unexplained,
    skipped: skipped.map(({ fullName, meta }) => `${fullName}${meta?.why === undefined ? "" : `: ${meta.why}`}`),
  };
}

function run(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((done, fail) => {
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString("utf8")));
    child.on("error", fail);
    child.on("close", (code) => done({ code: code ?? 1, output }));
  });
}
