import type { Socket } from "node:net";
import type { Connection } from "#contract/lab-4-tun-server.ts";
import type { SessionId } from "#contract/vocabulary.ts";
import { formatEndpoint } from "./endpoint.ts";
import { createFinalSignal, createSignal } from "./signal.ts";
import type { WriteBatch } from "./write-batch.ts";

/**
 * A connected socket as the contract wants it.
 *
 * @param maxQueuedBytes how much may wait for a peer that reads slowly; what does not fit is dropped, as a router drops
 */
export function createTcpConnection(
  socket: Socket,
  id: SessionId,
  { batch, maxQueuedBytes }: { readonly batch: WriteBatch; readonly maxQueuedBytes: number },
): Connection {
  const received = createSignal<Uint8Array>();
  const closed = createFinalSignal<void>();
  let open = true;
  const remoteAddress = formatEndpoint({ host: socket.remoteAddress ?? "", port: socket.remotePort ?? 0 });

  const close = (): void => {
    if (!open) return;
    batch.flush();
    open = false;
    // What the system has taken is still sent. Waiting for a peer to read the rest would let it hold the socket for ever.
    socket.destroy();
  };
  // The peer's FIN. It may still read, but in this protocol who stops sending has left.
  socket.on("end", close);
  // A reset, or a broken path: "close" follows, and there is nothing to do about the reason.
  socket.on("error", () => {});
  socket.on("close", () => {
    open = false;
    closed.emit();
  });

  return {
    id,
    remoteAddress,
    onData: (listener) => {
      // A socket reads nothing before somebody listens. Node gives a Buffer, whose slice() is a view; a plain array's is a copy.
      if (!received.hasListener())
        socket.on("data", ({ buffer, byteOffset, length }: Buffer) => open && received.emit(new Uint8Array(buffer, byteOffset, length)));
      received.on(listener);
    },
    onClose: closed.on,
    write: (bytes) => {
      if (!open || socket.writableLength + batch.length() + bytes.length > maxQueuedBytes) return false;
      batch.add(bytes);
      return true;
    },
    close,
  };
}
