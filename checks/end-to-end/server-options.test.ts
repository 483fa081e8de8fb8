import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { userFolder } from "#launch/root.mjs";
import { readServerOptions } from "#server/server-options.ts";

/** What is not under test here: npm's environment. */
const read = (...words: readonly string[]) => readServerOptions(words, {});

describe("the server's options", () => {
  it("have defaults", () => {
    expect(read()).toEqual({
      listen: "[::]:5678",
      pool: { cidr: "13.8.0.0/24", prefixLength: 24, serverAddress: "13.8.0.1" },
      link: process.platform === "linux" ? "tun" : "memory",
      tunName: "4over6",
      linkNetwork: { cidr: "10.4.6.0/30", prefixLength: 30, kernelAddress: "10.4.6.1", interfaceAddress: "10.4.6.2" },
      mtu: 1500,
      dns: "auto",
      nat: "auto",
      pcap: undefined,
      maxClients: 1024,
      logLevel: "info",
    });
  });

  it("are read in both spellings, the last one counts", () => {
    const words = ["--listen", "[::1]:1", "--listen=[::1]:2", "--pool", "10.64.0.0/10", "--link", "memory", "--tun-name=vpn-0"];
    const more = [
      "--mtu",
      "68",
      "--dns",
      "9.9.9.9, 1.1.1.1",
      "--nat=none",
      "--pcap",
      "x.pcap",
      "--max-clients",
      "1",
      "--link-network=10.9.8.0/24",
      "--log-level",
      "warn",
    ];
    expect(read(...words, ...more, "--from", "labs")).toEqual({
      listen: "[::1]:2",
      pool: { cidr: "10.64.0.0/10", prefixLength: 10, serverAddress: "10.64.0.1" },
      link: "memory",
      tunName: "vpn-0",
      linkNetwork: { cidr: "10.9.8.0/24", prefixLength: 24, kernelAddress: "10.9.8.1", interfaceAddress: "10.9.8.2" },
      mtu: 68,
      dns: ["9.9.9.9", "1.1.1.1", "9.9.9.9"],
      nat: "none",
      pcap: join(userFolder, "x.pcap"),
      maxClients: 1,
      logLevel: "warn",
    });
  });

  it("can all be boundary values", () => {
    expect(read("--mtu", "4096", "--pool", "255.255.255.252/30", "--max-clients", "65536")).toMatchObject({
      mtu: 4096,
      pool: { serverAddress: "255.255.255.253" },
      maxClients: 65_536,
    });
  });

  it("ask for help in two ways, whatever else is there", () => {
    expect(read("--help")).toBe("help");
    expect(read("-h", "--mtu", "1")).toBe("help");
  });

  it("come from a file as well, in texts, numbers and lists; the command line wins", async () => {
    const file = join(await temporaryFolder(), "server.json");
    await writeFile(
      file,
      JSON.stringify({ listen: "[::1]:0", mtu: 1280, dns: ["9.9.9.9", "1.1.1.1"], "tun-name": "vpn", "max-clients": "7" }),
    );
    expect(read("--config", file, "--mtu", "1400")).toMatchObject({
      listen: "[::1]:0",
      mtu: 1400,
      dns: ["9.9.9.9", "1.1.1.1", "9.9.9.9"],
      tunName: "vpn",
      maxClients: 7,
      logLevel: "info",
    });
  });

  it("name the file where a value in it is wrong", async () => {
    const file = join(await temporaryFolder(), "server.json");
    await writeFile(file, '{"pool": "13.8.0.0/31"}');
    expect(() => read("--config", file)).toThrow(`pool in ${file}: 13.8.0.0/31 is too small`);
    expect(read("--config", file, "--pool", "10.0.0.0/8")).toMatchObject({ pool: { cidr: "10.0.0.0/8" } });
  });

  it("that npm keeps are only looked for when npm runs the server", () => {
    const kept = { npm_config_mtu: "1400" };
    expect(readServerOptions([], { ...kept, npm_lifecycle_event: "demo" })).toMatchObject({ mtu: 1500 });
    expect(() => readServerOptions([], { ...kept, npm_lifecycle_event: "server" })).toThrow("npm kept --mtu to itself");
    expect(readServerOptions([], { npm_config_from: "labs", npm_lifecycle_event: "server" })).toMatchObject({ mtu: 1500 });
  });
});
