import { networkInterfaces } from "node:os";
import { maskOf, parseIpv4Network } from "#devices/ipv4-network.ts";
import type { TunDevice } from "#devices/linux-tun.ts";
import { ipv4ToNumber, isIpv4 } from "#kit/addresses.ts";
import type { Log } from "../log.ts";
import type { PoolNetwork } from "../option-values.ts";
import { setUpForwarding } from "./forwarding.ts";
import type { HostChange } from "./host-change.ts";
import type { Journal } from "./journal.ts";
import { type NatOptions, setUpNat } from "./nat.ts";
import { setUpDevice } from "./set-up-device.ts";

export type HostOptions = Pick<NatOptions, "nat"> & { readonly mtu: number; readonly pool: PoolNetwork };

/**
 * Makes this host the router of the clients: device, forwarding, NAT. Says in one line each what it found and did. Throws a `DeviceError` or a
 * `HostError`; what was done until then is in the journal.
 */
export function setUpHost(device: TunDevice, { nat, mtu, pool }: HostOptions, journal: Journal<HostChange>, log: Log): void {
  const ipv4 = `${pool.serverAddress}/${pool.prefixLength}`;
  const overlap = interfaceWithin(pool, device.name);
  if (overlap !== undefined)
    log.warn(
      { note: `${pool.cidr} overlaps the network of ${overlap}; packets for one will go to the other, so choose another --pool` },
      "pool",
    );
  const deviceNote = setUpDevice(device, { mtu, ipv4 }, journal);
  log.info({ name: device.name, address: ipv4, mtu, note: deviceNote }, "device");

  const forwarding = setUpForwarding(journal);
  log.info({ note: forwarding.note }, "forwarding");
  if (forwarding.warning !== undefined) log.warn({ note: forwarding.warning }, "forwarding");

  const { by, note, warning } = setUpNat({ nat, tunName: device.name, pool: pool.cidr }, journal);
  log.info({ by, note }, "nat");
  if (warning !== undefined) log.warn({ note: warning }, "nat");
}

/** An interface, other than the device, whose network has addresses in common with the pool's. */
function interfaceWithin({ cidr }: PoolNetwork, device: string): string | undefined {
  const pool = parseIpv4Network(cidr);
  const overlaps = (other: string | null): boolean => {
    const { address, prefixLength } = parseIpv4Network(other ?? "0.0.0.0/32");
    const mask = ipv4ToNumber(maskOf(Math.min(prefixLength, pool.prefixLength)));
    return isIpv4(address) && (ipv4ToNumber(address) & mask) === (ipv4ToNumber(pool.address) & mask);
  };
  return Object.entries(networkInterfaces()).find(
    ([name, addresses = []]) => name !== device && addresses.some(({ family, cidr: other }) => family === "IPv4" && overlaps(other)),
  )?.[0];
}
