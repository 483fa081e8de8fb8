import type { Ipv4Address } from "#contract/vocabulary.ts";

/** What the server has changed on the host and has to undo: plain data, so that it can be written down before it is done. */
export type HostChange =
  | { readonly kind: "forwarding"; readonly file: string; readonly before: string }
  | { readonly kind: "nft-table"; readonly table: string }
  | { readonly kind: "iptables-chain"; readonly chain: string }
  /** A device that was there before the server, with its settings at that time. */
  | ({ readonly kind: "device" } & DeviceBefore)
  /** The same for a TAP, with its second address, and the route that is taken away again. */
  | ({
      readonly kind: "tap";
      readonly alias: string | null;
      readonly route: { readonly to: string; readonly via: Ipv4Address } | null;
    } & DeviceBefore);

type DeviceBefore = { readonly name: string; readonly mtu: number; readonly ipv4: string | null; readonly isUp: boolean };
