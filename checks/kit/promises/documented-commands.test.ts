import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { documentedCommands } from "./documented-commands.ts";

const pages = [
  "README.md",
  "labs/README.md",
  ".github/CONTRIBUTING.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
const commands = pages.flatMap((page) => documentedCommands(readFileSync(join(root, page), "utf8"), page));

/** Set-up commands are run by every fresh clone that runs these tests. */
const isSetUp = (command: string) => /^(git clone|cd |npm ci|npm test$)/.test(command);

/** A copy of the project, so that what a command writes stays out of it; in a folder of its own, for commands that write beside it. */
const folder = mkdtempSync(join(tmpdir(), "kit-commands-"));
const copy = join(folder, "kit");
beforeAll(() => {
  mkdirSync(copy);
  for (const name of readdirSync(root))
    if (!["node_modules", ".git", ".kit"].includes(name)) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!hasReference || !existsSync(join(root, "README.md")))("documented commands", () => {
  it("are found", () => {
    expect(commands.length).toBeGreaterThan(5);
  });

  const distinct = [...new Map(commands.filter(({ command }) => !isSetUp(command)).map((each) => [each.command, each])).values()];

  // Grades are made where there is a sandbox; the commands behind it speak of these grades.
  let canGrade = true;

  it.for(distinct)("$command (in $page)", { timeout: 120_000 }, async ({ command, exit, endless }, context) => {
    const isGrading = command.startsWith("npm run grade ");
    if (isGrading && !canGrade) context.skip("this computer has no sandbox that is good enough to grade");
    const { code, output } = await run(command, endless);
    if (isGrading && code === noSandbox) {
      canGrade = false;
      context.skip("this computer has no sandbox that is good enough to grade");
    }
    expect({ code, output }).toMatchObject({ code: exit });
    expect(output.trim()).not.toBe("");
  });
});

/** The exit code of `npm run grade` without a sandbox. */
const noSandbox = 3;

/** Runs a command as a reader would. One that never ends is interrupted once it says how. */
function run(command: string, endless: boolean): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((done, fail) => {
    const child = spawn(
      "bash",
      ["-c", endless ? `exec ${command.replace(/^npm run (\w+)( -- )?/, (_, name: string) => `${script(name)} `)}` : command],
      {
        cwd: copy,
        env: { ...process.env, NO_COLOR: "1", INIT_CWD: copy },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString("utf8");
        if (endless && /Ctrl\+C|Waiting for file changes|press .*q.* to quit/.test(output)) child.kill("SIGINT");
      });
    child.on("error", fail);
    child.on("close", (code, signal) => done({ code: endless && signal === "SIGINT" ? 0 : (code ?? 1), output }));
  });
}

/** What an npm script runs: a signal to npm itself would not reach it at once. */
function script(name: string): string {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return scripts[name] ?? "false";
}
