import { longestMessage, messageHeader } from "./protocol-limits.ts";

/** Of a message 100 or 104 the server takes the header alone, whatever length from 0 to 4 it says: docs/protocol.md#tolerances */
const withoutData: readonly number[] = [100, 104];

/**
 * Counts the messages of one type in a connection's bytes, however they are cut. Bytes that make no message end the count: the server
 * closes such a connection.
 *
 * @returns how many messages of the type have begun in the chunk
 */
export function countMessages(type: number): (chunk: Uint8Array) => number {
  const header = new DataView(new ArrayBuffer(messageHeader));
  let headerLength = 0;
  /** How many bytes of the current message are still to come. */
  let left = 0;
  let isLost = false;

  return (chunk) => {
    let count = 0;
    for (let offset = 0; offset < chunk.length && !isLost; ) {
      if (left > 0) {
        const passed = Math.min(left, chunk.length - offset);
        left -= passed;
        offset += passed;
        continue;
      }
      header.setUint8(headerLength, chunk[offset] ?? 0);
      headerLength += 1;
      offset += 1;
      if (headerLength < messageHeader) continue;
      headerLength = 0;
      const found = header.getUint8(4);
      const length = withoutData.includes(found) ? Math.max(header.getUint32(0, true), messageHeader) : header.getUint32(0, true);
      isLost = length < messageHeader || length > longestMessage;
      left = length - messageHeader;
      if (!isLost && found === type) count += 1;
    }
    return count;
  };
}
