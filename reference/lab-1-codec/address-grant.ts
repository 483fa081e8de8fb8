import type { Lab1 } from "#contract/lab-1-codec.ts";
// BEGIN SOLUTION silent
import type { Ipv4Address, Parsed, WireError } from "#contract/vocabulary.ts";
import { isIpv4 } from "#kit/addresses.ts";

// END SOLUTION
// STUB: import { notImplemented } from "#kit/not-implemented.ts";

// BEGIN SOLUTION silent
const fields = ["address", "route", "dns", "dns", "dns"] as const;

const ascii = new TextDecoder("latin1");

function refuse(reason: WireError["reason"], field: string): Parsed<never> {
  return { ok: false, error: { reason, field } };
}

// END SOLUTION
/**
 * The data of message 101: the address that the server lends, and how to use it, as five words of ASCII text.
 *
 *     13.8.0.2 0.0.0.0 8.8.8.8 114.114.114.114 8.8.4.4
 *     address  route   dns     dns             dns
 *
 * Servers disagree about what stands between and behind the words, so `parse` is tolerant; `serialize` writes the one exact form.
 *
 * Handout: docs/lab-1-codec.md#address-grant
 */
export const addressGrant: Lab1["addressGrant"] = {
  /**
   * Your task: accept white space (space, tab, CR, LF) in front, behind, and in runs between the words. A NUL byte ends the text.
   * Fewer than five words are `truncated`. A word that `isIpv4` of the kit refuses is `malformed`, and so is a sixth word (field `dns`).
   */
  parse: (bytes) => {
    // BEGIN SOLUTION
    const nul = bytes.indexOf(0);
    const text = ascii.decode(nul < 0 ? bytes : bytes.subarray(0, nul));
    // Not \s: it would also split at a byte 0xa0, which is no ASCII.
    const words = text.match(/[^ \t\r\n]+/g) ?? [];
    if (words.length < fields.length) return refuse("truncated", fields[words.length]!);
    const wrong = words.findIndex((word, index) => index >= fields.length || !isIpv4(word));
    if (wrong >= 0) return refuse("malformed", fields[wrong] ?? "dns");
    const [address, route, ...dns] = words as [Ipv4Address, Ipv4Address, Ipv4Address, Ipv4Address, Ipv4Address];
    return { ok: true, value: { address, route, dns } };
    // END SOLUTION
    // STUB: return notImplemented("lab-1 address grant: parse", "docs/lab-1-codec.md#address-grant");
  },

  /** Your task: the five words, one space between two of them, nothing behind the last: no space, no newline, no NUL. */
  serialize: (grant) => {
    // BEGIN SOLUTION
    return new TextEncoder().encode([grant.address, grant.route, ...grant.dns].join(" "));
    // END SOLUTION
    // STUB: return notImplemented("lab-1 address grant: serialize", "docs/lab-1-codec.md#address-grant");
  },
};
