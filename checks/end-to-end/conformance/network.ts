import { execFileSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { writeFileSync } from "node:fs";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import type { Endpoint } from "#devices/endpoint.ts";
import { attachInternet, internetLink } from "./internet-host.ts";
import type { LanePlace } from "./lane.ts";
import type { Kernel, KernelDevice } from "./site.ts";

/** What `ip -json address` tells, as far as it is needed. */
type Interface = {
  readonly ifname: string;
  readonly mtu: number;
  readonly addr_info: readonly { readonly family: string; readonly local: string }[];
};

/**
 * Makes the network in which this process was started ready for a server: the loopback is up and has the address on which the server will
 * listen, packets are forwarded, and behind it is a host that stands for the internet.
 *
 * Server and clients share this network. What a client sends goes through the server into the TUN device and comes out of this kernel.
 */
export async function createNetwork(listen: Endpoint): Promise<LanePlace> {
  ip("link", "set", "lo", "up");
  const host = listen.host === "::" ? "::1" : listen.host;
  if (host !== "::1") ip("-6", "address", "add", `${host}/128`, "dev", "lo", "nodad");
  const whyNotRouted = trySetting("net/ipv4/ip_forward", "1");
  // A packet from one client to another leaves by the device through which it came, and the kernel would recommend a shorter way.
  for (const each of ["all", "default"]) trySetting(`net/ipv4/conf/${each}/send_redirects`, "0");
  // And one with a forged source address must not be dropped by the kernel, which would hide what the server does.
  for (const each of ["all", "default"]) trySetting(`net/ipv4/conf/${each}/rp_filter`, "0");

  const kernel: Kernel = { sendUdp: createUdpSender(), deviceFor, ip, internet: await attachInternet(ip) };
  const targets = new Map<string, string>();
  const pingTarget = (lent: string): string => {
    const network = lent.split(".").slice(0, 3).join(".");
    const target = targets.get(network) ?? deviceFor(lent).address;
    targets.set(network, target);
    return target;
  };
  return { address: { host, port: listen.port }, site: { pingTarget, kernel, whyNoKernel: "", whyNotRouted } };
}

function ip(...words: readonly string[]): void {
  execFileSync("ip", words, { stdio: ["ignore", "ignore", "pipe"] });
}

/** Why the kernel's setting cannot be changed: in some containers it cannot. */
function trySetting(name: string, value: string): string | undefined {
  try {
    writeFileSync(`/proc/sys/${name}`, value);
    return undefined;
  } catch (error) {
    return `the suite may not set ${name.replaceAll("/", ".")} here: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The interface whose address resembles the lent one most: a server may have several. */
function deviceFor(lent: string): KernelDevice {
  const interfaces = JSON.parse(execFileSync("ip", ["-json", "address"], { encoding: "utf8" })) as Interface[];
  const devices = interfaces
    .filter(({ ifname }) => ifname !== "lo" && ifname !== internetLink)
    .flatMap(({ ifname, mtu, addr_info }) =>
      addr_info.filter(({ family }) => family === "inet").map(({ local }) => ({ name: ifname, mtu, address: local })),
    )
    .toSorted((a, b) => sharedPrefix(b.address, lent) - sharedPrefix(a.address, lent));
  const [device] = devices;
  if (device === undefined)
    throw new CheckFailure(`the server has lent ${lent}, and no network device but the loopback has an IPv4 address`, [
      {
        kind: "note",
        text: "The suite's network is empty at first. The server, or the command that starts it, makes the TUN device and gives it its address.",
      },
    ]);
  return device;
}

function sharedPrefix(a: string, b: string): number {
  const difference = a.split("").findIndex((char, index) => char !== b[index]);
  return difference < 0 ? a.length : difference;
}

function createUdpSender(): Kernel["sendUdp"] {
  const socket = createSocket("udp4");
  socket.unref();
  return async (to, port, payloads) => {
    const sendOne = (payload: Uint8Array) =>
      new Promise<void>((resolve) => {
        // A datagram that the kernel refuses is lost, as any may be. Who waits for it will say so.
        socket.send(payload, port, to, () => resolve());
      });
    await Promise.all(payloads.map(sendOne));
  };
}
