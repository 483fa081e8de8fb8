import type { PacketDevice } from "#contract/lab-4-tun-server.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { createFinalSignal, createSignal } from "./signal.ts";

/** One packet of a capture. */
export type ReplayedPacket = {
  /** Since the beginning of the capture. */
  readonly atMicroseconds: number;
  readonly bytes: Uint8Array;
};

export type ReplayOptions = {
  /** Which packets arrive. A capture of a device holds both directions, and what was sent must not come back. All of them if left out. */
  readonly arrives?: (packet: Uint8Array) => boolean;
  /** Gets a copy of each packet that is written to the device. */
  readonly onWritten?: (packet: Uint8Array) => void;
  /** 65535 if left out. */
  readonly mtu?: number;
};

export type PcapReplay = {
  readonly device: PacketDevice;
  /** `elapsed` milliseconds pass: what was captured by then arrives. The first call, also with 0, brings what stands at the beginning. */
  readonly tick: (elapsed: Millis) => void;
  /** All that is left arrives, without waiting. */
  readonly finish: () => void;
  /** How many packets are left: assert it, so that an empty capture cannot pass for a good one. */
  readonly remaining: () => number;
};

/** How many packets arrive at once at most: what a real device delivers. */
const largestBatch = 128;

/** A device where the packets of a capture arrive, in the order of the capture. */
export function createPcapReplay(packets: readonly ReplayedPacket[], options: ReplayOptions = {}): PcapReplay {
  const { arrives = () => true, onWritten = () => {}, mtu = 65_535 } = options;
  const waiting = packets.filter(({ bytes }) => arrives(bytes));
  const received = createSignal<readonly Uint8Array[]>();
  const closed = createFinalSignal<Error | undefined>();
  let open = true;
  let next = 0;
  let nowMicroseconds = 0;

  /** Takes the packets that have arrived by then, at most a batch of them. */
  const takeUntil = (microseconds: number): Uint8Array[] => {
    const batch: Uint8Array[] = [];
    while (batch.length < largestBatch) {
      const packet = waiting[next];
      if (packet === undefined || packet.atMicroseconds > microseconds) break;
      // A copy: the capture stays as it is, whatever the listener does to it.
      batch.push(Uint8Array.from(packet.bytes));
      next++;
    }
    return batch;
  };
  const deliverUntil = (microseconds: number): void => {
    for (;;) {
      const batch = open ? takeUntil(microseconds) : [];
      if (batch.length === 0) return;
      received.emit(batch);
    }
  };

  return {
    device: {
      mtu,
      onPackets: received.on,
      onClose: closed.on,
      write: (packet) => {
        if (!open || packet.length === 0 || packet.length > mtu) return false;
        onWritten(Uint8Array.from(packet));
        return true;
      },
      close: async () => {
        open = false;
        closed.emit(undefined);
      },
    },
    tick: (elapsed) => {
      if (!Number.isInteger(elapsed) || elapsed < 0) throw new RangeError(`A tick of ${elapsed} ms: give a whole number of at least 0.`);
      nowMicroseconds += elapsed * 1000;
      deliverUntil(nowMicroseconds);
    },
    finish: () => deliverUntil(Number.POSITIVE_INFINITY),
    remaining: () => waiting.length - next,
  };
}
