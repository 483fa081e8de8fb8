import { join } from "node:path";
import { expect, it } from "vitest";
import { labResult, result } from "#checks/harness/report/example-results.ts";
import { temporaryFolder } from "#checks/skeleton/temporary-folder.ts";
import { historyFile, readHistories } from "./history.ts";
import { keptInputsFile, readKeptInputs } from "./kept-inputs.ts";
import { remember } from "./remember.ts";

function newFiles() {
  const folder = temporaryFolder();
  return {
    inputs: { ...keptInputsFile, path: join(folder, "inputs.json") },
    history: { ...historyFile, path: join(folder, "history.json") },
  };
}

const found = { seed: 1, paths: ["0"], print: 1 };
const lab = labResult([result("a", "failed", { input: { found } })]);

it("remembers inputs and history of whole labs", () => {
  const files = newFiles();
  const { results } = remember([{ result: lab, owner: "me" }], { whole: true, now: 5 }, files);
  expect(results[0]?.checks[0]?.kept).toEqual({ since: 5, isNew: true });
  expect(results[0]?.change?.lab).toBe("lab-1");
  expect(readKeptInputs("me", files.inputs)).toEqual({ "lab-1.a": found });
  expect(readHistories(files.history).histories.length).toBe(1);
});

it("remembers the inputs of single checks, but no history", () => {
  const files = newFiles();
  const { results } = remember([{ result: lab, owner: "me" }], { whole: false, now: 5 }, files);
  expect(results[0]?.change).toBeUndefined();
  expect(readKeptInputs("me", files.inputs)).toEqual({ "lab-1.a": found });
  expect(readHistories(files.history)).toEqual({ histories: [], damaged: false });
});

it("remembers nothing of code that is nobody's", () => {
  const files = newFiles();
  expect(remember([{ result: lab, owner: undefined }], { whole: true, now: 5 }, files).results).toEqual([lab]);
  expect(readHistories(files.history).histories).toEqual([]);
});
