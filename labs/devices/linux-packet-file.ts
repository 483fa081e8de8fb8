import { closeSync } from "node:fs";
import { constants } from "node:os";
import { DeviceError } from "./device-error.ts";
import type { Libc } from "./linux-libc.ts";
import { createFinalSignal, createSignal, type Signal } from "./signal.ts";

/** The largest packet: 65535 bytes, and what Ethernet puts before them. A smaller read would cut a packet, and the rest would be lost. */
const largestPacket = 65_535 + 18;

/** How many packets are read in one turn of the event loop. The sockets get their turn in between. */
const largestBatch = 128;

/** One piece of memory for a whole batch; a batch of large packets ends sooner. */
const batchMemory = 512 * 1024;

const { EAGAIN, EINTR, EIO } = constants.errno;

/** The packets of an open TUN or TAP file. */
export type PacketFile = {
  /** Reading starts when somebody listens; until then packets wait in the kernel's queue. */
  readonly onBatch: (listener: (batch: readonly Uint8Array[]) => void) => void;
  readonly onClose: Signal<Error | undefined>["on"];
  /** Hears of what the device survives. */
  readonly onWarning: Signal<DeviceError>["on"];
  readonly write: (packet: Uint8Array) => boolean;
  readonly close: () => void;
};

/**
 * Reads and writes packets, whatever they are: one `read` is one packet, one `write` is one packet. (A file that was opened with an offload
 * header, IFF_VNET_HDR, carries several segments at once: reading and writing those would be another `PacketFile`, and nothing else would change.)
 *
 * @param descriptor a non-blocking TUN or TAP file, attached to the interface `name`; it is closed with the packet file
 */
export function createPacketFile(libc: Libc, descriptor: number, name: string): PacketFile {
  const batches = createSignal<readonly Uint8Array[]>();
  const closed = createFinalSignal<Error | undefined>();
  const warned = createSignal<DeviceError>();
  const memory = new Uint8Array(batchMemory);
  const memoryAddress = libc.addressOf(memory);
  let open = true;
  let readPending = false;
  let toldDown = false;

  const closeWith = (error: Error | undefined): void => {
    if (!open) return;
    open = false;
    watch.close();
    closeSync(descriptor);
    closed.emit(error);
  };

  const readBatch = (): void => {
    readPending = false;
    if (!open) return;
    const batch: Uint8Array[] = [];
    let offset = 0;
    let result = 0;
    while (batch.length < largestBatch && offset + largestPacket <= batchMemory) {
      result = libc.read(descriptor, memoryAddress + offset, largestPacket);
      if (result <= 0) break;
      batch.push(new Uint8Array(memory.buffer, offset, result));
      offset += result;
    }
    if (batch.length > 0) batches.emit(batch);
    if (result < 0 && result !== -EAGAIN && result !== -EINTR) closeWith(readError(libc, name, result));
  };

  // Nothing is read in the callback itself: Node does not know of it. An exception in it would vanish, and microtasks would wait for
  // somebody else. The immediates come next.
  const watch = libc.watch(descriptor, (usable) => {
    if (!usable) setImmediate(() => closeWith(deviceDeleted(name)));
    else if (!readPending) {
      readPending = true;
      setImmediate(readBatch);
    }
  });

  return {
    onBatch: (listener) => {
      if (open && !batches.hasListener()) watch.startReading();
      batches.on(listener);
    },
    onClose: closed.on,
    onWarning: warned.on,
    write: (packet) => {
      if (!open) return false;
      const result = libc.write(descriptor, packet, packet.length);
      if (result >= 0) toldDown = false;
      else if (result === -EIO && !toldDown) {
        toldDown = true;
        warned.emit(
          new DeviceError("interface-down", `${name} is down, so packets for it are dropped; set it up: ip link set ${name} up.`),
        );
      }
      return result >= 0;
    },
    close: () => closeWith(undefined),
  };
}

function deviceDeleted(name: string): DeviceError {
  return new DeviceError("device-deleted", `The network device ${name} was deleted while it was in use; start again to make a new one.`);
}

function readError(libc: Libc, name: string, result: number): DeviceError {
  const reason = libc.errorName(result);
  return reason === "EBADFD"
    ? deviceDeleted(name)
    : new DeviceError("read-failed", `Reading from ${name} failed with ${reason}; start again to make a new device.`);
}
