import { describe, expect, it } from "vitest";
import { fromHex } from "#kit/bytes.ts";
import { assemble, checksumByDivision } from "./assemble.ts";
import { dissect } from "./layout.ts";
import { arpLayout, ethernetLayout, ipv4Layout, messageLayout } from "./layouts.ts";

describe("assemble", () => {
  it("writes fields, big-endian unless the layout says otherwise, and what follows them", () => {
    expect(assemble(messageLayout, { length: 0x01020304, type: 102 }, Uint8Array.of(9), Uint8Array.of(8))).toEqual(
      fromHex("04030201 66 09 08"),
    );
    expect(assemble(ethernetLayout, { destination: 0xffffffffffffn, source: 1, etherType: 0x0806 })).toEqual(
      fromHex("ffffffffffff 000000000001 0806"),
    );
  });

  it.each([ipv4Layout, arpLayout, ethernetLayout, messageLayout])("is the inverse of dissect for $name", (layout) => {
    const values = Object.fromEntries(layout.fields.map(({ name, bits }, i) => [name, (1n << BigInt(bits)) - 1n - BigInt(i % 2)]));
    const fields = dissect(assemble(layout, values), { ...layout, rest: () => ({}) });
    expect(Object.fromEntries(fields.map(({ name, value }) => [name, value]))).toEqual(values);
  });

  it("refuses a value that is missing or does not fit", () => {
    expect(() => assemble(messageLayout, { length: 5 })).toThrow("No value for 4over6.type.");
    expect(() => assemble(messageLayout, { length: 5, type: 256 })).toThrow("256 does not fit 4over6.type.");
    expect(() => assemble(messageLayout, { length: -1, type: 0 })).toThrow("-1 does not fit 4over6.length.");
  });
});

describe("checksumByDivision", () => {
  it.each([
    ["the example of RFC 1071", "0001 f203 f4f5 f6f7", 0x220d],
    ["no bytes", "", 0xffff],
    ["zeros", "0000 0000", 0xffff],
    ["all ones", "ffff ffff", 0],
    ["a sum that folds to all ones", "fffe 0001", 0],
    ["an odd last byte, as a high one", "0102 03", 0xfbfd],
    ["a captured header with its checksum", "45000054 533c4000 4001b02d 0d080002 c6336402", 0],
  ])("of %s", (_name, hex, checksum) => {
    expect(checksumByDivision(fromHex(hex))).toBe(checksum);
  });
});
