import type { Ipv4Address, MacAddress } from "#contract/vocabulary.ts";

/** Every byte in two hexadecimal digits: addresses are written for each packet, and digit by digit would be slow. */
const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

const dot = 0x2e;
const zero = 0x30;

const dottedDecimal = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const colonHex = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/;

/** Whether `text` is an IPv4 address in its canonical spelling: `"13.8.0.2"`, not `"013.8.0.2"` or `"13.8.2"`. */
export function isIpv4(text: string): text is Ipv4Address {
  return dottedDecimal.test(text);
}

/** Text as an address. Throws a `RangeError` when it is not one in canonical spelling. */
export function ipv4(text: string): Ipv4Address {
  if (!isIpv4(text)) throw new RangeError(`"${text}" is not an IPv4 address such as 13.8.0.2.`);
  return text;
}

/** The address as a number from 0 to 2^32 - 1: `"0.0.1.2"` is 258. */
export function ipv4ToNumber(address: Ipv4Address): number {
  let number = 0;
  let part = 0;
  for (let index = 0; index < address.length; index++) {
    const code = address.charCodeAt(index);
    if (code === dot) {
      number = number * 256 + part;
      part = 0;
    } else part = part * 10 + (code - zero);
  }
  return number * 256 + part;
}

/** The address with this number (0 to 2^32 - 1). */
export function ipv4FromNumber(value: number): Ipv4Address {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff)
    throw new RangeError(`${value} is not the number of an IPv4 address (0 to 4294967295).`);
  return `${value >>> 24}.${(value >>> 16) & 0xff}.${(value >>> 8) & 0xff}.${value & 0xff}` as Ipv4Address;
}

/** The four bytes at `offset` as an address. Throws a `RangeError` when they are not there. */
export function ipv4FromBytes(bytes: Uint8Array, offset = 0): Ipv4Address {
  if (offset + 4 > bytes.length) throw new RangeError(`No IPv4 address at byte ${offset} of ${bytes.length}.`);
  return `${bytes[offset]}.${bytes[offset + 1]}.${bytes[offset + 2]}.${bytes[offset + 3]}` as Ipv4Address;
}

/** The address as four bytes, in network order. */
export function ipv4ToBytes(address: Ipv4Address): Uint8Array {
  const number = ipv4ToNumber(address);
  return Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number);
}

/** Whether `text` is a MAC address in its canonical spelling: `"02:00:00:00:00:01"`. */
export function isMac(text: string): text is MacAddress {
  return colonHex.test(text);
}

/** Text as a MAC address. Throws a `RangeError` when it is not one in canonical spelling. */
export function mac(text: string): MacAddress {
  if (!isMac(text)) throw new RangeError(`"${text}" is not a MAC address such as 02:00:00:00:00:01.`);
  return text;
}

/** The six bytes at `offset` as a MAC address. Throws a `RangeError` when they are not there. */
export function macFromBytes(bytes: Uint8Array, offset = 0): MacAddress {
  if (offset + 6 > bytes.length) throw new RangeError(`No MAC address at byte ${offset} of ${bytes.length}.`);
  const pair = (index: number) => hexPairs[bytes[offset + index] ?? 0];
  return `${pair(0)}:${pair(1)}:${pair(2)}:${pair(3)}:${pair(4)}:${pair(5)}` as MacAddress;
}

/** The MAC address as six bytes. */
export function macToBytes(address: MacAddress): Uint8Array {
  const byte = (index: number) => Number.parseInt(address.slice(3 * index, 3 * index + 2), 16);
  return Uint8Array.of(byte(0), byte(1), byte(2), byte(3), byte(4), byte(5));
}

/** ff:ff:ff:ff:ff:ff: every station on the link. */
export const broadcastMac = "ff:ff:ff:ff:ff:ff" as MacAddress;

/** 00:00:00:00:00:00: no station; the target of an ARP request. */
export const zeroMac = "00:00:00:00:00:00" as MacAddress;
