import { concat } from "#kit/bytes.ts";
import type { Layout } from "./layout.ts";

/**
 * Bytes from field values: the layouts read the other way round, by arithmetic on one large number.
 *
 * @param values one for each field of the layout
 * @param rest what follows the fields: options and payload
 */
export function assemble(layout: Layout, values: Readonly<Record<string, bigint | number>>, ...rest: readonly Uint8Array[]): Uint8Array {
  let header: Uint8Array = new Uint8Array();
  let whole = 0n;
  let bits = 0;
  for (const field of layout.fields) {
    const value = values[field.name];
    if (value === undefined) throw new Error(`No value for ${layout.name}.${field.name}.`);
    if (BigInt(value) < 0n || BigInt(value) >> BigInt(field.bits) !== 0n)
      throw new Error(`${value} does not fit ${layout.name}.${field.name}.`);
    whole = (whole << BigInt(field.bits)) | BigInt(value);
    bits += field.bits;
    if (bits % 8 !== 0) continue;
    const bytes = bigEndian(whole, bits / 8);
    header = concat(header, field.littleEndian ? bytes.toReversed() : bytes);
    whole = 0n;
    bits = 0;
  }
  return concat(header, ...rest);
}

/** The internet checksum (RFC 1071), as what it is in arithmetic: the remainder of one large number modulo 2^16 - 1, complemented. */
export function checksumByDivision(bytes: Uint8Array): number {
  const even = bytes.length % 2 === 0 ? bytes : concat(bytes, Uint8Array.of(0));
  const whole = even.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  // One's complement has two zeros; only a sum of nothing but zeros is the positive one.
  const sum = whole === 0n ? 0n : whole % 0xffffn === 0n ? 0xffffn : whole % 0xffffn;
  return Number(0xffffn - sum);
}

function bigEndian(value: bigint, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => Number((value >> BigInt(8 * (length - 1 - index))) & 0xffn));
}
