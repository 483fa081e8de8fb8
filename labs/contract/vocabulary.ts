/**
 * The words that every lab shares. Types only: nothing in this folder runs.
 *
 * Three rules hold for every function of every lab:
 *
 * - **Borrowed in, given out.** The bytes that a function is given are valid only during the call; copy what you keep.
 *   (A check overwrites every input with 0xa5 afterwards.) What a function returns belongs to the caller.
 * - **Whose fault?** Bytes that came from the network are never a reason to throw: refuse them with a returned `WireError`.
 *   A caller who misuses a function (a negative time, an address outside the pool) gets a thrown `TypeError` or `RangeError`.
 * - **No clock.** Time is an argument, always a duration in milliseconds.
 */

declare const brand: unique symbol;
type Branded<T, Name> = T & { readonly [brand]: Name };

/** An IPv4 address in its one canonical spelling: dotted decimal, no leading zeros, `"13.8.0.2"`. Make one with `ipv4()` of the kit. */
export type Ipv4Address = Branded<string, "Ipv4Address">;

/** A MAC address, lower case with colons: `"02:00:00:00:00:01"`. Make one with `mac()` of the kit. */
export type MacAddress = Branded<string, "MacAddress">;

/** Names one TCP connection. Never reused, also not after the connection has closed. */
export type SessionId = Branded<number, "SessionId">;

/** A duration in whole milliseconds. */
export type Millis = number;

/**
 * Why bytes were refused.
 *
 * | reason | meaning |
 * |---|---|
 * | `truncated` | the bytes end before the header or the length it announces does |
 * | `bad-length` | a length field contradicts the format, whatever follows |
 * | `bad-version` | the version field is not the one this parser is for |
 * | `bad-checksum` | the checksum does not fit the bytes |
 * | `malformed` | a field holds what it must not hold |
 * | `unsupported` | well formed, but of a kind that this parser leaves to others |
 */
export type WireError = {
  readonly reason: "truncated" | "bad-length" | "bad-version" | "bad-checksum" | "malformed" | "unsupported";
  /** The field, by the name it has in the RFC, in camelCase: `headerChecksum`. */
  readonly field: string;
};

/** What a parser returns: a value, or the reason why there is none. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: WireError };

/**
 * One format, both directions.
 *
 * Laws: `parse(serialize(v))` gives `v`; `serialize(parse(b))` gives `b`, apart from link padding behind it.
 * `parse` returns payloads as views into `bytes`, not as copies, and never throws. `serialize` returns a new array and
 * throws a `RangeError` for a value that the format cannot carry.
 */
export type Codec<T> = {
  readonly parse: (bytes: Uint8Array) => Parsed<T>;
  readonly serialize: (value: T) => Uint8Array;
};
