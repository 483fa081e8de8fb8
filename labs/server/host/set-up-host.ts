import { networkInterfaces } from "node:os";
import { maskOf, parseIpv4Network } from "#devices/ipv4-network.ts";
import { ipv4ToNumber, isIpv4 } from "#kit/addresses.ts";
import type { Log } from "../log.ts";
import type { RealLink } from "../open-link.ts";
import type { LinkNetwork, PoolNetwork } from "../option-values.ts";
import { setUpForwarding } from "./forwarding.ts";
import type { HostChange } from "./host-change.ts";
import type { Journal } from "./journal.ts";
import { type NatOptions, setUpNat } from "./nat.ts";
import { setUpDevice } from "./set-up-device.ts";
import { setUpTap } from "./set-up-tap.ts";

export type HostOptions = Pick<NatOptions, "nat"> & { readonly mtu: number; readonly pool: PoolNetwork; readonly linkNetwork: LinkNetwork };

/**
 * Makes this host the router of the clients: device, forwarding, NAT. Says in one line each what it found and did. Throws a `DeviceError` or a
 * `HostError`; what was done until then is in the journal.
 */
export function setUpHost(link: RealLink, options: HostOptions, journal: Journal<HostChange>, log: Log): void {
  const { nat, mtu, pool, linkNetwork } = options;
  const { device } = link;
  warnOfOverlap(pool.cidr, "pool", device.name, log);
  if (link.kind === "tap") {
    warnOfOverlap(linkNetwork.cidr, "link-network", device.name, log);
    const note = setUpTap(link, options, journal);
    const { kernelAddress: gateway, interfaceAddress } = linkNetwork;
    log.info({ name: device.name, address: pool.serverAddress, gateway, interface: interfaceAddress, mtu, note }, "device");
  } else {
    const ipv4 = `${pool.serverAddress}/${pool.prefixLength}`;
    const note = setUpDevice(link.device, { mtu, ipv4 }, journal);
    log.info({ name: device.name, address: ipv4, mtu, note }, "device");
  }

  const forwarding = setUpForwarding(journal);
  log.info({ note: forwarding.note }, "forwarding");
  if (forwarding.warning !== undefined) log.warn({ note: forwarding.warning }, "forwarding");

  const { by, note, warning } = setUpNat({ nat, tunName: device.name, pool: pool.cidr }, journal);
  log.info({ by, note }, "nat");
  if (warning !== undefined) log.warn({ note: warning }, "nat");
}

function warnOfOverlap(cidr: string, option: "pool" | "link-network", device: string, log: Log): void {
  const overlap = interfaceWithin(cidr, device);
  if (overlap === undefined) return;
  log.warn(
    { note: `${cidr} overlaps the network of ${overlap}; packets for one will go to the other, so choose another --${option}` },
    option,
  );
}

/** An interface, other than the device, whose network has addresses in common with this one. */
function interfaceWithin(cidr: string, device: string): string | undefined {
  const network = parseIpv4Network(cidr);
  const overlaps = (other: string | null): boolean => {
    const { address, prefixLength } = parseIpv4Network(other ?? "0.0.0.0/32");
    const mask = ipv4ToNumber(maskOf(Math.min(prefixLength, network.prefixLength)));
    return isIpv4(address) && (ipv4ToNumber(address) & mask) === (ipv4ToNumber(network.address) & mask);
  };
  return Object.entries(networkInterfaces()).find(
    ([name, addresses = []]) =>
      name.split(":")[0] !== device && addresses.some(({ family, cidr: other }) => family === "IPv4" && overlaps(other)),
  )?.[0];
}
