import { expect, it } from "vitest";
import type { ArpMessage } from "#contract/lab-1-codec.ts";
import { ipv4, mac } from "#kit/addresses.ts";
import { concat, fromHex, toHex } from "#kit/bytes.ts";
import { arpMessage } from "#lab-1/arp-message.ts";

const bytes = fromHex("0001 0800 06 04 0002 02000000000b c0000202 02000000000a c0000201");
const reply: ArpMessage = {
  operation: "reply",
  senderMac: mac("02:00:00:00:00:0b"),
  senderIp: ipv4("192.0.2.2"),
  targetMac: mac("02:00:00:00:00:0a"),
  targetIp: ipv4("192.0.2.1"),
};
const request = concat(bytes.subarray(0, 7), Uint8Array.of(1), bytes.subarray(8));

it("reads and writes replies and requests", () => {
  expect(arpMessage.parse(bytes)).toEqual({ ok: true, value: reply });
  expect(toHex(arpMessage.serialize(reply))).toBe(toHex(bytes));
  expect(arpMessage.parse(request)).toEqual({ ok: true, value: { ...reply, operation: "request" } });
  expect(toHex(arpMessage.serialize({ ...reply, operation: "request" }))).toBe(toHex(request));
});

it("ignores padding", () => {
  expect(arpMessage.parse(concat(bytes, new Uint8Array(18).fill(0xa5)))).toEqual({ ok: true, value: reply });
});

it("refuses every truncation", () => {
  const fields = Array.from({ length: 28 }, (_, length) => {
    const parsed = arpMessage.parse(bytes.subarray(0, length));
    return parsed.ok ? "accepted" : `${parsed.error.reason} ${parsed.error.field}`;
  });
  const lengths = {
    hardwareType: 2,
    protocolType: 2,
    hardwareLength: 1,
    protocolLength: 1,
    operation: 2,
    senderMac: 6,
    senderIp: 4,
    targetMac: 6,
    targetIp: 4,
  };
  expect(fields).toEqual(Object.entries(lengths).flatMap(([field, length]) => Array(length).fill(`truncated ${field}`)));
});

it.each([
  ["unsupported", "hardwareType", 0, 1],
  ["unsupported", "hardwareType", 1, 6],
  ["unsupported", "protocolType", 2, 0x86],
  ["unsupported", "protocolType", 3, 1],
  ["bad-length", "hardwareLength", 4, 8],
  ["bad-length", "protocolLength", 5, 16],
  ["unsupported", "operation", 6, 1],
  ["unsupported", "operation", 7, 0],
  ["unsupported", "operation", 7, 3],
])("%s %s: byte %d is %d", (reason, field, offset, value) => {
  const wrong = bytes.slice();
  wrong[offset] = value;
  // Everything behind is wrong too: nothing behind the first error is trusted, not even that it is there.
  wrong.fill(0xa5, Math.max(offset + 1, 8));
  const error = { ok: false, error: { reason, field } };
  expect(arpMessage.parse(wrong)).toEqual(error);
  expect(arpMessage.parse(wrong.subarray(0, 8))).toEqual(error);
});
