import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { readShowOptions } from "./show-options.ts";

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith("npm_config_")) vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

describe("the options of show", () => {
  it("have defaults", () => {
    expect(readShowOptions(["x.pcap"])).toEqual({ file: "x.pcap", only: [], hex: false, limit: 200, color: true, help: false });
  });

  it("are read", () => {
    expect(readShowOptions("x.pcap --only ARP --only 10.0.0.9 --hex --limit 7 --no-color -h".split(" "))).toEqual({
      file: "x.pcap",
      only: ["arp", "10.0.0.9"],
      hex: true,
      limit: 7,
      color: false,
      help: true,
    });
  });

  it("are understood where npm kept them", () => {
    vi.stubEnv("npm_config_hex", "true");
    vi.stubEnv("npm_config_only", "true");
    expect(() => readShowOptions(["x.pcap", "arp"])).toThrow(/^npm keeps --only to itself/);
    vi.stubEnv("npm_config_only", undefined);
    expect(readShowOptions(["x.pcap"]).hex).toBe(true);
  });

  it("need one file, unless it is for help", () => {
    expect(() => readShowOptions([])).toThrow(/^Name a capture to show\./);
    expect(() => readShowOptions(["a.pcap", "b.pcap"])).toThrow("One file at a time: a.pcap, or b.pcap.");
    expect(readShowOptions(["--help"]).help).toBe(true);
  });

  it.each(["0", "-1", "1.5", "x", "", "99999999999999999999"])("refuse the limit %j", (limit) => {
    expect(() => readShowOptions(["x.pcap", `--limit=${limit}`])).toThrow(UsageError);
  });
});
