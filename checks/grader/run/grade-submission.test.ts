import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasReference, labFolders, labIds } from "#launch/implementation.mjs";
import { memorySubmission } from "../model/memory-submission.ts";
import type { Sandbox } from "../sandbox/confined.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { gradeSubmission } from "./grade-submission.ts";
import { referenceSources } from "./lab-sources.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

/** The solved labs, as a student would hand them in. */
function solved(): Record<string, string> {
  const sources = referenceSources();
  if (sources === undefined) throw new Error("There is no reference.");
  return Object.fromEntries(labIds.flatMap((lab) => [...sources[lab]].map(([name, text]) => [`${labFolders[lab]}/${name}`, text])));
}

describe.skipIf(!hasReference)("a submission", () => {
  it("gets all points for the reference", async () => {
    const grade = await gradeSubmission(memorySubmission("ada", solved()), { labs: ["lab-3"], seed: 1, sandbox });
    expect(grade.problem).toBeUndefined();
    expect(grade.labs[0]?.checks.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(grade).toMatchObject({ earned: 50, points: 50, total: 50, tier: sandbox.tier, labs: [{ missingFiles: [], typeFaults: [] }] });
  });

  it("tells its type errors, without a path of the computer", async () => {
    const files = {
      ...solved(),
      "lab-3-heartbeat/heartbeat.ts": 'import { x } from "../../nothing.ts";\nexport const createHeartbeat: string = x;\n',
    };
    const grade = await gradeSubmission(memorySubmission("eve", files), { labs: ["lab-1", "lab-3"], seed: 1, sandbox, only: [] });
    expect(grade.labs.map(({ typeFaults }) => typeFaults)).toEqual([
      [],
      [
        {
          file: "lab-3-heartbeat/heartbeat.ts",
          line: 1,
          column: 19,
          message: "Cannot find module '../../nothing.ts' or its corresponding type declarations.",
          source: 'import { x } from "../../nothing.ts";',
        },
      ],
    ]);
  });

  it("whose types have no end is graded all the same", async () => {
    const endless = `type Grow<T extends unknown[]> = T["length"] extends 999999 ? T : Grow<[...T, ...T, 0]>;\nexport const x: Grow<[0]> = [];\n${"(".repeat(500_000)}`;
    const files = { ...solved(), "lab-3-heartbeat/heartbeat.ts": endless };
    const grade = await gradeSubmission(memorySubmission("eve", files), { labs: ["lab-3"], seed: 1, sandbox });
    expect(grade.problem).toBeUndefined();
    expect(grade.labs[0]?.typeFaults.length).toBeGreaterThan(0);
    expect(new Set(grade.labs[0]?.checks.map(({ status }) => status))).toEqual(new Set(["failed"]));
  });

  it("that answers with megabytes has a grade of some kilobytes", async () => {
    const flood = `const bytes = new Uint8Array(2_900_000);
      export const ipv4Packet = { parse: () => ({ ok: true, value: { payload: bytes } }), serialize: () => bytes };`;
    const files = { ...solved(), "lab-1-codec/ipv4-packet.ts": flood };
    const only = ["lab-1.ipv4-parse", "lab-1.ipv4-serialize"];
    const grade = await gradeSubmission(memorySubmission("eve", files), { labs: ["lab-1"], seed: 1, sandbox, only });
    expect(grade.labs[0]?.checks.map(({ id, status, reason }) => [id, status, reason])).toEqual(
      only.map((id) => [id, "failed", undefined]),
    );
    expect(JSON.stringify(grade).length).toBeLessThan(100_000);
  });

  it("counts what is missing as not started", async () => {
    const grade = await gradeSubmission(memorySubmission("bob", {}), { labs: ["lab-3"], seed: 1, sandbox });
    expect(grade).toMatchObject({ earned: 0, points: 50, labs: [{ missingFiles: ["heartbeat.ts"] }] });
    expect(new Set(grade.labs[0]?.checks.map(({ status }) => status))).toEqual(new Set(["not-started"]));
    expect(grade.labs[0]?.checks[0]?.missing).toMatch(/lab-3/);
  });
});
