import { describe, expect, it } from "vitest";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { labIds } from "#launch/implementation.mjs";
import { readMisconceptionsOptions } from "./misconceptions-options.ts";

describe("the options of misconceptions", () => {
  it("are all labs, compared only", () => {
    expect(readMisconceptionsOptions([], {})).toEqual({ labs: labIds, update: false, help: false });
  });

  it("are read, also those that npm kept", () => {
    expect(readMisconceptionsOptions(["lab-3", "5", "--update"], {})).toEqual({ labs: ["lab-3", "lab-5"], update: true, help: false });
    expect(readMisconceptionsOptions(["lab-3"], { npm_config_update: "true" })).toMatchObject({ update: true });
    expect(() => readMisconceptionsOptions(["lab-9"], {})).toThrow(UsageError);
  });
});
