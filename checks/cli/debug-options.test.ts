import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { defaultSeed } from "#checks/harness/seed.ts";
import { readDebugOptions } from "./debug-options.ts";

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith("npm_config_")) vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

describe("the options of debug", () => {
  it("have defaults", () => {
    expect(readDebugOptions(["decode-glued"])).toEqual({
      name: "decode-glued",
      from: "labs",
      integrated: false,
      seed: defaultSeed,
      color: true,
    });
  });

  it("are read, also where npm kept them", () => {
    vi.stubEnv("npm_config_integrated", "true");
    const words = "lab-4.upload --from reference --seed 7 --no-color";
    expect(readDebugOptions(words.split(" "))).toEqual({
      name: "lab-4.upload",
      from: "reference",
      integrated: true,
      seed: 7,
      color: false,
    });
    expect(readDebugOptions(["--help"])).toBe("help");
  });

  it.each([
    [[], "Name the check that you want to debug"],
    [["a", "b"], "One name at a time"],
    [["a", "--seed", "x"], "--seed x"],
  ])("%j is wrong usage", (words, sentence) => {
    expect(() => readDebugOptions(words)).toThrow(UsageError);
    expect(() => readDebugOptions(words)).toThrow(sentence);
  });
});
