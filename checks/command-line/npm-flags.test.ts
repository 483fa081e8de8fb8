import { describe, expect, it } from "vitest";
import { flagsKeptByNpm, noColorKeptByNpm } from "./npm-flags.ts";
import { UsageError } from "./usage-error.ts";

const flags = { watch: "boolean", seed: "string", "dry-run": "boolean" } as const;

describe("flags that npm kept to itself", () => {
  it("are handed on as words", () => {
    expect(flagsKeptByNpm(flags, { npm_config_watch: "true", npm_config_seed: "7", npm_config_dry_run: "true" })).toEqual([
      "--watch",
      "--seed",
      "7",
      "--dry-run",
    ]);
  });

  it("are none when they are not given, or are off, or are another's", () => {
    expect(flagsKeptByNpm(flags, {})).toEqual([]);
    expect(flagsKeptByNpm(flags, { npm_config_watch: "", npm_config_seed: "", npm_config_other: "true" })).toEqual([]);
    expect(flagsKeptByNpm(flags, { npm_config_watch: "false" })).toEqual([]);
  });

  it("are asked for again when npm left their value among the words", () => {
    const environment = { npm_config_seed: "true", npm_lifecycle_event: "check" };
    expect(() => flagsKeptByNpm(flags, environment)).toThrow(UsageError);
    expect(() => flagsKeptByNpm(flags, environment)).toThrow(
      "npm keeps --seed to itself. Put -- in front of the options: npm run check -- --seed VALUE",
    );
  });

  it("include --no-color, which npm writes as nothing", () => {
    expect([{ npm_config_color: "" }, { npm_config_color: "false" }].map(noColorKeptByNpm)).toEqual([true, true]);
    expect([{}, { npm_config_color: "always" }, { npm_config_color: "true" }].map(noColorKeptByNpm)).toEqual([false, false, false]);
  });
});
