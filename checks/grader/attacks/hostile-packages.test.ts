import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { readSubmission } from "../intake/read-submission.ts";
import { findSources } from "../intake/submission-source.ts";
import { zipOf } from "../intake/zip-writer.ts";
import { gradeSubmission } from "../run/grade-submission.ts";
import type { Sandbox } from "../sandbox/confined.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { hostileHeartbeat, mark } from "./attack.ts";
import { impatient } from "./battle-ground.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const nothing = { file: "", secret: "", port: 0, pid: 0, root: "", token: "" };
const attack = { name: "honest", says: "does nothing", inTick: `report("here");` };
const heartbeat = hostileHeartbeat(attack, nothing);
const own = "labs/lab-3-heartbeat/heartbeat.ts";

/** Reads and grades what lies at `path`. */
async function gradeAt(path: string) {
  const [source] = findSources([path]);
  if (source === undefined) throw new Error(`nothing at ${path}`);
  const read = await readSubmission(source, undefined);
  const grade = await gradeSubmission({ ...read, students: [] }, { labs: ["lab-3"], seed: 1, sandbox, limits: impatient });
  expect(grade.problem).toBeUndefined();
  const ran = JSON.stringify(grade.labs).includes(mark);
  return { earned: grade.earned, ran, refused: new Map(grade.submission.refused.map(({ path, why }) => [path, why])) };
}

describe.skipIf(!hasReference || process.platform !== "linux")("a package with more in it than labs", () => {
  it("runs none of the configurations that tools would read, and none of npm's scripts", async () => {
    const folder = join(await temporaryFolder(), "eve");
    const marker = join(folder, "..", "executed");
    const touches = `require("node:fs").writeFileSync(${JSON.stringify(marker)}, "")`;
    const module = `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(marker)}, ""); export default {};`;
    const tools: Readonly<Record<string, string>> = {
      ".npmrc": `node-options=--require=${join(folder, "run.cjs")}\nscript-shell=/bin/false\n`,
      "package.json": JSON.stringify({
        type: "module",
        imports: { "#kit/*": "./evil/*" },
        scripts: { preinstall: `node run.cjs`, check: `node run.cjs` },
      }),
      "run.cjs": touches,
      "postcss.config.mjs": module,
      "vitest.config.ts": module,
      "vite.config.ts": module,
      "labs/lab-3-heartbeat/tsconfig.json": JSON.stringify({ compilerOptions: { plugins: [{ name: "../../run.cjs" }] } }),
      "labs/lab-3-heartbeat/package.json": JSON.stringify({ imports: { "#kit/*": "./evil/*" } }),
      "labs/kit/not-implemented.ts": module,
      ".git/hooks/post-checkout": `#!/bin/sh\ntouch ${marker}\n`,
      ".git/config": `[core]\n\tfsmonitor = "touch ${marker}"\n`,
      "checks/lab-3-heartbeat/points.ts": `export const points = {};`,
    };
    for (const [name, text] of Object.entries({ ...tools, [own]: heartbeat })) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text, { mode: 0o755 });
    }
    const { ran, refused } = await gradeAt(folder);
    expect(ran).toBe(true);
    expect(existsSync(marker)).toBe(false);
    expect([...refused.keys()].join(" ")).toContain("lab-3-heartbeat/tsconfig.json");
  });

  it("hands in nothing by links, whatever they lead to", async () => {
    const folder = join(await temporaryFolder(), "eve");
    mkdirSync(join(folder, "labs"), { recursive: true });
    symlinkSync(join(root, "reference", "lab-3-heartbeat"), join(folder, "labs", "lab-3-heartbeat"));
    expect(await gradeAt(folder)).toMatchObject({ earned: 0, ran: false });

    const solution = join(root, "reference", "lab-3-heartbeat", "heartbeat.ts");
    const zip = join(await temporaryFolder(), "eve.zip");
    writeFileSync(zip, zipOf([{ name: own, content: solution, mode: 0o120777 }]));
    const linked = await gradeAt(zip);
    expect(linked).toMatchObject({ earned: 0, ran: false });
    expect(linked.refused.get("lab-3-heartbeat/heartbeat.ts")).toMatch(/link/);
  });

  it("writes nothing outside by names that climb, and unpacks no bomb", async () => {
    const folder = await temporaryFolder();
    const zip = join(folder, "eve.zip");
    const climbing = ["../executed", "labs/../../executed", "/tmp/kit-executed", "labs\\..\\..\\executed"].map((name) => ({
      name,
      content: "x",
    }));
    writeFileSync(zip, zipOf([...climbing, { name: own, content: heartbeat }]));
    await gradeAt(zip);
    for (const path of [join(folder, "..", "executed"), join(folder, "executed"), "/tmp/kit-executed"])
      expect(existsSync(path)).toBe(false);

    const bomb = join(folder, "bomb.zip");
    writeFileSync(bomb, zipOf([{ name: own, content: "/".repeat(64 << 20), claims: 10 }]));
    expect(await gradeAt(bomb)).toMatchObject({ earned: 0, ran: false });
  });
});
