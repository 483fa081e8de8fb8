// Messages as they stand on the wire, written and read apart from the labs: what judges a server must not share its mistakes.

/** The bytes in front of a message's data. docs/protocol.md#messages */
export const messageHeader = 5;

/** The longest whole message, in bytes. */
export const longestMessage = 4101;

export const ipRequest = 100;
export const ipResponse = 101;
export const internetRequest = 102;
export const internetResponse = 103;
export const heartbeat = 104;

const nothing = new Uint8Array(0);

/** A message as it should be. */
export function message(type: number, data: Uint8Array = nothing): Uint8Array {
  return lyingMessage(messageHeader + data.length, type, data);
}

/** A message whose length field says whatever it is told to say; -1 is written as `ff ff ff ff`. */
export function lyingMessage(length: number, type: number, data: Uint8Array = nothing): Uint8Array {
  const bytes = Buffer.alloc(messageHeader + data.length);
  bytes.writeUInt32LE(length >>> 0, 0);
  bytes.writeUInt8(type, 4);
  bytes.set(data, messageHeader);
  return bytes;
}

/** A whole message that came from the server. */
export type ServerMessage = {
  readonly type: number;
  readonly data: Uint8Array;
  /** When its last byte was read: milliseconds on the suite's own clock. */
  readonly at: number;
};

/** Why the server's bytes cannot be read any further. */
export type FramingFault = { readonly length: number; readonly bytes: Uint8Array; readonly before: number };

/** How many bytes are kept of a stream that cannot be read, for the failure's hexdump. */
const keptOfFault = 48;

/** Finds the messages in what the server sends. After the first wrong length it finds nothing more. */
export function createMessageReader(): {
  readonly read: (chunk: Uint8Array, at: number) => readonly ServerMessage[];
  readonly fault: () => FramingFault | undefined;
} {
  let waiting = Buffer.alloc(0);
  let before = 0;
  let fault: FramingFault | undefined;

  function read(chunk: Uint8Array, at: number): readonly ServerMessage[] {
    if (fault !== undefined) return [];
    const bytes = Buffer.concat([waiting, chunk]);
    const messages: ServerMessage[] = [];
    let start = 0;
    while (bytes.length - start >= messageHeader) {
      const length = bytes.readUInt32LE(start);
      if (length < messageHeader || length > longestMessage) {
        fault = { length, bytes: new Uint8Array(bytes.subarray(start, start + keptOfFault)), before };
        return messages;
      }
      if (bytes.length - start < length) break;
      const data = new Uint8Array(bytes.subarray(start + messageHeader, start + length));
      messages.push({ type: bytes.readUInt8(start + 4), data, at });
      start += length;
      before++;
    }
    waiting = Buffer.from(bytes.subarray(start));
    return messages;
  }

  return { read, fault: () => fault };
}
