import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { lab1 } from "#checks/lab-1-codec/lab.ts";
import { implementationFrom, type LabId, labFolders, labIds } from "#launch/implementation.mjs";
import { defaultSeed } from "../seed.ts";
import { checksumCheck, checksumThat, labWith, right } from "./broken-lab.ts";
import { prepareProgram } from "./prepare.ts";
import { implementationOn, runLab, runLabs } from "./run-lab.ts";
import { startThread } from "./start-thread.ts";
import { createWorkbench } from "./workbench.ts";
import type { WorkerReport } from "./worker-protocol.ts";

describe("a lab is checked on", () => {
  const from = implementationFrom("labs");
  const earlier = Object.fromEntries(labIds.map((id) => [id, `/elsewhere/${labFolders[id]}`])) as typeof from;
  const sources = (lab: LabId) => {
    const folders = implementationOn(lab, from, earlier);
    return labIds.map((id) => (folders[id] === earlier[id] ? "earlier" : folders[id] === from[id] ? "own" : "?"));
  };

  it.each(["lab-1", "lab-2", "lab-3"] as const)("its own code alone, when it is built on no other: %s", (lab) => {
    expect(sources(lab)).toEqual(["own", "own", "own", "own", "own"]);
  });

  it.each(["lab-4", "lab-5"] as const)("others' labs below it, and its own code: %s", (lab) => {
    expect(sources(lab)).toEqual(["earlier", "earlier", "earlier", "own", "own"]);
  });
});

it("several labs give their results in order, however long each takes", async () => {
  const lab = labWith({});
  const run = (id: string) => ({ checks: lab1 as never, ids: [id], implementation: lab, seed: defaultSeed });
  const ids = ["lab-1.decode-generated", checksumCheck, "lab-1.encode-header-only"];
  const results = await runLabs(ids.map(run));
  expect(results.flatMap(({ checks }) => checks.map(({ id }) => id))).toEqual(ids);
});

it("a run that nobody wants to know of any more stops in the middle of an endless loop, and leaves what the next one needs", async () => {
  const lab = labWith({ "internet-checksum.ts": checksumThat("for (;;) {}") });
  const enough = new Error("enough");
  const stop = new AbortController();
  const program = await prepareProgram();
  const take = () => {
    const thread = startThread(program, "lab-1", 64);
    // The loop has begun by then, or is about to.
    thread.on("message", ({ kind }: WorkerReport) => {
      if (kind === "started") stop.abort(enough);
    });
    return thread;
  };
  const pool = { prepare: () => {}, take, close: async () => {} };
  const bench = createWorkbench(undefined, { of: async () => ({ program, pool }), close: async () => {} });
  const run = { checks: lab1 as never, ids: [checksumCheck], implementation: lab, seed: defaultSeed };
  await expect(runLabs([run], bench, stop.signal)).rejects.toBe(enough);
  await expect(runLabs([run], bench, stop.signal)).rejects.toBe(enough);
  writeFileSync(join(lab["lab-1"], "internet-checksum.ts"), right["internet-checksum.ts"]);
  const [result] = await runLabs([run], bench);
  expect(result?.checks.map(({ status }) => status)).toEqual(["passed"]);
});

it("running a lab gives its results, and its type errors beside them", async () => {
  const lab = labWith({ "message.ts": "export const wrong: string = 1;\n" });
  const result = await runLab({ checks: lab1 as never, ids: [checksumCheck], implementation: lab, seed: defaultSeed });
  expect(result).toMatchObject({ lab: "lab-1", title: "codec", handout: "docs/lab-1-codec.md", folder: lab["lab-1"], seed: defaultSeed });
  expect(result.checks.map(({ id, status }) => [id, status])).toEqual([[checksumCheck, "passed"]]);
  expect(result.typeFaults).toMatchObject([{ file: `${lab["lab-1"]}/message.ts`, line: 1, column: 14 }]);
});
