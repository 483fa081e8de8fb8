import { readdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { hasReference, implementationFrom, labIds } from "#launch/implementation.mjs";
import { mutateHelp, readMutateOptions } from "./mutate-options.ts";

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith("npm_config_")) vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

const read = (line: string) => readMutateOptions(line.split(" ").filter(Boolean));

describe.skipIf(!hasReference)("the options of mutate", () => {
  it("take all labs and files where none is named", () => {
    const { labs, ...others } = read("");
    expect([...labs.keys()]).toEqual(labIds);
    for (const [lab, files] of labs) expect(files).toEqual(readdirSync(implementationFrom("reference")[lab]));
    expect(others).toEqual({ json: undefined, docs: false, color: true, help: false });
  });

  it("take labs by any of their names, each once and in order", () => {
    expect([...read("3 lab-1 lab-1-codec").labs.keys()]).toEqual(["lab-1", "lab-3"]);
  });

  it("take files, with or without their folder and ending", () => {
    expect(read("lab-1 --file message --file reference/lab-1-codec/ipv4-packet.ts").labs).toEqual(
      new Map([["lab-1", ["ipv4-packet.ts", "message.ts"]]]),
    );
    expect(read("--file heartbeat.ts").labs).toEqual(new Map([["lab-3", ["heartbeat.ts"]]]));
  });

  it("refuse what is not there, and say what is near", () => {
    expect(() => read("lab-7")).toThrow(/^There is no lab lab-7\. The labs are/);
    expect(() => read("lab-3 --file hartbeat")).toThrow("--file hartbeat.ts: lab-3 has no such file. Did you mean heartbeat.ts?");
    expect(() => read("lab-3 --file message")).toThrow(UsageError);
    expect(() => read("--fiel x")).toThrow(/Unknown option/);
  });

  it("are understood where npm kept them", () => {
    vi.stubEnv("npm_config_docs", "true");
    expect(read("lab-3").docs).toBe(true);
    vi.stubEnv("npm_config_file", "true");
    expect(() => read("lab-3 heartbeat")).toThrow(/^npm keeps --file to itself/);
  });

  it("have a help that fits the terminal", () => {
    expect(read("--help --json x --no-color")).toEqual({ labs: new Map(), json: "x", docs: false, color: false, help: true });
    for (const line of mutateHelp.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });
});
