import { readFileSync } from "node:fs";
import type { Ipv4Address } from "#contract/vocabulary.ts";
import { maskOf, parseIpv4Network } from "#devices/ipv4-network.ts";
import { ipv4ToBytes } from "#kit/addresses.ts";
import type { LinkNetwork, PoolNetwork } from "../option-values.ts";
import type { AliasedTap } from "./aliased-tap.ts";
import type { HostChange } from "./host-change.ts";
import type { Journal } from "./journal.ts";
import { changeDevice } from "./set-up-device.ts";

export type TapSettings = { readonly mtu: number; readonly pool: PoolNetwork; readonly linkNetwork: LinkNetwork };

/** A TAP device that was there before: what it had, and the route that it has got. */
export type TapChange = Extract<HostChange, { kind: "tap" }>;

/**
 * Makes the kernel the neighbour of lab 5's interface: the TAP device gets the kernel's address on their link and the server's own address,
 * and the pool is routed through the interface. docs/protocol.md#the-server-on-ethernet
 *
 * A device that was there before gets back what it had when the server stops; what is right already is left alone.
 *
 * @returns what was done, in words
 */
export function setUpTap(tap: AliasedTap, { mtu, pool, linkNetwork }: TapSettings, journal: Journal<HostChange>): string {
  const { device, alias } = tap;
  const ipv4 = `${linkNetwork.kernelAddress}/${linkNetwork.prefixLength}`;
  const route = { to: pool.cidr, via: linkNetwork.interfaceAddress };
  const hasAddress = device.existedBefore && isLocal(pool.serverAddress);
  const isRouted = hasRoute(device.name, pool.cidr, linkNetwork.interfaceAddress);
  const isRight = device.mtu === mtu && device.ipv4 === ipv4 && device.isUp && hasAddress && isRouted;
  if (device.existedBefore && isRight) return "was there, set up as needed";
  if (device.existedBefore) {
    const before = { mtu: device.mtu, ipv4: device.ipv4 ?? null, isUp: device.isUp, alias: alias.ipv4 ?? null };
    const change: TapChange = { kind: "tap", name: device.name, ...before, route: isRouted ? null : route };
    journal.begin(change, () => restoreTap(tap, change));
  }
  // It goes up last: an address is given in two steps, and has the wrong network between them.
  changeDevice(device, { mtu, ipv4, isUp: device.isUp });
  if (!hasAddress) {
    // The kernel derives a broadcast address from a prefix below 31 only: this one is the pool's, and not that of 13.0.0.0/8.
    alias.ipv4 = `${pool.serverAddress}/${pool.prefixLength}`;
    alias.ipv4 = `${pool.serverAddress}/32`;
  }
  changeDevice(device, { mtu, ipv4, isUp: true });
  if (!isRouted) device.addRoute(route);
  return device.existedBefore ? "was there; its settings come back when the server stops" : "made; it goes when the server stops";
}

/** Throws a `DeviceError`. */
export function restoreTap({ device, alias }: AliasedTap, { mtu, ipv4, isUp, alias: second, route }: TapChange): void {
  if (route !== null) device.removeRoute(route);
  if (alias.ipv4 !== (second ?? undefined)) alias.ipv4 = second ?? undefined;
  changeDevice(device, { mtu, ipv4: ipv4 ?? undefined, isUp });
}

/**
 * Whether the kernel takes packets to this address for its own. Read from its routing table (/proc/net/fib_trie): lists of a device's
 * addresses leave out one whose link has not come up yet, and it comes up a moment after it was opened.
 */
function isLocal(address: Ipv4Address): boolean {
  const lines = readFileSync("/proc/net/fib_trie", "utf8")
    .split("\n")
    .map((line) => line.trim());
  return lines.some((line, index) => line === `|-- ${address}` && lines[index + 1] === "/32 host LOCAL");
}

/** The columns of /proc/net/route (proc_pid_net(5)). */
const column = { interface: 0, destination: 1, gateway: 2, mask: 7 } as const;

function hasRoute(name: string, cidr: string, via: Ipv4Address): boolean {
  const { address, prefixLength } = parseIpv4Network(cidr);
  const lines = readFileSync("/proc/net/route", "utf8").split("\n");
  return lines
    .map((line) => line.trim().split(/\s+/))
    .some(
      (words) =>
        words[column.interface] === name &&
        words[column.destination] === hexOf(address) &&
        words[column.gateway] === hexOf(via) &&
        words[column.mask] === hexOf(maskOf(prefixLength)),
    );
}

/** An address as the file writes it: the number that its bytes are in host order, which is little-endian. `10.4.6.2` is 0206040A. */
function hexOf(address: Ipv4Address): string {
  return Buffer.from(ipv4ToBytes(address).toReversed()).toString("hex").toUpperCase();
}
