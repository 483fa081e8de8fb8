import type { PacketDevice } from "#contract/lab-4-tun-server.ts";
import { openTun, type TunDevice } from "#devices/linux-tun.ts";
import { createMemoryLink } from "#devices/memory-link.ts";
import { connectEchoInternet } from "./echo-internet.ts";
import { type AliasedTap, openAliasedTap } from "./host/aliased-tap.ts";
import type { LinkNetwork, PoolNetwork } from "./option-values.ts";

/** A network device of Linux. It has its name only: address and MTU are the host's business. */
export type RealLink =
  | { readonly kind: "tun"; readonly device: TunDevice }
  /** Ethernet: its other station is the kernel. */
  | ({ readonly kind: "tap"; readonly network: LinkNetwork } & AliasedTap);

/** Where the users' packets go. */
export type Link =
  | RealLink
  /** An internet of its own in memory, which touches nothing of the host. */
  | { readonly kind: "memory"; readonly device: PacketDevice };

export type LinkOptions = { readonly tunName: string; readonly mtu: number; readonly pool: PoolNetwork } & (
  | { readonly link: "tun" | "memory" }
  | { readonly link: "tap"; readonly linkNetwork: LinkNetwork }
);

/** Packets in memory on their way: several times what Node reads from one socket in one turn of its event loop (2 MiB). */
const mostInFlight = 8192;

/** Rejects with a `DeviceError` when there can be no such device. */
export async function openLink(options: LinkOptions): Promise<Link> {
  const { tunName, mtu, pool } = options;
  switch (options.link) {
    case "tun":
      return { kind: "tun", device: await openTun({ name: tunName }) };
    case "tap":
      return { kind: "tap", network: options.linkNetwork, ...(await openAliasedTap(tunName)) };
    case "memory": {
      const { near, far } = createMemoryLink({ mtu, autoFlush: true, capacity: mostInFlight });
      connectEchoInternet(far, pool);
      return { kind: "memory", device: near };
    }
    default:
      return options satisfies never;
  }
}
