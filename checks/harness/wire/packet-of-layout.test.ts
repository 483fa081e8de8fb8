import { expect, it } from "vitest";
import { fromHex } from "#kit/bytes.ts";
import { tellPacket } from "../story-packet.ts";
import { arpLayout, ethernetLayout, ipv4Layout, messageLayout, textLayout } from "./layouts.ts";
import { packetOfLayout } from "./packet-of-layout.ts";

const bytes = fromHex("31 33");

it.each([
  ["a frame", ethernetLayout, "ethernet", "31 33"],
  ["an ARP message, in a frame that is made up", arpLayout, "ethernet", "000000000000 000000000000 0806 31 33"],
  ["an IPv4 packet", ipv4Layout, "raw-ip", "31 33"],
  ["a message", messageLayout, "four-over-six", "31 33"],
  ["a grant, in the message that carries it", textLayout, "four-over-six", "07000000 65 31 33"],
])("bytes of a layout are %s", (_, layout, link, hex) => {
  expect(tellPacket(packetOfLayout(layout, bytes))).toEqual({ link, direction: "to-lab", bytes: fromHex(hex) });
  expect(packetOfLayout(layout, bytes, "from-lab")?.direction).toBe("from-lab");
});

it("no capture holds bytes of another layout", () => {
  expect(packetOfLayout({ name: "x", source: "", fields: [] }, bytes)).toBeUndefined();
});
