import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { hasReference, labFolders } from "#launch/implementation.mjs";
import { copyProject } from "./copied-project.ts";

const project = copyProject();
afterAll(project.remove);

it.skipIf(!hasReference)("a generated input that fails is tried first in the next runs, until it passes", async () => {
  const model = ["lab-3", "--only", "heartbeat-model"];
  const right = readFileSync(join(project.folder, "reference", labFolders["lab-3"], "heartbeat.ts"), "utf8");
  const mine = join(project.folder, "labs", labFolders["lab-3"], "heartbeat.ts");
  const wrong = right.replace("sinceSent >= sendEvery", "sinceSent > sendEvery");
  expect(wrong).not.toBe(right);
  writeFileSync(mine, wrong);

  const first = await project.run("check", model);
  expect(first.code).toBe(1);
  expect(first.stdout).toMatch(/^ {4}the smallest of the failing cases; \d+ were generated$/m);
  expect(first.stdout).toMatch(/^ {4}kept {4}this input is tried first from now on, until it passes$/m);

  const second = await project.run("check", [...model, "--seed", "99"]);
  expect(second.stdout).toMatch(/^ {4}kept {4}your own regression: it has failed since \d{4}-\d\d-\d\d \d\d:\d\d$/m);
  expect(second.stdout).not.toContain("were generated");
  expect(storyIn(second.stdout)).toEqual(storyIn(first.stdout));

  const debugged = await project.run("debug", ["lab-3.heartbeat-model"]);
  expect(debugged.stdout).toMatch(/^ {4}kept {4}your own regression/m);
  expect(storyIn(debugged.stdout)).toEqual(storyIn(first.stdout));

  // Another's code is not tried with it.
  const other = await project.run("check", [...model, "--from", "reference"]);
  expect(other.stdout).not.toContain("the input that failed before");

  writeFileSync(mine, right);
  const third = await project.run("check", model);
  expect(third.code).toBe(0);
  expect(third.stdout.replace(/\s+/g, " ")).toContain("lab-3.heartbeat-model: the input that failed before now passes (kept since ");
  const fourth = await project.run("check", model);
  expect(fourth.code).toBe(0);
  expect(fourth.stdout).not.toContain("the input that failed before");
});

function storyIn(output: string): readonly string[] {
  return output.split("\n").filter((line) => /^ {4}t=|^ {2}> /.test(line));
}
