import { expect, it } from "vitest";
import type { Message } from "#contract/lab-1-codec.ts";
import { fromHex, toHex } from "#kit/bytes.ts";
import { encodeMessage } from "#lab-1/message.ts";

it.each<[string, Message]>([
  ["0500000064", { type: "ip-request" }],
  ["090000006531332e38", { type: "ip-response", data: fromHex("31332e38") }],
  ["080000006645a5ff", { type: "internet-request", packet: fromHex("45a5ff") }],
  ["0500000067", { type: "internet-response", packet: new Uint8Array(0) }],
  ["0500000068", { type: "heartbeat" }],
])("writes %s", (hex, message) => {
  expect(toHex(encodeMessage(message))).toBe(hex);
});

it("writes all four bytes of the length, the lowest first", () => {
  const bytes = encodeMessage({ type: "internet-request", packet: new Uint8Array(0x0102_0304 - 5) });
  expect(toHex(bytes.subarray(0, 5))).toBe("0403020166");
});

it("returns bytes of its own", () => {
  const packet = fromHex("4500");
  const bytes = encodeMessage({ type: "internet-response", packet });
  packet.fill(0xa5);
  expect(toHex(bytes)).toBe("07000000674500");
});

it("refuses data that no length can say", () => {
  const packet = Object.defineProperty(new Uint8Array(0), "length", { value: 2 ** 32 - 5 });
  expect(() => encodeMessage({ type: "internet-request", packet })).toThrow(RangeError);
});
