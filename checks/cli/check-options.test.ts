import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { defaultSeed } from "#checks/harness/seed.ts";
import { readCheckOptions } from "./check-options.ts";

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith("npm_config_")) vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

describe("the options of check", () => {
  it("have defaults", () => {
    expect(readCheckOptions([])).toEqual({
      labs: [],
      only: [],
      watch: false,
      ui: false,
      from: "labs",
      integrated: false,
      all: false,
      trace: false,
      json: undefined,
      seed: defaultSeed,
      color: true,
      help: false,
      version: false,
      keptByNpm: [],
    });
  });

  it("put a bug into the solved labs, and into no others", () => {
    expect(readCheckOptions(["--misconception", "storm", "--only", "a"])).toMatchObject({ misconception: "storm", only: ["a"] });
    for (const other of [["--from", "labs"], ["--watch"], ["--ui"], ["--integrated"]])
      expect(() => readCheckOptions(["--misconception", "storm", ...other])).toThrow(`leave out ${other[0]}.`);
  });

  it("takes several names with commas between them, as well as one by one", () => {
    expect(readCheckOptions(["lab-1", "--only", "a,b, c", "--only", "d"]).only).toEqual(["a", "b", "c", "d"]);
  });

  it("are read", () => {
    const words = "lab-1 --only a --only b -w --ui --from reference --integrated --all --trace --json out.json --seed 7 --no-color -h";
    expect(readCheckOptions(words.split(" "))).toMatchObject({
      labs: ["lab-1"],
      only: ["a", "b"],
      watch: true,
      ui: true,
      from: "reference",
      integrated: true,
      all: true,
      trace: true,
      json: "out.json",
      seed: 7,
      color: false,
      help: true,
    });
  });

  it("are understood where npm kept them", () => {
    vi.stubEnv("npm_config_watch", "true");
    vi.stubEnv("npm_config_seed", "9");
    vi.stubEnv("npm_config_color", "");
    expect(readCheckOptions(["lab-1"])).toMatchObject({
      labs: ["lab-1"],
      watch: true,
      seed: 9,
      color: false,
      keptByNpm: ["--watch", "--seed", "9"],
    });
  });

  it("are asked for again where npm lost their value", () => {
    vi.stubEnv("npm_config_json", "true");
    expect(() => readCheckOptions(["lab-1", "out.json"])).toThrow(/^npm keeps --json to itself/);
  });

  it.each(["-1", "1.5", "x", "", "2147483648", "1e3"])("refuse the seed %j", (seed) => {
    expect(() => readCheckOptions([`--seed=${seed}`])).toThrow(UsageError);
    expect(() => readCheckOptions([`--seed=${seed}`])).toThrow("give a whole number from 0 to 2147483647, or random.");
  });

  it("take a seed at random when asked to", () => {
    const { seed } = readCheckOptions(["--seed", "random"]);
    expect(Number.isInteger(seed) && seed >= 0 && seed <= 0x7fff_ffff).toBe(true);
  });

  it("refuse a flag that is none", () => {
    expect(() => readCheckOptions(["--wach"])).toThrow(/Unknown option '--wach'/);
  });
});
