import { ipv4FromBytes, macFromBytes } from "#kit/addresses.ts";
import { toHex } from "#kit/bytes.ts";
import { counted } from "#kit/counted.ts";

/**
 * A header as the RFC draws it: fields of so many bits, one behind the other. The checks read bytes by these tables, one bit at a time.
 * That is slow and plain, and shares nothing with the way in which a lab does it.
 */
export type Layout = {
  readonly name: string;
  /** Where the drawing stands: `RFC 791 section 3.1`. */
  readonly source: string;
  readonly fields: readonly Field[];
  /** What follows the fields: how many bytes of options, and the layout of the payload. */
  readonly rest?: (values: FieldValues) => { readonly options?: number; readonly payload?: Layout };
};

type Field = {
  readonly name: string;
  readonly bits: number;
  readonly show?: "hex" | "ipv4" | "mac";
  readonly littleEndian?: true;
};

type FieldValues = Readonly<Record<string, bigint>>;

/** A field found in bytes. */
export type FoundField = {
  readonly layout: Layout;
  readonly name: string;
  readonly firstByte: number;
  /** One past the last byte. Fields of a few bits share bytes. */
  readonly endByte: number;
  readonly value: bigint | undefined;
  readonly text: string;
};

/** Every field of `bytes` by `layout`, the options and the payload's layouts included. Stops where the bytes end. */
export function dissect(bytes: Uint8Array, layout: Layout, start = 0): readonly FoundField[] {
  const found: FoundField[] = [];
  const values: Record<string, bigint> = {};
  let bit = start * 8;
  for (const field of layout.fields) {
    const firstByte = Math.floor(bit / 8);
    const endByte = Math.ceil((bit + field.bits) / 8);
    if (endByte > bytes.length) return found;
    const value = field.littleEndian
      ? readBits(bytes.slice(firstByte, endByte).toReversed(), 0, field.bits)
      : readBits(bytes, bit, field.bits);
    values[field.name] = value;
    found.push({ layout, name: field.name, firstByte, endByte, value, text: showValue(value, field, bytes.subarray(firstByte, endByte)) });
    bit += field.bits;
  }
  const offset = bit / 8;
  const { options = 0, payload } = layout.rest?.(values) ?? {};
  const payloadAt = Math.min(offset + options, bytes.length);
  if (payloadAt > offset) found.push(opaque(layout, "options", bytes, offset, payloadAt));
  if (payloadAt >= bytes.length) return found;
  return [...found, ...(payload ? dissect(bytes, payload, payloadAt) : [opaque(layout, "payload", bytes, payloadAt, bytes.length)])];
}

function opaque(layout: Layout, name: string, bytes: Uint8Array, firstByte: number, endByte: number): FoundField {
  const text = `${counted(endByte - firstByte, "byte")} ${toHex(bytes.subarray(firstByte, Math.min(endByte, firstByte + 8)))}${endByte - firstByte > 8 ? "…" : ""}`;
  return { layout, name, firstByte, endByte, value: undefined, text };
}

function readBits(bytes: Uint8Array, first: number, count: number): bigint {
  let value = 0n;
  for (let bit = first; bit < first + count; bit++) value = value * 2n + BigInt(((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
  return value;
}

/** A value as its field is usually written. */
function showValue(value: bigint, field: Field, bytes: Uint8Array): string {
  switch (field.show) {
    case "hex":
      return `0x${value.toString(16).padStart(Math.ceil(field.bits / 4), "0")}`;
    case "ipv4":
      return ipv4FromBytes(bytes);
    case "mac":
      return macFromBytes(bytes);
    case undefined:
      return value.toString();
    default:
      return field.show satisfies never;
  }
}
