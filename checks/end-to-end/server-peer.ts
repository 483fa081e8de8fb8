import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { concat } from "#kit/bytes.ts";
import { counted } from "#kit/counted.ts";

/** A message as it stands on the wire: docs/protocol.md#messages. */
type WireMessage = { readonly type: number; readonly data: Buffer };

/** A client that speaks by hand-written bytes, apart from the labs. */
export type Peer = {
  readonly send: (bytes: Uint8Array) => void;
  /** The next message. Rejects when the connection ends before it. */
  readonly next: () => Promise<WireMessage>;
  /** The connection's end, by a FIN or a reset, whatever came before. */
  readonly closed: Promise<void>;
  readonly socket: Socket;
};

/** Connects to the server on this port of the loopback. */
export async function openPeer(port: number): Promise<Peer> {
  const socket = connect({ host: "::1", port });
  await once(socket, "connect");
  socket.setNoDelay(true);
  let bytes = Buffer.alloc(0);
  let over = false;
  let wake: (() => void) | undefined;
  socket.on("data", (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    wake?.();
  });
  const closed = new Promise<void>((resolve) => {
    socket.on("error", () => {});
    socket.on("close", () => {
      over = true;
      wake?.();
      resolve();
    });
  });
  const next = async (): Promise<WireMessage> => {
    for (;;) {
      const length = bytes.length < 5 ? 5 : bytes.readUInt32LE(0);
      if (bytes.length >= length) {
        const whole = bytes.subarray(0, length);
        bytes = bytes.subarray(length);
        return { type: whole.readUInt8(4), data: whole.subarray(5) };
      }
      if (over) throw new Error(`The connection ended after ${counted(bytes.length, "byte")} of a message.`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { send: (message) => void socket.write(message), next, closed, socket };
}

export function message(type: number, data: Uint8Array = new Uint8Array()): Uint8Array {
  const header = Buffer.alloc(5);
  header.writeUInt32LE(5 + data.length, 0);
  header.writeUInt8(type, 4);
  return concat(header, data);
}

/** Asks for an address and returns it. */
export async function askForAddress(peer: Peer): Promise<string> {
  peer.send(message(100));
  const { type, data } = await peer.next();
  if (type !== 101) throw new Error(`A message ${type} came in answer to 100.`);
  return data.toString("latin1").split(" ")[0] ?? "";
}
