import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { terminalStyle } from "#checks/harness/report/style.ts";
import type { TestCounts } from "#checks/kit/count-reporter.ts";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { runCommand } from "./command.ts";

const help = `npm test                  everything that the kit promises about itself
npm test -- NAME …        only the test files whose path contains NAME`;

const bin = (name: string) => join(root, "node_modules", ".bin", name);

await runCommand(help, async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { help: { type: "boolean", short: "h" } } });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const { paint } = terminalStyle(true);
  const steps: readonly (readonly [name: string, run: () => Promise<TestCounts>])[] = [
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
function staticSteps(): readonly (readonly [name: string, run: () => Promise<TestCounts>])[] {
  return [
    ["types, on the student's labs", () => one(bin("tsc"), ["--project", "tsconfig.json"])],
    ["lint", () => one(bin("oxlint"), ["--config", ".oxlintrc.json", "--type-aware", "--deny-warnings"])],
    ["format", () => one(bin("biome"), ["check", "--colors=off"])],
    ["unused code", () => one(bin("knip"), [])],
  ];
}

async function one(file: string, args: readonly string[]): Promise<TestCounts> {
  const { code, output } = await run(file, args, {});
  if (code !== 0) console.log(output.trimEnd());
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
}

/** Runs a project of the vitest configuration. An exit code alone is no verdict, and nothing executed is a failure. */
async function vitest(project: string, from: string, filters: readonly string[]): Promise<TestCounts> {
  mkdirSync(join(root, ".kit"), { recursive: true });
  const folder = mkdtempSync(join(root, ".kit", "test-"));
  try {
    const counts = join(folder, "counts.json");
    const reporters = ["--reporter=dot", `--reporter=${join(root, "checks", "kit", "count-reporter.ts")}`];
    const { code, output } = await run(
      bin("vitest"),
      ["run", "--config", "checks/vitest.config.ts", "--project", project, "--passWithNoTests", ...reporters, ...filters],
      {
        KIT_FROM: from,
        KIT_COUNTS: counts,
      },
    );
    if (code !== 0) console.log(output.trimEnd());
    const { passed, failed, skipped }: TestCounts = existsSync(counts)
      ? JSON.parse(readFileSync(counts, "utf8"))
      : { passed: 0, failed: 1, skipped: [] };
    const nothingRan = passed + failed === 0 && filters.length === 0;
    const unexplained = failed === 0 && (code !== 0 || nothingRan);
    return { passed, failed: failed + (unexplained ? 1 : 0), skipped };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
