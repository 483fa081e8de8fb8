import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CopiedProject, copyProject } from "#checks/cli/copied-project.ts";
import { root } from "#launch/root.mjs";
import { type Problem, type ProblemMatcher, problemsIn } from "./problems.ts";

const file = join(root, ".vscode", "tasks.json");

/** A type error in the seventh line, and an error that is thrown in the third. */
const faulty = `import type { Lab1 } from "#contract/lab-1-codec.ts";
export const internetChecksum: Lab1["internetChecksum"] = (bytes) => {
  if (bytes.length > 2) throw new Error("no more than two bytes, please");
  return add(bytes);
};
function add(bytes: Uint8Array): number {
  return bytes.length === 0 ? "none" : 1;
}
`;

describe.skipIf(!existsSync(file))("the editor finds in the output of check", () => {
  let project: CopiedProject;
  const found: Problem[] = [];

  beforeAll(async () => {
    project = copyProject();
    writeFileSync(join(project.folder, "labs", "lab-1-codec", "internet-checksum.ts"), faulty);
    const { stdout } = await project.run("check", ["lab-1", "--only", "checksum-example"]);
    const { tasks }: { tasks: readonly { label: string; problemMatcher: readonly ProblemMatcher[] }[] } = JSON.parse(
      readFileSync(file, "utf8"),
    );
    for (const matcher of tasks.find(({ label }) => label === "Check this lab")?.problemMatcher ?? [])
      found.push(...problemsIn(stdout, matcher, project.folder));
  });
  afterAll(() => project.remove());

  it("the place of a type error and of what was thrown, and nothing else", () => {
    const path = join(project.folder, "labs", "lab-1-codec", "internet-checksum.ts");
    expect(found).toEqual([
      { file: path, line: 7, column: 31, message: "Type 'string' is not assignable to type 'number'." },
      { file: path, line: 3, column: 31, message: "Error: no more than two bytes, please" },
    ]);
  });
});
