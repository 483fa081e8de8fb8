import { concat } from "#kit/bytes.ts";

const kinds = ["open", "opened", "data", "finish", "reset", "pause", "resume", "closed", "works", "pass"] as const;

/** What the grader and its relay tell each other about a connection. */
export type Frame = { readonly kind: (typeof kinds)[number]; readonly id: number; readonly bytes: Uint8Array };

/** Length of the bytes, number of the connection, kind. */
const header = 9;

export function writeFrame({ kind, id, bytes }: Frame): Uint8Array {
  const frame = new Uint8Array(header + bytes.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, bytes.length);
  view.setUint32(4, id);
  frame[8] = kinds.indexOf(kind);
  frame.set(bytes, header);
  return frame;
}

/** @returns a function that is given the stream chunk by chunk, and gives the frames that are whole. Both ends are the grader's own. */
export function createFrameReader(): (chunk: Uint8Array) => readonly Frame[] {
  let rest: Uint8Array = new Uint8Array();
  return (chunk) => {
    rest = rest.length === 0 ? chunk : concat(rest, chunk);
    const frames: Frame[] = [];
    for (;;) {
      if (rest.length < header) return frames;
      const view = new DataView(rest.buffer, rest.byteOffset);
      const end = header + view.getUint32(0);
      if (rest.length < end) return frames;
      const kind = kinds[view.getUint8(8)];
      if (kind === undefined) throw new Error("The relay has lost its place.");
      frames.push({ kind, id: view.getUint32(4), bytes: rest.slice(header, end) });
      rest = rest.subarray(end);
    }
  };
}
