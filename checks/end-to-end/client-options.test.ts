import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { clientHelp, readClientOptions } from "#server/client-options.ts";
import { UsageError } from "#server/usage-error.ts";

const server = ["--server", "[::1]:5678"];
const read = (...words: readonly string[]) => readClientOptions([...server, ...words], {});

/** The sentence for wrong usage. */
function complaint(...words: readonly string[]): string {
  try {
    readClientOptions(words, {});
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  return "no complaint";
}

describe("the client's options", () => {
  it("have defaults", () => {
    expect(read("--link", "tun")).toEqual({
      server: "[::1]:5678",
      link: "tun",
      tunName: "4over6-client",
      mtu: 1500,
      routes: "granted",
      dns: "apply",
      ping: undefined,
      pcap: undefined,
      timeout: 5000,
      logLevel: "info",
    });
    expect(read("--link", "memory")).toMatchObject({ link: "memory", dns: "show" });
  });

  it("are what the user says", async () => {
    const folder = await temporaryFolder();
    const words = `--link=tun --tun-name c1 --mtu 1400 --dns none --timeout 9 --log-level debug --pcap ${folder}/a.pcap --from labs`;
    expect(read(...words.split(" "))).toMatchObject({
      tunName: "c1",
      mtu: 1400,
      dns: "none",
      timeout: 9000,
      logLevel: "debug",
      pcap: `${folder}/a.pcap`,
    });
    expect(read("--link", "memory", "--ping", "198.51.100.2", "--count", "7")).toMatchObject({
      ping: { address: "198.51.100.2", count: 7 },
      logLevel: "warn",
    });
    expect(readClientOptions(["--help"], {})).toBe("help");
  });

  it.each([
    ["default", "granted"],
    ["none", []],
    ["10.0.0.0/8", ["10.0.0.0/8"]],
    ["10.1.2.3/8, 192.0.2.7/32", ["10.0.0.0/8", "192.0.2.7/32"]],
  ])("--route %s", (text, routes) => {
    expect(read("--route", text)).toMatchObject({ routes });
  });

  it.each([
    [[], "where the server is"],
    [["--server", "127.0.0.1:5678"], "the tunnel runs over IPv6"],
    [[...server, "--route", "everything"], '"everything" is not a network'],
    [[...server, "--route", "10.0.0.0/33"], "is not a network"],
    [[...server, "--mtu", "4097"], "from 68 to 4096"],
    [[...server, "--mtu", "many"], "whole number"],
    [[...server, "--dns", "maybe"], "apply, show, none"],
    [[...server, "--timeout", "0"], "from 1 to 3600"],
    [[...server, "--link", "tun", "--ping", "198.51.100.2"], "--ping is for --link memory"],
    [[...server, "--link", "memory", "--ping", "somebody"], "not an IPv4 address"],
    [[...server, "--link", "memory", "--count", "3"], "--count needs --ping"],
    [[...server, "--tun-name", "a name"], "cannot name a device"],
    [[...server, "--sever", "x"], "--server"],
    [[...server, "--pcap", "/nowhere/at/all.pcap"], "no folder"],
  ])("%j: the sentence says what is wrong", (words, sentence) => {
    expect(complaint(...words)).toContain(sentence);
  });

  it("are all in the help, within 120 columns", () => {
    for (const name of ["server", "link", "tun-name", "mtu", "route", "dns", "ping", "count", "pcap", "timeout", "log-level", "from"])
      expect(clientHelp).toContain(`--${name} `);
    expect(clientHelp.split("\n").filter((line) => line.length > 140)).toEqual([]);
  });
});
