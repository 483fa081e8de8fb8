import { describe, expect, it } from "vitest";
import { lab1 } from "#checks/lab-1-codec/lab.ts";
import { implementationFrom, type LabId, labFolders, labIds } from "#launch/implementation.mjs";
import { defaultSeed } from "../seed.ts";
import { checksumCheck, labWith } from "./broken-lab.ts";
import { implementationOn, runLab, runLabs } from "./run-lab.ts";

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

it("running a lab gives its results, and its type errors beside them", async () => {
  const lab = labWith({ "message.ts": "export const wrong: string = 1;\n" });
  const result = await runLab({ checks: lab1 as never, ids: [checksumCheck], implementation: lab, seed: defaultSeed });
  expect(result).toMatchObject({ lab: "lab-1", title: "codec", handout: "docs/lab-1-codec.md", folder: lab["lab-1"], seed: defaultSeed });
  expect(result.checks.map(({ id, status }) => [id, status])).toEqual([[checksumCheck, "passed"]]);
  expect(result.typeFaults).toMatchObject([{ file: `${lab["lab-1"]}/message.ts`, line: 1, column: 14 }]);
});
