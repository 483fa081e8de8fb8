import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { root } from "#launch/root.mjs";
import { memorySubmission } from "../model/memory-submission.ts";
import { sourcesOf } from "./lab-sources.ts";
import { typeFaultsOf } from "./type-check.ts";

/** What is said of lab 3 with this file beside its own. */
const faultsOf = (text: string) =>
  typeFaultsOf(["lab-3"], sourcesOf(memorySubmission("eve", { "lab-3-heartbeat/own.ts": text }).files).sources);

it("tells nothing of files that are none of the lab's, however they are named", async () => {
  const hidden = join(await temporaryFolder(), "hidden.ts");
  writeFileSync(hidden, 'export const expected = "a-secret";\nconst broken: number = "another-secret";\n');
  for (const name of [
    hidden,
    `../../..${hidden}`,
    join(root, "reference/lab-3-heartbeat/heartbeat.ts"),
    "#checks/lab-3-heartbeat/members.ts",
  ])
    for (const text of [
      `import type * as all from ${JSON.stringify(name)};\nexport const a: typeof all = 1;\n`,
      `export const a: typeof import(${JSON.stringify(name).replace("h", "\\x68")}) = 1;\n`,
      `/// <reference path=${JSON.stringify(name)} />\nexport const a: string = 1;\n`,
    ]) {
      const said = (await faultsOf(text)).map(({ file, message, source }) => [file, message, source].join(" ")).join("\n");
      expect(said).toMatch(/none of those that are graded|Cannot find module|not found|Could not resolve the path/);
      expect(said).not.toMatch(/secret|not assignable to type 'typeof|createHeartbeat/);
    }
});

it("reads a large file with a fault in every line once, and tells some of them", async () => {
  const faults = await faultsOf(`${"a1\n".repeat(30_000)}/*${"x".repeat(900_000)}*/\nexport {};\n`);
  expect(faults).toHaveLength(100);
  expect(faults[99]).toMatchObject({ file: "lab-3-heartbeat/own.ts", line: 100, source: "a1" });
});

it("is stopped when it says more than anybody reads", async () => {
  const faults = await faultsOf(`type Long = "${"x".repeat(400)}";\n${"(1 as 1) satisfies Long;\n".repeat(50_000)}export {};\n`);
  expect(faults).toMatchObject([{ file: "lab-3-heartbeat", message: expect.stringContaining("had to be stopped") as unknown }]);
});
