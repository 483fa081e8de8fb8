// BEGIN SOLUTION silent
import type { DecoderEvent, Lab1, Message } from "#contract/lab-1-codec.ts";
import { headerLength, typeNumbers } from "./message.ts";

// END SOLUTION
// STUB: import type { Lab1 } from "#contract/lab-1-codec.ts";
// STUB: import { notImplemented } from "#kit/not-implemented.ts";

// BEGIN SOLUTION silent
const nothing: Uint8Array = new Uint8Array(0);

/**
 * Where the bytes of the message in front stand: in the chunk at hand when the message lies whole in it (nothing is copied), else in
 * a copy, put together from the chunks that it was cut into.
 */
function createIntake() {
  let chunk = nothing;
  let offset = 0;
  let copy = nothing;
  let copied = 0;

  /** Moves bytes from the chunk to the copy until that holds `wanted`. */
  function keep(wanted: number): void {
    const part = chunk.subarray(offset, offset + Math.max(0, wanted - copied));
    if (copied + part.length > copy.length) {
      // Grows with what has arrived, at most twofold: a length that a hostile peer only announces costs nothing.
      const larger = new Uint8Array(Math.min(wanted, Math.max(copied + part.length, 2 * copy.length)));
      larger.set(copy);
      copy = larger;
    }
    copy.set(part, copied);
    copied += part.length;
    offset += part.length;
  }

  return {
    open(next: Uint8Array): void {
      chunk = next;
      offset = 0;
    },
    /** Whether the first `wanted` bytes of the message in front are there. When they are not, those that are there are kept. */
    has(wanted: number): boolean {
      if (copied === 0 && chunk.length - offset >= wanted) return true;
      keep(wanted);
      return copied >= wanted;
    },
    /** A byte of the message in front. */
    byte(index: number): number {
      return copied === 0 ? chunk[offset + index]! : copy[index]!;
    },
    /** The data of the message in front, which is whole and `length` bytes long; goes on behind it. */
    take(length: number): Uint8Array {
      if (copied > 0) {
        const data = copy.subarray(headerLength, length);
        // The copy now belongs to whoever gets the message: it is never written again.
        copy = nothing;
        copied = 0;
        return data;
      }
      offset += length;
      return chunk.subarray(offset - length + headerLength, offset);
    },
  };
}

type Intake = ReturnType<typeof createIntake>;

/** The length in bytes of the message in front, as its header announces it. */
function announcedLength(intake: Intake): number {
  // `>>> 0` makes it unsigned: otherwise a length of 2^31 and more would be negative.
  const length = (intake.byte(0) | (intake.byte(1) << 8) | (intake.byte(2) << 16) | (intake.byte(3) << 24)) >>> 0;
  const type = intake.byte(4);
  // Several public clients announce 0 to 4 for a message without data, and send the header alone.
  const headerOnly = length < headerLength && (type === typeNumbers["ip-request"] || type === typeNumbers.heartbeat);
  return headerOnly ? headerLength : length;
}

function messageOf(type: number, data: Uint8Array): Message | undefined {
  switch (type) {
    case typeNumbers["ip-request"]:
      return { type: "ip-request" };
    case typeNumbers["ip-response"]:
      return { type: "ip-response", data };
    case typeNumbers["internet-request"]:
      return { type: "internet-request", packet: data };
    case typeNumbers["internet-response"]:
      return { type: "internet-response", packet: data };
    case typeNumbers.heartbeat:
      return { type: "heartbeat" };
    default:
      return undefined;
  }
}

// END SOLUTION
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
  // BEGIN SOLUTION
  const { maxLength } = limits;
  if (!Number.isInteger(maxLength) || maxLength < headerLength)
    throw new RangeError(`maxLength is ${maxLength}, which is not a whole number of at least ${headerLength}.`);
  const intake = createIntake();
  let framingLost = false;

  /** The event of the message in front, or `undefined` when it is not all there. */
  function nextEvent(): DecoderEvent | undefined {
    if (!intake.has(headerLength)) return undefined;
    const length = announcedLength(intake);
    if (length < headerLength || length > maxLength) {
      framingLost = true;
      return { kind: "error", error: { reason: "bad-length", field: "length" } };
    }
    if (!intake.has(length)) return undefined;
    const type = intake.byte(4);
    const message = messageOf(type, intake.take(length));
    return message ? { kind: "message", message } : { kind: "ignored", type, length };
  }

  return {
    receive: (chunk) => {
      const events: DecoderEvent[] = [];
      intake.open(chunk);
      while (!framingLost) {
        const event = nextEvent();
        if (!event) break;
        events.push(event);
      }
      // The chunk was only borrowed.
      intake.open(nothing);
      return events;
    },
  };
  // END SOLUTION
  // STUB: return notImplemented("lab-1 message decoder", "docs/lab-1-codec.md#the-message-decoder");
};
