import { closeSync } from "node:fs";
import type { Libc } from "./linux-libc.ts";

/** Address families of linux/socket.h. */
export const family = { inet: 2, inet6: 10 } as const;

/** The requests of linux/sockios.h that ask about, or change, an interface. */
export const request = {
  addRoute: 0x890b,
  deleteRoute: 0x890c,
  getFlags: 0x8913,
  setFlags: 0x8914,
  getAddress: 0x8915,
  setAddress: 0x8916,
  getMask: 0x891b,
  setMask: 0x891c,
  getMtu: 0x8921,
  setMtu: 0x8922,
  setHardwareAddress: 0x8924,
  getHardwareAddress: 0x8927,
  getIndex: 0x8933,
  deleteAddress: 0x8936,
} as const;

/** Where the interface's name ends and the request's own part begins. */
const nameLength = 16;

/** As long as the largest layout: 40 bytes on machines of 64 bits, 32 on others. The parts used here lie at the same place in both. */
const requestLength = 40;

/**
 * A `struct ifreq` of linux/if.h: the name of an interface, then a part that each request reads or fills in its own way. Numbers are in
 * host order, and every kind of machine that koffi knows is little-endian.
 */
export type InterfaceRequest = { readonly bytes: Uint8Array; readonly view: DataView };

export function interfaceRequest(name: string): InterfaceRequest {
  const bytes = new Uint8Array(requestLength);
  bytes.set(Buffer.from(name).subarray(0, nameLength - 1));
  return { bytes, view: new DataView(bytes.buffer, nameLength) };
}

/** The name that the system has put into the request. */
export function nameIn({ bytes }: InterfaceRequest): string {
  const end = bytes.indexOf(0);
  return Buffer.from(bytes.subarray(0, end === -1 ? nameLength : Math.min(end, nameLength))).toString();
}

/** A `struct sockaddr_in`: the family, a port that nobody reads, the address. */
export function socketAddress(address: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes[0] = family.inet;
  bytes.set(address, 4);
  return bytes;
}

/** Makes a request. The socket is only there to carry it. Returns at least 0, or the error number, negated. */
export function ask(libc: Libc, request: number, argument: Uint8Array, addressFamily: number = family.inet): number {
  return withSocket(libc, addressFamily, (socket) => libc.ioctl(socket, request, argument));
}

/** Calls with a socket of the family, and closes it. Returns at least 0, or the error number, negated. */
export function withSocket(libc: Libc, addressFamily: number, call: (socket: number) => number): number {
  const socket = libc.socket(addressFamily);
  if (socket < 0) return socket;
  try {
    return call(socket);
  } finally {
    closeSync(socket);
  }
}
