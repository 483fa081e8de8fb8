import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readServerBenchOptions } from "./options.ts";

it("runs three rounds of three seconds when nothing is given", () => {
  expect(readServerBenchOptions([])).toEqual({ rounds: 3, seconds: 3, json: undefined, from: undefined });
});

it("reads every option", () => {
  const json = join(tmpdir(), "figures.json");
  const words = ["--rounds", "5", "--seconds=2", "--json", json, "--from", "labs"];
  expect(readServerBenchOptions(words)).toEqual({ rounds: 5, seconds: 2, json, from: "labs" });
  expect(readServerBenchOptions(["--help"])).toBe("help");
});

it("keeps what is given beside --quick", () => {
  expect(readServerBenchOptions(["--quick"])).toMatchObject({ rounds: 3, seconds: 1 });
  expect(readServerBenchOptions(["--quick", "--seconds", "2"])).toMatchObject({ seconds: 2 });
});

it.each([
  [["--rounds", "0"], "--rounds 0: give a whole number from 1 to 50."],
  [["--seconds", "1.5"], "--seconds 1.5: give a whole number from 1 to 60."],
  [["--json", "/no/such/folder/x.json"], "--json /no/such/folder/x.json: there is no folder /no/such/folder; make it first."],
])("refuses %j", (words, sentence) => {
  expect(() => readServerBenchOptions(words)).toThrow(sentence);
});
