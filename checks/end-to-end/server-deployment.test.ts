import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { canRunTheKit, works } from "#checks/devices/ordinary-user.ts";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { readServerOptions, type ServerOptions } from "#server/server-options.ts";
import { serverEnding, startServer } from "./server-process.ts";

const read = (name: string) => readFileSync(join(root, "docs/examples", name), "utf8");

/** The settings of a unit file, without its sections: a name may stand in several lines. */
function settingsOf(unit: string): ReadonlyMap<string, string> {
  const lines = unit.split("\n").filter((line) => line !== "" && !/^[#[]/.test(line));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

/** The instructions of a Containerfile; none of them is longer than a line. */
function instructionsOf(containerfile: string): readonly { readonly name: string; readonly rest: string }[] {
  const lines = containerfile.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return lines.map((line) => ({ name: line.slice(0, line.indexOf(" ")), rest: line.slice(line.indexOf(" ") + 1) }));
}

/** What is said behind the server's program. */
function optionsIn(command: readonly string[]): ServerOptions {
  const program = command.indexOf("labs/server/server.ts");
  expect(program).toBeGreaterThan(0);
  for (const path of command.filter((word) => word.startsWith("labs/"))) expect(existsSync(join(root, path)), path).toBe(true);
  return readServerOptions(command.slice(program + 1), {}) as ServerOptions;
}

describe("the service of systemd", () => {
  const unit = read("4over6-server.service");
  const settings = settingsOf(unit);

  it("starts the server with options that it has, and with descriptors for all clients", () => {
    const { metrics, maxClients } = optionsIn((settings.get("ExecStart") ?? "").split(" "));
    expect(metrics).toBe("[::1]:9464");
    expect(Number(settings.get("LimitNOFILE"))).toBeGreaterThan(maxClients + 100);
  });

  it("gives it one right, and leaves it what it needs", () => {
    expect(settings.get("User")).not.toBe("root");
    expect([settings.get("AmbientCapabilities"), settings.get("CapabilityBoundingSet")]).toEqual(["CAP_NET_ADMIN", "CAP_NET_ADMIN"]);
    expect(settings.get("RestrictAddressFamilies")?.split(" ").toSorted()).toEqual(["AF_INET", "AF_INET6", "AF_NETLINK", "AF_UNIX"]);
    for (const harmful of ["ProtectKernelTunables", "MemoryDenyWriteExecute", "PrivateDevices", "PrivateNetwork", "PrivateUsers"])
      expect(settings.has(harmful), harmful).toBe(false);
  });

  it("is right in the eyes of systemd", async ({ skip }) => {
    const program = "systemd-analyze";
    if (!works([program, "--version"])) skip("the program systemd-analyze is missing");
    const file = join(await temporaryFolder(), "4over6-server.service");
    writeFileSync(file, unit.replaceAll("/usr/bin/node", process.execPath));
    const { status, stdout, stderr } = spawnSync(program, ["verify", "--man=no", file], { encoding: "utf8" });
    // Where systemd does not run it has more to say, of other units.
    const complaints = `${stdout}${stderr}`.split("\n").filter((line) => line.includes("4over6-server"));
    expect({ status, complaints }).toEqual({ status: 0, complaints: [] });
  });
});

describe("the container file", () => {
  const instructions = instructionsOf(read("Containerfile"));
  const all = (name: string) => instructions.filter((each) => each.name === name).map(({ rest }) => rest);

  it("copies what is there", () => {
    for (const sources of all("COPY").map((rest) => rest.split(" ").slice(0, -1)))
      for (const source of sources) if (source !== "reference" || hasReference) expect(existsSync(join(root, source)), source).toBe(true);
    expect(all("WORKDIR")).toEqual([settingsOf(read("4over6-server.service")).get("WorkingDirectory")]);
  });

  const entrypoint = JSON.parse(all("ENTRYPOINT")[0] ?? "[]") as string[];

  it("begins a server with the options that it has", () => {
    expect(optionsIn(entrypoint)).toMatchObject({ listen: "[::]:5678" });
    const allowed = entrypoint.filter((word) => word.includes("caps=") || word.includes("set="));
    expect(allowed.map((word) => word.split("=")[1])).toEqual(["-all,+net_admin", "-all,+net_admin", "-all,+net_admin"]);
  });

  it.skipIf(!hasReference)("makes a server that needs no other right than CAP_NET_ADMIN, and cleans up with it", async ({ skip }) => {
    const nobody = entrypoint.slice(0, entrypoint.indexOf("node")).map((word) => word.replace(/=node$/, "=65534"));
    const ownNetwork = ["unshare", "--net", "--mount", "sh", "-c", 'ip link set lo up && mount -t tmpfs none /run && exec "$@"', "sh"];
    if (process.getuid?.() !== 0) skip("only root can give a right to another user");
    if (!works([...ownNetwork, ...nobody, ...canRunTheKit]))
      skip("this computer has no ip or setpriv, no namespaces, or others may not read the kit");
    if (!works([...ownNetwork, ...nobody, "sh", "-c", ": <>/dev/net/tun"]))
      skip("this computer has no /dev/net/tun that everybody may open");
    // The bundle is made by one who may.
    await serverEnding(["--help"]);

    const prepare = ["sh", "-c", 'install -d -o 65534 -g 65534 -m 700 /run/4over6-lab-kit && exec "$@"', "sh"];
    const server = startServer(["--listen", "[::1]:0"], { within: [...ownNetwork, ...prepare, ...nobody] });
    await server.next("listening");
    expect(server.lines().find(({ msg }) => msg === "forwarding")).toMatchObject({ level: "info" });
    const within = ["nsenter", "--net", "--mount", "--wd", "--target", String(server.process.pid)];
    const { code, stdout } = await serverEnding(["--status"], { within });
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`process ${server.process.pid}, link tun`) as string,
    });
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0, stderr: "" });
  });
});
