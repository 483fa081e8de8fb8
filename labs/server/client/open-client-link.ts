import type { PacketDevice } from "#contract/lab-4-tun-server.ts";
import { type Libc, loadLibc } from "#devices/linux-libc.ts";
import { openTun, type TunDevice } from "#devices/linux-tun.ts";
import { createMemoryLink } from "#devices/memory-link.ts";
import type { ClientOptions } from "../client-options.ts";
import { TunnelError } from "./tunnel-error.ts";

/** Where this host's packets come from. */
export type ClientLink =
  | { readonly kind: "tun"; readonly device: TunDevice; readonly libc: Libc }
  /** `far` is for a host in memory. */
  | { readonly kind: "memory"; readonly device: PacketDevice; readonly far: PacketDevice };

/** Rejects with a `TunnelError` or a `DeviceError` when there can be no such device. */
export async function openClientLink({ link, tunName, mtu }: Pick<ClientOptions, "link" | "tunName" | "mtu">): Promise<ClientLink> {
  switch (link) {
    case "tun": {
      if (process.platform !== "linux")
        throw new TunnelError(
          "device-closed",
          `A TUN device needs Linux, and this is ${process.platform}; --link memory --ping ADDRESS works everywhere.`,
        );
      const libc = await loadLibc();
      return { kind: "tun", device: await openTun({ name: tunName }), libc };
    }
    case "memory": {
      const { near, far } = createMemoryLink({ mtu, autoFlush: true });
      return { kind: "memory", device: near, far };
    }
    default:
      return link satisfies never;
  }
}
