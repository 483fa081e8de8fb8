import { expect, it } from "vitest";
import type { EthernetFrame } from "#contract/lab-1-codec.ts";
import { mac } from "#kit/addresses.ts";
import { fromHex, toHex } from "#kit/bytes.ts";
import { ethernetFrame } from "#lab-1/ethernet-frame.ts";

const bytes = fromHex("ffffffffffff 02000000000a 0806 0001a5");
const frame: EthernetFrame = {
  destination: mac("ff:ff:ff:ff:ff:ff"),
  source: mac("02:00:00:00:00:0a"),
  etherType: 0x0806,
  payload: fromHex("0001a5"),
};

it("reads and writes a frame, with a payload that is a view", () => {
  const parsed = ethernetFrame.parse(bytes);
  expect(parsed).toEqual({ ok: true, value: frame });
  expect(parsed.ok && parsed.value.payload.buffer).toBe(bytes.buffer);
  expect(toHex(ethernetFrame.serialize(frame))).toBe(toHex(bytes));
});

it("reads the part of a buffer that it is given", () => {
  const parsed = ethernetFrame.parse(fromHex(`a5a5 ${toHex(bytes)} a5`).subarray(2, 2 + bytes.length));
  expect(parsed).toEqual({ ok: true, value: frame });
});

it("refuses every truncation of the header", () => {
  const fields = Array.from({ length: 14 }, (_, length) => {
    const parsed = ethernetFrame.parse(bytes.subarray(0, length));
    return parsed.ok ? "accepted" : `${parsed.error.reason} ${parsed.error.field}`;
  });
  const expected = ["destination", "source", "etherType"].flatMap((field) =>
    Array(field === "etherType" ? 2 : 6).fill(`truncated ${field}`),
  );
  expect(fields).toEqual(expected);
  expect(ethernetFrame.parse(bytes.subarray(0, 14))).toMatchObject({ ok: true });
});

it.each([
  [0x0000, false],
  [0x05ff, false],
  [0x0600, true],
  [0xffff, true],
])("EtherType %d is one: %s", (etherType, accepted) => {
  const changed = bytes.slice();
  changed.set([etherType >>> 8, etherType & 0xff], 12);
  if (accepted) expect(ethernetFrame.parse(changed)).toEqual({ ok: true, value: { ...frame, etherType } });
  else expect(ethernetFrame.parse(changed)).toEqual({ ok: false, error: { reason: "unsupported", field: "etherType" } });
  if (accepted) expect(toHex(ethernetFrame.serialize({ ...frame, etherType }))).toBe(toHex(changed));
  else expect(() => ethernetFrame.serialize({ ...frame, etherType })).toThrow(RangeError);
});

it.each([0x1_0000, 2048.5, -1, Number.NaN])("refuses to write EtherType %d", (etherType) => {
  expect(() => ethernetFrame.serialize({ ...frame, etherType })).toThrow(RangeError);
});
