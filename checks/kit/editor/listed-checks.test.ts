import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { lab3 } from "#checks/lab-3-heartbeat/lab.ts";
import { root } from "#launch/root.mjs";

type Listed = { readonly name: string; readonly file: string; readonly location?: { readonly line: number; readonly column: number } };

it("vitest, and an editor through it, lists each check by its title and points, at the place where it is written", async () => {
  const folder = mkdtempSync(join(tmpdir(), "kit-list-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "list.json");
  const program = join(root, "node_modules", "vitest", "vitest.mjs");
  const args = [
    "list",
    "--config",
    "vitest.config.ts",
    "--project",
    "checks",
    "--includeTaskLocation",
    `--json=${file}`,
    "lab-3-heartbeat/",
  ];
  // The extension of VS Code starts vitest where the configuration lies.
  await promisify(execFile)(process.execPath, [program, ...args], { cwd: join(root, "checks") });
  const listed: readonly Listed[] = JSON.parse(readFileSync(file, "utf8"));
  expect(listed).toHaveLength(lab3.checks.length);
  for (const { id, title } of lab3.checks) {
    const points = lab3.points[id];
    const found = listed.find(({ name }) =>
      name.endsWith(` > ${id.replace("lab-3.", "")}: ${title}  (${points} point${points === 1 ? "" : "s"})`),
    );
    const line = readFileSync(found?.file ?? "", "utf8").split("\n")[(found?.location?.line ?? 0) - 1];
    expect(line?.slice((found?.location?.column ?? 0) - 1)).toMatch(`"${id}"`);
  }
}, 120_000);
