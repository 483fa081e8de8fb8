import { expect, it } from "vitest";
import { lab1 } from "#checks/lab-1-codec/lab.ts";
import { implementationFrom, labFolders, labIds } from "#launch/implementation.mjs";
import { defaultSeed } from "../seed.ts";
import { checksumCheck, labWith } from "./broken-lab.ts";
import { implementationOn, runLab } from "./run-lab.ts";

it("a lab is checked on earlier labs of others, and on its own code and that of later labs", () => {
  const from = implementationFrom("labs");
  const earlier = Object.fromEntries(labIds.map((id) => [id, `/elsewhere/${labFolders[id]}`])) as typeof from;
  const folders = implementationOn("lab-3", from, earlier);
  expect(labIds.map((id) => (folders[id] === earlier[id] ? "earlier" : folders[id] === from[id] ? "own" : "?"))).toEqual([
    "earlier",
    "earlier",
    "own",
    "own",
    "own",
  ]);
});

it("running a lab gives its results, and its type errors beside them", async () => {
  const lab = labWith({ "message.ts": "export const wrong: string = 1;\n" });
  const result = await runLab({ checks: lab1 as never, ids: [checksumCheck], implementation: lab, seed: defaultSeed });
  expect(result).toMatchObject({ lab: "lab-1", title: "codec", handout: "docs/lab-1-codec.md", folder: lab["lab-1"], seed: defaultSeed });
  expect(result.checks.map(({ id, status }) => [id, status])).toEqual([[checksumCheck, "passed"]]);
  expect(result.typeFaults).toMatchObject([{ file: `${lab["lab-1"]}/message.ts`, line: 1, column: 14 }]);
});
