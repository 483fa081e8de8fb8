import { concat, fromHex } from "#kit/bytes.ts";
import { fromLab, type StoryPacket, toLab } from "../story-packet.ts";
import { assemble } from "./assemble.ts";
import type { Layout } from "./layout.ts";
import { arpLayout, ethernetLayout, ipv4Layout, messageLayout, textLayout } from "./layouts.ts";

/** Stands in front of an ARP message that has no frame: from nobody to nobody. */
const madeUpHeader = fromHex("000000000000 000000000000 0806");

const grantType = 101;

/** Bytes that a layout describes, as a packet for a story: what belongs around them is made up. `undefined` for layouts that no capture holds. */
export function packetOfLayout(layout: Layout, bytes: Uint8Array, direction: StoryPacket["direction"] = "to-lab"): StoryPacket | undefined {
  const packet = direction === "to-lab" ? toLab : fromLab;
  switch (layout) {
    case ethernetLayout:
      return packet("ethernet", bytes);
    case arpLayout:
      return packet("ethernet", () => concat(madeUpHeader, bytes));
    case ipv4Layout:
      return packet("raw-ip", bytes);
    case messageLayout:
      return packet("four-over-six", bytes);
    case textLayout:
      return packet("four-over-six", () => assemble(messageLayout, { length: 5 + bytes.length, type: grantType }, bytes));
    default:
      return undefined;
  }
}
