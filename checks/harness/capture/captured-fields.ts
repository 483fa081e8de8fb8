import { counted } from "#kit/counted.ts";
import { CaptureError } from "./capture-error.ts";

/** The bytes as numbers, once it is sure that `length` of them are there. Throws as `requireBytes` does. */
export function fieldsOf(bytes: Uint8Array, length: number, what: string): DataView {
  requireBytes(bytes, length, what);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Throws a `CaptureError` when fewer than `length` bytes are there; `what` is what they should have been. */
export function requireBytes(bytes: Uint8Array, length: number, what: string): void {
  if (bytes.length < length)
    throw new CaptureError(
      `A packet ends after ${bytes.length} of the ${counted(length, "byte")} of its ${what}; record whole packets (tcpdump -s 0).`,
    );
}
