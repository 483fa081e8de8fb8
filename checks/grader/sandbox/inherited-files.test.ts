import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { bundle } from "#launch/bundle.mjs";
import { implementationFrom } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";

const given = 40;

/** What a program finds at descriptor 40 that is started by one to which somebody's file was given there. */
async function foundWith(rest: string): Promise<string> {
  const { file } = await bundle(join(root, "checks/grader/sandbox/inherited-files.ts"), implementationFrom("labs"));
  const grades = openSync(join(await temporaryFolder(), "grades"), "w");
  const look = `try { console.log(require("node:fs").readlinkSync("/proc/self/fd/${given}")); } catch { console.log("nothing"); }`;
  const starts = `
    import { spawnSync } from "node:child_process";
    import { inPlaceOfInherited } from ${JSON.stringify(pathToFileURL(file).href)};
    spawnSync(process.execPath, ["-e", ${JSON.stringify(look)}], { stdio: ["ignore", "inherit", "inherit", ...${rest}] });`;
  const stdio = Array.from({ length: given + 1 }, (_, at) => (at === given ? grades : at === 1 ? "pipe" : "ignore"));
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", starts], { stdio, encoding: "utf8" });
  closeSync(grades);
  return stdout.trim();
}

it.skipIf(process.platform !== "linux")("a file that the grader was given is not handed on", async () => {
  expect(await foundWith("[]")).toMatch(/grades$/);
  expect(await foundWith("inPlaceOfInherited(3)")).toMatch(/^(\/dev\/null|nothing)$/);
});
