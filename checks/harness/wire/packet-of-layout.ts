import { concat, fromHex } from "#kit/bytes.ts";
import type { StoryLink } from "../story-packet.ts";
import { assemble } from "./assemble.ts";
import type { Layout } from "./layout.ts";
import { arpLayout, ethernetLayout, ipv4Layout, messageLayout, textLayout } from "./layouts.ts";

/** Stands in front of an ARP message that has no frame: from nobody to nobody. */
const madeUpHeader = fromHex("000000000000 000000000000 0806");

const grantType = 101;

/** Bytes that a layout describes, as a packet that a capture can hold: what belongs around them is made up. `undefined` for other layouts. */
export function packetOfLayout(
  layout: Layout,
  bytes: Uint8Array,
): { readonly link: StoryLink; readonly bytes: () => Uint8Array } | undefined {
  switch (layout) {
    case ethernetLayout:
      return { link: "ethernet", bytes: () => bytes };
    case arpLayout:
      return { link: "ethernet", bytes: () => concat(madeUpHeader, bytes) };
    case ipv4Layout:
      return { link: "raw-ip", bytes: () => bytes };
    case messageLayout:
      return { link: "four-over-six", bytes: () => bytes };
    case textLayout:
      return { link: "four-over-six", bytes: () => assemble(messageLayout, { length: 5 + bytes.length, type: grantType }, bytes) };
    default:
      return undefined;
  }
}
