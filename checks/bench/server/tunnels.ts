import { join } from "node:path";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { root } from "#launch/root.mjs";
import { type Child, ChildEnded, run, start } from "./child.ts";
import type { Programs } from "./programs.ts";
import type { TwoHosts } from "./two-hosts.ts";

/** The kit's server, and the classic C server beside it. */
export type ServerName = "ours" | "classic";

/** A server with one client, whose packets it carries. */
export type Tunnel = {
  readonly name: ServerName;
  /** The server's process. */
  readonly pid: number;
  /** The TCP port of the server. */
  readonly port: number;
  /** The server's own IPv4 address, at one end of the tunnel, and the client's, at the other. */
  readonly serverAddress: string;
  readonly clientAddress: string;
  /** Behind the server, where packets are thrown away unseen: what is measured is the forwarding alone. */
  readonly nowhere: string;
  /** The TUN devices. */
  readonly serverDevice: string;
  readonly clientDevice: string;
  /** Resolves, with the reason, when the server or the client has ended. */
  readonly ended: Promise<ChildEnded>;
};

const plans = {
  ours: { port: 5678, network: "13.8.0", nowhere: "198.51.100", serverDevice: "ours", clientDevice: "to-ours" },
  classic: { port: 5679, network: "13.9.0", nowhere: "203.0.113", serverDevice: "classic", clientDevice: "to-classic" },
} as const satisfies Record<ServerName, unknown>;

/** Enough addresses for a thousand clients. */
const prefixLength = 20;

export const mtu = 1400;

/** A queue that holds all that iperf3 has in flight: losses on the client's side would be measured as the server's. In packets. */
const clientQueue = 20_000;

/** The command that runs a program of the kit. */
function kitProgram(path: string, options: Readonly<Record<string, string | undefined>>): readonly string[] {
  const words = Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  return [process.execPath, join(root, "labs/launch/run.mjs"), "--prefer-reference", join(root, path), ...words];
}

const logged = (message: string) => (line: string) => line.includes(`"msg":"${message}"`);

/** Starts the kit's server. `from`: whose labs. Rejects with a `UsageError`, which says what the server said, when it does not run. */
export async function startOurServer(from: string | undefined): Promise<Child> {
  const { port, network, serverDevice } = plans.ours;
  const server = start(
    kitProgram("labs/server/server.ts", {
      from,
      listen: `[::]:${port}`,
      pool: `${network}.0/${prefixLength}`,
      "tun-name": serverDevice,
      mtu: `${mtu}`,
      nat: "none",
      dns: "192.0.2.53",
    }),
  );
  await server.line(logged("listening")).catch((error: unknown) => {
    throw error instanceof ChildEnded ? new UsageError(`The server does not run: ${error.complaints}`) : error;
  });
  return server;
}

export async function startClassicServer({ classicServer }: Programs): Promise<Child> {
  const { port, network, serverDevice } = plans.classic;
  const server = start([classicServer, `${port}`, serverDevice, `${network}.0`]);
  await server.line((line) => line === "listening");
  await run("ip", "address", "add", `${network}.1/${prefixLength}`, "dev", serverDevice);
  await run("ip", "link", "set", serverDevice, "mtu", `${mtu}`, "up");
  return server;
}

/** Connects a client to a server: the C client, or the kit's own where there are no C programs. */
export async function connectTunnel(name: ServerName, server: Child, hosts: TwoHosts, programs: Programs | undefined): Promise<Tunnel> {
  const { port, network, nowhere, ...devices } = plans[name];
  const { clientDevice } = devices;
  const onClientHost = (...command: readonly string[]) => run(...hosts.onClientHost, ...command);
  const client = start([...hosts.onClientHost, ...clientCommand(name, hosts.serverAddress, programs)]);
  if (programs === undefined) await client.line(logged("ready"));
  else {
    const address = await client.line(() => true);
    await onClientHost("ip", "address", "add", `${address}/${prefixLength}`, "dev", clientDevice);
    await onClientHost("ip", "link", "set", clientDevice, "mtu", `${mtu}`, "up");
  }
  await onClientHost("ip", "link", "set", clientDevice, "txqueuelen", `${clientQueue}`);
  await onClientHost("ip", "route", "add", `${nowhere}.0/24`, "dev", clientDevice);
  await run("ip", "route", "add", "blackhole", `${nowhere}.0/24`);
  return {
    name,
    pid: server.pid,
    port,
    serverAddress: `${network}.1`,
    clientAddress: `${network}.2`,
    nowhere: `${nowhere}.1`,
    ...devices,
    ended: Promise.race([server.ended, client.ended]),
  };
}

function clientCommand(name: ServerName, serverAddress: string, programs: Programs | undefined): readonly string[] {
  const { port, network, clientDevice } = plans[name];
  if (programs !== undefined) return [programs.tunnelClient, serverAddress, `${port}`, clientDevice];
  return kitProgram("labs/server/client.ts", {
    server: `[${serverAddress}]:${port}`,
    "tun-name": clientDevice,
    mtu: `${mtu}`,
    route: `${network}.0/${prefixLength}`,
    dns: "none",
  });
}
