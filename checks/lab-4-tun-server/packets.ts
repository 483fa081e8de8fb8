import { assemble, checksumByDivision } from "#checks/harness/wire/assemble.ts";
import { ipv4Layout } from "#checks/harness/wire/layouts.ts";
import { ipv4, ipv4ToNumber } from "#kit/addresses.ts";
import { concat, fromHex } from "#kit/bytes.ts";

/** A host of the internet. */
export const far = "198.51.100.2";

type Unusual = {
  readonly payload?: Uint8Array;
  readonly options?: Uint8Array;
  readonly timeToLive?: number;
  readonly protocol?: number;
  /** Three bits: 2 is dontFragment, 1 is moreFragments. */
  readonly flags?: number;
  /** In units of eight bytes. */
  readonly fragmentOffset?: number;
};

/** For experiments (RFC 3692 section 2.1): nobody, and Wireshark neither, looks for a UDP header in our words. */
const anyProtocol = 253;

/** One whole IPv4 packet with a right header checksum. */
export function packet(source: string, destination: string, unusual: Unusual | string = "hello"): Uint8Array {
  const fields = typeof unusual === "string" ? { payload: text(unusual) } : unusual;
  const {
    payload = text("hello"),
    options = new Uint8Array(),
    timeToLive = 64,
    protocol = anyProtocol,
    flags = 2,
    fragmentOffset = 0,
  } = fields;
  const header = {
    version: 4,
    headerLength: 5 + options.length / 4,
    typeOfService: 0,
    totalLength: 20 + options.length + payload.length,
    identification: 7,
    flags,
    fragmentOffset,
    timeToLive,
    protocol,
    source: ipv4ToNumber(ipv4(source)),
    destination: ipv4ToNumber(ipv4(destination)),
  };
  const headerChecksum = checksumByDivision(assemble(ipv4Layout, { ...header, headerChecksum: 0 }, options));
  return assemble(ipv4Layout, { ...header, headerChecksum }, options, payload);
}

/** A packet of so many bytes, header included. */
export function packetOfLength(length: number, source: string, destination: string): Uint8Array {
  return packet(source, destination, { payload: new Uint8Array(length - 20).fill(0xee) });
}

/** The first of the router solicitations that Linux sent into the TUN: frame 33 of 4over6-session-a.tun. */
export const routerSolicitation = fromHex(
  "6000000000083aff fe800000000000005a946f7b46c73534 ff020000000000000000000000000002 8500372c00000000",
);

/** The packet with another version: everything else is as IPv4 has it. */
export function withVersion(bytes: Uint8Array, version: number): Uint8Array {
  return bytes.with(0, (version << 4) | 5);
}

/** The packet spoilt in every way in which version 4 can be no whole packet. */
export function spoilt(whole: Uint8Array): readonly { readonly words: string; readonly bytes: Uint8Array }[] {
  const { length } = whole;
  const claiming = (total: number) => whole.with(2, total >> 8).with(3, total & 0xff);
  return [
    { words: "its first byte alone", bytes: whole.slice(0, 1) },
    { words: "cut to 19 bytes", bytes: whole.slice(0, 19) },
    { words: "cut to its header", bytes: whole.slice(0, 20) },
    { words: "without its last byte", bytes: whole.slice(0, -1) },
    { words: "with a zero byte behind it", bytes: concat(whole, Uint8Array.of(0)) },
    { words: "with a header of 4 words", bytes: whole.with(0, 0x44) },
    { words: "with a header of 0 words", bytes: whole.with(0, 0x40) },
    { words: "with a header of 15 words, more than there is", bytes: whole.with(0, 0x4f) },
    { words: "with 256 added to its total length", bytes: claiming(length + 256) },
    { words: "with a total length of 19", bytes: claiming(19) },
    { words: "with a total length of 0", bytes: claiming(0) },
    { words: "with a total length one too small", bytes: claiming(length - 1) },
    { words: "with a total length of 65535", bytes: claiming(0xffff) },
  ];
}

function text(words: string): Uint8Array {
  return new TextEncoder().encode(words);
}
