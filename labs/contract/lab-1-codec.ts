import type { Codec, Ipv4Address, MacAddress } from "./vocabulary.ts";

/**
 * A 4over6 message. On the wire: `length` (uint32, little-endian, the whole message), `type` (uint8), then `length - 5` bytes of data.
 * The types 100 to 104 stand beside their names. docs/protocol.md#messages
 */
export type Message =
  /** 100, client to server: "lend me an address". No data. */
  | { readonly type: "ip-request" }
  /** 101, server to client: an `AddressGrant` as ASCII text. */
  | { readonly type: "ip-response"; readonly data: Uint8Array }
  /** 102, client to server: one IPv4 packet for the internet. */
  | { readonly type: "internet-request"; readonly packet: Uint8Array }
  /** 103, server to client: one IPv4 packet from the internet. */
  | { readonly type: "internet-response"; readonly packet: Uint8Array }
  /** 104, both ways: "I am still here". No data. */
  | { readonly type: "heartbeat" };

/** What message 101 grants: the text `address route dns dns dns`. docs/protocol.md#address-grant */
export type AddressGrant = {
  /** The address lent to the client. */
  readonly address: Ipv4Address;
  /** Where the client routes through the tunnel; `0.0.0.0` means everything. A route, not a mask. */
  readonly route: Ipv4Address;
  /** Always three DNS servers; a server that knows fewer repeats one. */
  readonly dns: readonly [Ipv4Address, Ipv4Address, Ipv4Address];
};

/** What a decoder found in the stream, in the order in which it stood there. */
export type DecoderEvent =
  | { readonly kind: "message"; readonly message: Message }
  /** A message of an unknown type, skipped by its length; the stream goes on. `length` is the whole message, as sent. */
  | { readonly kind: "ignored"; readonly type: number; readonly length: number }
  /** Framing is lost. Reported as soon as the five header bytes are there, and the last event that this decoder gives. */
  | { readonly kind: "error"; readonly error: { readonly reason: "bad-length"; readonly field: "length" } };

/**
 * Turns a TCP stream into messages. TCP keeps no message boundaries, so any chunking is accepted: half a header, ten messages at once,
 * an empty chunk. Buffers at most one message. After an `error` event it returns `[]` for ever.
 */
export type MessageDecoder = {
  /** The events that `chunk` completes. A message's bytes may be a view into `chunk`. Never throws. */
  readonly receive: (chunk: Uint8Array) => readonly DecoderEvent[];
};

/** An Ethernet II frame without preamble and frame check sequence. */
export type EthernetFrame = {
  readonly destination: MacAddress;
  readonly source: MacAddress;
  /** 0x0600 to 0xffff: 0x0800 is IPv4, 0x0806 ARP, 0x86dd IPv6. (Below 0x0600 it is an IEEE 802.3 length, and not Ethernet II.) */
  readonly etherType: number;
  /** With whatever padding the link added: only the payload's own length field can tell. */
  readonly payload: Uint8Array;
};

/** An ARP message for IPv4 over Ethernet (RFC 826). */
export type ArpMessage = {
  readonly operation: "request" | "reply";
  readonly senderMac: MacAddress;
  readonly senderIp: Ipv4Address;
  /** All zero in a request: that is the question. */
  readonly targetMac: MacAddress;
  readonly targetIp: Ipv4Address;
};

/** An IPv4 packet (RFC 791 section 3.1). Version, lengths and checksum are derived, so they are not here. */
export type Ipv4Packet = {
  /** 0 to 255, the whole byte (today: DSCP and ECN, RFC 2474 and RFC 3168). */
  readonly typeOfService: number;
  /** 0 to 65535. */
  readonly identification: number;
  readonly dontFragment: boolean;
  readonly moreFragments: boolean;
  /** In bytes, a multiple of 8, 0 to 65528. (On the wire it counts units of 8 bytes.) */
  readonly fragmentOffset: number;
  /** 0 to 255. */
  readonly timeToLive: number;
  /** 0 to 255: 1 is ICMP, 6 TCP, 17 UDP. */
  readonly protocol: number;
  readonly source: Ipv4Address;
  readonly destination: Ipv4Address;
  /** 0 to 40 bytes, a multiple of 4, as they stand on the wire. */
  readonly options: Uint8Array;
  readonly payload: Uint8Array;
};

/** Lab 1: bytes become meaning, and meaning bytes. */
export type Lab1 = {
  /** A message as bytes, ready to send. Throws a `RangeError` when the data would not fit 32 bits of length. */
  readonly encodeMessage: (message: Message) => Uint8Array;
  /**
   * `maxLength` is the longest whole message accepted, in bytes; a classic peer sends at most 4101 (5 + 4096).
   * Throws a `RangeError` unless it is a whole number of at least 5.
   */
  readonly createMessageDecoder: (limits: { readonly maxLength: number }) => MessageDecoder;
  /** The text of message 101: tolerant `parse`, exact `serialize`. */
  readonly addressGrant: Codec<AddressGrant>;
  /** RFC 1071: 0 to 65535, ready to be put into the header. Over bytes that hold their own right checksum it is 0. */
  readonly internetChecksum: (bytes: Uint8Array) => number;
  /** Header and payload of a frame as a TAP device gives it: 14 bytes, and what follows. */
  readonly ethernetFrame: Codec<EthernetFrame>;
  /** RFC 826, for IPv4 over Ethernet: 28 bytes. What stands behind them is link padding. */
  readonly arpMessage: Codec<ArpMessage>;
  /** RFC 791 section 3.1. What stands behind the total length is link padding. */
  readonly ipv4Packet: Codec<Ipv4Packet>;
};
