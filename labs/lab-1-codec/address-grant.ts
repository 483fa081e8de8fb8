import type { Lab1 } from "#contract/lab-1-codec.ts";
import { notImplemented } from "#kit/not-implemented.ts";

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
    // Your code here.
    return notImplemented("lab-1 address grant: parse", "docs/lab-1-codec.md#address-grant");
  },

  /** Your task: the five words, one space between two of them, nothing behind the last: no space, no newline, no NUL. */
  serialize: (grant) => {
    // Your code here.
    return notImplemented("lab-1 address grant: serialize", "docs/lab-1-codec.md#address-grant");
  },
};
