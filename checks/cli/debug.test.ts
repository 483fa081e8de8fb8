import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CopiedProject, copyProject } from "./copied-project.ts";

describe("npm run debug", () => {
  let project: CopiedProject;
  beforeAll(() => {
    project = copyProject();
  });
  afterAll(() => project.remove());

  it("tells how one check ended, and prints what the lab's code prints", async () => {
    const debug = (...args: readonly string[]) => project.run("debug", args);
    expect(await debug("checksum-example", "--from", "reference")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^ok {2}lab-1\.c/),
    });
    const skeleton = await debug("checksum-example");
    expect(skeleton.code).toBe(1);
    expect(skeleton.stdout).toContain("not started  lab-1.checksum-example  lab-1 internet checksum is not implemented yet");

    const file = join(project.folder, "labs", "lab-1-codec", "internet-checksum.ts");
    // It leaves a timer behind, and ends all the same.
    writeFileSync(
      file,
      `setInterval(() => {}, 1000);\nexport const internetChecksum = () => {\n  console.log("looking");\n  return 7;\n};\n`,
    );
    const wrong = await debug("checksum-example", "--seed", "7");
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toContain("    again   npm run check lab-1 -- --only checksum-example --seed 7\n");
    expect(wrong.stdout).toMatch(/^looking\nx lab-1\.checksum-example /);

    writeFileSync(file, "export const = 1;\n");
    const broken = await debug("checksum-example");
    expect(broken.code).toBe(1);
    expect(broken.stdout).toContain("SyntaxError: labs/lab-1-codec/internet-checksum.ts:1:14");
    expect(await debug("no-such-check")).toMatchObject({ code: 2 });
  }, 120_000);
});
