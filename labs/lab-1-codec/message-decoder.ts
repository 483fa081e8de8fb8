import type { Lab1 } from "#contract/lab-1-codec.ts";
import { notImplemented } from "#kit/not-implemented.ts";

/**
 * Finds the messages in a TCP stream. TCP carries bytes, not messages: one chunk may hold half a header, or ten messages and a half.
 * The decoder gives each message out once its last byte has come, and keeps the beginning of the one that is not whole yet.
 *
 * Your task, for the message in front, once its five header bytes are there:
 *
 * 1. A length below 5 or above `maxLength` is an `error` event, at once. The decoder is dead after it: `[]` for ever. Only a 100 or a
 *    104 may announce 0 to 4: it is the five header bytes alone.
 * 2. When the last byte is there, a known type is a `message` event, an unknown one an `ignored` event. Data of a 100 or 104 is dropped.
 *
 * Traps: the length is unsigned. A message often ends where the chunk ends. The chunk is only borrowed: copy the cut message that you
 * keep, and nothing else. A `RangeError` when `maxLength` is not a whole number of at least 5.
 *
 * Handout: docs/lab-1-codec.md#the-message-decoder
 */
export const createMessageDecoder: Lab1["createMessageDecoder"] = (limits) => {
  // Your code here.
  return notImplemented("lab-1 message decoder", "docs/lab-1-codec.md#the-message-decoder");
};
