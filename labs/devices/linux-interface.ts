import { readFileSync } from "node:fs";
import type { Ipv4Address, MacAddress } from "#contract/vocabulary.ts";
import { ipv4FromBytes, ipv4ToBytes, macFromBytes, macToBytes, zeroMac } from "#kit/addresses.ts";
import { fromHex } from "#kit/bytes.ts";
import { counted } from "#kit/counted.ts";
import { DeviceError } from "./device-error.ts";
import { maskOf, parseIpv4Network, prefixLengthOf } from "./ipv4-network.ts";
import { ipv6FromBytes, ipv6ToBytes, parseIpv6Network } from "./ipv6-network.ts";
import { configurationError } from "./linux-interface-error.ts";
import { ask, family, type InterfaceRequest, interfaceRequest, request, socketAddress } from "./linux-interface-request.ts";
import type { Libc } from "./linux-libc.ts";

const flagUp = 1;

/** What IPv4 asks of every link (RFC 791 section 3.2), and the longest packet it has. A TAP's is smaller by its header. */
const smallestMtu = 68;
const largestMtu = 65_535;

/** Hardware type 1 of linux/if_arp.h. */
const hardwareEthernet = 1;

/**
 * The settings of a network interface, by the names that they have in tuntap2. Each reading asks the kernel, each assignment is in force
 * when it returns. Assignments throw a `DeviceError`. Once the interface is gone, `isUp` is false and there are no addresses.
 */
export type InterfaceSettings = {
  /** In bytes. Keep it in a variable where it is needed for every packet. */
  mtu: number;
  /** `13.8.0.1/24`. Assigning it also makes the route to that network; `undefined` takes the address away. */
  ipv4: string | undefined;
  /** `fd46::1/64`; the link-local address (RFC 4291 section 2.5.6) is left out. `undefined` takes the address away. */
  ipv6: string | undefined;
  /** `undefined` for a TUN, which has none and takes none. */
  mac: MacAddress | undefined;
  isUp: boolean;
};

export function interfaceSettings(libc: Libc, name: string): InterfaceSettings {
  let lastMtu = 1500;

  /** What the kernel answers, or `undefined`: there is no such address, or no such interface any more. */
  const get = (number: number): InterfaceRequest | undefined => {
    const question = interfaceRequest(name);
    return ask(libc, number, question.bytes) < 0 ? undefined : question;
  };
  const set = (number: number, what: string, fill: (part: InterfaceRequest) => void): void => {
    const order = interfaceRequest(name);
    fill(order);
    const result = ask(libc, number, order.bytes);
    if (result < 0) throw configurationError(libc.errorName(result), name, what);
  };
  const setAddress = (number: number, what: string, address: Ipv4Address) =>
    set(number, what, ({ bytes }) => bytes.set(socketAddress(ipv4ToBytes(address)), 16));

  return {
    get mtu() {
      lastMtu = get(request.getMtu)?.view.getInt32(0, true) ?? lastMtu;
      return lastMtu;
    },
    set mtu(bytes) {
      if (!Number.isInteger(bytes) || bytes < smallestMtu || bytes > largestMtu)
        throw new DeviceError(
          "bad-mtu",
          `An MTU of ${counted(bytes, "byte")} cannot be; give a whole number from ${smallestMtu} to ${largestMtu}, such as 1500.`,
        );
      set(request.setMtu, `an MTU of ${bytes}`, ({ view }) => view.setInt32(0, bytes, true));
    },

    get ipv4() {
      const address = get(request.getAddress);
      const mask = get(request.getMask);
      if (address === undefined || mask === undefined) return undefined;
      return `${ipv4FromBytes(address.bytes, 20)}/${prefixLengthOf(ipv4FromBytes(mask.bytes, 20))}`;
    },
    set ipv4(text) {
      if (text === undefined) {
        if (this.ipv4 !== undefined) setAddress(request.setAddress, "no IPv4 address", ipv4FromBytes(new Uint8Array(4)));
        return;
      }
      const { address, prefixLength } = parseIpv4Network(text);
      setAddress(request.setAddress, `the address ${text}`, address);
      setAddress(request.setMask, `the address ${text}`, maskOf(prefixLength));
    },

    get ipv6() {
      return ipv6AddressOf(name);
    },
    set ipv6(text) {
      const before = this.ipv6;
      const wanted = text === undefined ? undefined : parseIpv6Network(text);
      if (before !== undefined) changeIpv6(libc, name, request.deleteAddress, before);
      if (wanted !== undefined) changeIpv6(libc, name, request.setAddress, `${wanted.address}/${wanted.prefixLength}`);
    },

    get mac() {
      const answer = get(request.getHardwareAddress);
      return answer?.view.getUint16(0, true) === hardwareEthernet ? macFromBytes(answer.bytes, 18) : undefined;
    },
    set mac(address) {
      set(request.setHardwareAddress, `the MAC address ${address}`, ({ bytes, view }) => {
        view.setUint16(0, hardwareEthernet, true);
        bytes.set(macToBytes(address ?? zeroMac), 18);
      });
    },

    get isUp() {
      return ((get(request.getFlags)?.view.getUint16(0, true) ?? 0) & flagUp) !== 0;
    },
    set isUp(up) {
      const before = get(request.getFlags)?.view.getUint16(0, true) ?? 0;
      const after = up ? before | flagUp : before & ~flagUp;
      set(request.setFlags, up ? "to go up" : "to go down", ({ view }) => view.setUint16(0, after, true));
    },
  };
}

/** Adds or deletes an address by a `struct in6_ifreq` of linux/ipv6.h: the address, the prefix length, the interface's number. */
function changeIpv6(libc: Libc, name: string, number: number, text: string): void {
  const { address, prefixLength } = parseIpv6Network(text);
  const index = interfaceRequest(name);
  ask(libc, request.getIndex, index.bytes);
  const order = new Uint8Array(24);
  order.set(ipv6ToBytes(address));
  const view = new DataView(order.buffer);
  view.setUint32(16, prefixLength, true);
  view.setInt32(20, index.view.getInt32(0, true), true);
  const result = ask(libc, number, order, family.inet6);
  if (result < 0) throw configurationError(libc.errorName(result), name, `the address ${text}`);
}

/** The kernel lists addresses in /proc/net/if_inet6: address, interface number, prefix length, scope, flags, name. Scope 20 is link-local. */
function ipv6AddressOf(name: string): string | undefined {
  let list: string;
  try {
    list = readFileSync("/proc/net/if_inet6", "utf8");
  } catch {
    // This kernel has no IPv6.
    return undefined;
  }
  const lines = list.split("\n").map((line) => line.trim().split(/\s+/));
  const [address, , prefixLength] = lines.find((fields) => fields[5] === name && fields[3] !== "20") ?? [];
  if (address === undefined || prefixLength === undefined) return undefined;
  return `${ipv6FromBytes(fromHex(address))}/${Number.parseInt(prefixLength, 16)}`;
}
