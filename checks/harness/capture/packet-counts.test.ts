import { expect, it } from "vitest";
import { fromHex } from "#kit/bytes.ts";
import { ipLayer } from "./ip-layers.ts";
import { rawIpCapture } from "./made-up-capture.ts";
import { checksumCounts, count, ipLayersOf, kindOf } from "./packet-counts.ts";

const udp = fromHex("4500001d00000000401166ce0a0000010a000002 0001000200098ad6 61");
const changed = (index: number, byte: number) => Uint8Array.from(udp, (old, at) => (at === index ? byte : old));

it("counts words", () => {
  expect(count(["a", 104, "a"])).toStrictEqual({ a: 2, 104: 1 });
});

it("names what a packet carries", () => {
  const ipv6 = fromHex("60000000 0001 3a 40 fd640004000600000000000000000002 fd640004000600000000000000000001 85");
  expect(kindOf(undefined)).toBe("no IP");
  expect(ipLayersOf(rawIpCapture([udp, changed(6, 0x20), changed(9, 1), changed(9, 6), changed(9, 2), ipv6])).map(kindOf)).toStrictEqual([
    "UDP",
    "fragment",
    "ICMP 0",
    "TCP",
    "protocol 2",
    "ICMPv6 133",
  ]);
});

it("counts right and wrong checksums", () => {
  const packets = [ipLayer(udp), undefined, ipLayer(changed(28, 0)), ipLayer(changed(8, 1))];
  expect(checksumCounts(packets)).toStrictEqual({ "IPv4 header right": 2, "IPv4 header wrong": 1, "UDP right": 2, "UDP wrong": 1 });
});
