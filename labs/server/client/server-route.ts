import { readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import type { Ipv4Address } from "#contract/vocabulary.ts";
import { maskOf, parseIpv4Network } from "#devices/ipv4-network.ts";
import { ipv4FromNumber, ipv4ToNumber, isIpv4 } from "#kit/addresses.ts";

/** The way to an address: its device, and the gateway if there is one. */
export type Way = {
  readonly device: string;
  readonly via: Ipv4Address | undefined;
  /** The route is for this very address: none is more exact. */
  readonly isOwn: boolean;
};

const up = 0x1;
const rejecting = 0x200;

/**
 * The server's IPv4 address when the connection really runs over IPv4, by an IPv4-mapped address (RFC 4291 section 2.5.5.2):
 * `[::ffff:192.0.2.1]:5678`. Such a connection could be routed into the tunnel that it carries.
 */
export function mappedIpv4(remoteAddress: string): Ipv4Address | undefined {
  const text = /^\[::ffff:([\d.]+)\]/i.exec(remoteAddress)?.[1] ?? "";
  return isIpv4(text) ? text : undefined;
}

/** Whether a route to these networks would catch packets for the address. Addresses of the host itself are never routed. */
export function isCaught(address: Ipv4Address, networks: readonly string[]): boolean {
  const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  if (address.startsWith("127.") || own.some((each) => each.address === address)) return false;
  return networks.some((text) => {
    const { address: network, prefixLength } = parseIpv4Network(text);
    return masked(address, prefixLength) === masked(network, prefixLength);
  });
}

/**
 * The way that packets for the address take now, by the kernel's routing table; `undefined` when there is none.
 *
 * @param table /proc/net/route: numbers in hexadecimal, addresses in the host's byte order, which is little-endian
 */
export function wayTo(address: Ipv4Address, table = readFileSync("/proc/net/route", "utf8")): Way | undefined {
  const routes = table
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [device = "", destination = "", gateway = "", flags = "", , , metric = "", mask = ""] = line.split(/\s+/);
      return {
        device,
        destination: fromHost(destination),
        gateway: fromHost(gateway),
        flags: Number.parseInt(flags, 16),
        metric: Number(metric),
        mask: fromHost(mask),
      };
    })
    .filter(({ flags }) => (flags & up) !== 0 && (flags & rejecting) === 0)
    .filter(({ destination, mask }) => (ipv4ToNumber(address) & mask) >>> 0 === destination)
    .toSorted((a, b) => b.mask - a.mask || a.metric - b.metric);
  const [best] = routes;
  if (best === undefined) return undefined;
  const { device, gateway, mask } = best;
  return { device, via: gateway === 0 ? undefined : ipv4FromNumber(gateway), isOwn: mask === 0xffff_ffff };
}

function fromHost(hex: string): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, Number.parseInt(hex, 16), true);
  return view.getUint32(0);
}

function masked(address: Ipv4Address, prefixLength: number): number {
  return (ipv4ToNumber(address) & ipv4ToNumber(maskOf(prefixLength))) >>> 0;
}
