import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { FailureReport } from "../check-result.ts";
import { labResult, result } from "../report/example-results.ts";
import { parsePcapng } from "./parse-pcapng.ts";
import { saveCaptures } from "./save-captures.ts";

const packet = { link: "raw-ip", direction: "to-lab", bytes: Uint8Array.of(0x45) } as const;
const failure: FailureReport = { story: [{ at: 0, verb: "parse", words: "", packet }], at: undefined, headline: "wrong", detail: [] };
const told = result("told", "failed", { failure });
const untold = result("untold", "failed", { failure });
const wordsOnly = result("words", "failed", { failure: { ...failure, story: [] } });
const lab = labResult([told, untold, wordsOnly, result("fine", "passed")]);

function project(): { readonly folder: string; readonly captures: () => readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), "kit-captures-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, captures: () => readdirSync(join(folder, "checks", "out")).toSorted() };
}

it("saves a capture for each failing check that is told, and says where", () => {
  const { folder, captures } = project();
  const saved = saveCaptures(lab, [told, wordsOnly], folder);
  expect(captures()).toEqual(["lab-1.told.pcapng"]);
  expect(saved.checks.map(({ failure: found }) => found?.capture)).toEqual([
    { file: "checks/out/lab-1.told.pcapng", frame: 1 },
    undefined,
    undefined,
    undefined,
  ]);
  expect({ ...saved, checks: [] }).toEqual({ ...lab, checks: [] });
  expect(parsePcapng(readFileSync(join(folder, "checks", "out", "lab-1.told.pcapng")), "x").packets.length).toBe(1);
});

it("forgets what the same lab left before, and nothing else", () => {
  const { folder, captures } = project();
  const out = join(folder, "checks", "out");
  mkdirSync(out, { recursive: true });
  for (const name of ["lab-1.old.pcapng", "lab-2.other.pcapng", "lab-1.notes.txt"]) writeFileSync(join(out, name), "");
  saveCaptures(labResult([]), [], folder);
  expect(captures()).toEqual(["lab-1.notes.txt", "lab-2.other.pcapng"]);
});

it("does without where nothing can be written", () => {
  const { folder } = project();
  writeFileSync(join(folder, "checks"), "no folder");
  expect(saveCaptures(lab, [told], folder)).toEqual(lab);
});
