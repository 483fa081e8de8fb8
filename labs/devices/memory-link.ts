import type { PacketDevice } from "#contract/lab-4-tun-server.ts";
import type { Millis } from "#contract/vocabulary.ts";
import type { FrameDevice } from "./frame-device.ts";
import { createWire, type WireConditions } from "./memory-wire.ts";
import { seededRandom } from "./seeded-random.ts";
import { createFinalSignal, createSignal } from "./signal.ts";

export type MemoryLinkOptions = Partial<WireConditions> & {
  /** The largest packet, in bytes. 1500 if left out. */
  readonly mtu?: number;
  /** Decides which packets are lost, doubled and reordered: the same seed and the same writes give the same deliveries. 1 if left out. */
  readonly seed?: number;
  /** Whether the event loop delivers what has arrived, soon after each write, as a real device does. `tick` still moves the clock. */
  readonly autoFlush?: boolean;
};

/**
 * Two devices joined by a cable in memory: what one writes arrives at the other, in batches. Its clock stands still between ticks, so
 * that a test decides when a packet arrives. Delivered bytes are overwritten after the call: they were only borrowed.
 */
export type MemoryLink<Device> = {
  readonly near: Device;
  readonly far: Device;
  /** `elapsed` milliseconds pass: delivers what arrives meanwhile, each packet at its time, also answers to it. */
  readonly tick: (elapsed: Millis) => void;
  /** Delivers what has arrived by now. What is written meanwhile waits for the next flush. */
  readonly flush: () => void;
  /** How many packets are under way, both directions together. */
  readonly inFlight: () => number;
  /** Takes both devices away, as when somebody deletes a TUN: both close, with the error if one is given. */
  readonly cut: (error?: Error) => void;
};

/** A link that carries IP packets. Throws a `RangeError` for conditions that cannot be. */
export function createMemoryLink(options: MemoryLinkOptions = {}): MemoryLink<PacketDevice> {
  return createLink(options, 0, ({ onBatch, ...end }) => ({ ...end, onPackets: onBatch }));
}

/** A link that carries Ethernet frames: `mtu` leaves out their header. Throws a `RangeError` for conditions that cannot be. */
export function createMemoryFrameLink(options: MemoryLinkOptions = {}): MemoryLink<FrameDevice> {
  return createLink(options, 18, ({ onBatch, ...end }) => ({ ...end, onFrames: onBatch }));
}

/** One end of the cable, whatever it carries. */
type End = Omit<PacketDevice, "onPackets"> & { readonly onBatch: PacketDevice["onPackets"] };

function createLink<Device>(options: MemoryLinkOptions, headerLength: number, deviceFor: (end: End) => Device): MemoryLink<Device> {
  const { mtu = 1500, seed = 1, autoFlush = false, ...conditions } = options;
  const { delay = 0, loss = 0, duplication = 0, reordering = 0, capacity = 1024 } = conditions;
  if (!Number.isInteger(delay) || delay < 0) throw new RangeError(`A delay of ${delay} ms: give a whole number of at least 0.`);
  for (const [name, chance] of Object.entries({ loss, duplication, reordering }))
    if (!(chance >= 0 && chance <= 1)) throw new RangeError(`A chance of ${name} of ${chance}: give a number from 0 to 1.`);

  let now: Millis = 0;
  let flushPending = false;

  /** One end: it sends into `send`, and its wire is joined on afterwards. */
  const createEnd = (send: (packet: Uint8Array) => boolean) => {
    const received = createSignal<readonly Uint8Array[]>();
    const closed = createFinalSignal<Error | undefined>();
    let open = true;
    const closeWith = (error: Error | undefined) => {
      open = false;
      closed.emit(error);
    };
    const end: End = {
      mtu,
      onBatch: received.on,
      onClose: closed.on,
      write: (packet) => {
        if (!open || packet.length === 0 || packet.length > mtu + headerLength || !send(packet)) return false;
        if (autoFlush && !flushPending) {
          flushPending = true;
          setImmediate(flushLater);
        }
        return true;
      },
      close: async () => closeWith(undefined),
    };
    return { end, receive: (batch: readonly Uint8Array[]) => open && received.emit(batch), closeWith };
  };

  const near = createEnd((packet) => outward.send(packet));
  const far = createEnd((packet) => inward.send(packet));
  const wireConditions = { delay, loss, duplication, reordering, capacity };
  const outward = createWire(wireConditions, seededRandom(seed), () => now, far.receive);
  const inward = createWire(wireConditions, seededRandom(~seed), () => now, near.receive);
  const nextArrival = () => Math.min(outward.nextArrival(), inward.nextArrival());

  const tick = (elapsed: Millis): void => {
    if (!Number.isInteger(elapsed) || elapsed < 0) throw new RangeError(`A tick of ${elapsed} ms: give a whole number of at least 0.`);
    const until = now + elapsed;
    for (;;) {
      now = Math.min(until, Math.max(now, nextArrival()));
      outward.deliver();
      inward.deliver();
      // Without a delay an answer arrives at the instant of the question, and two devices that answer each other would never end.
      if (delay === 0 || nextArrival() > until) break;
    }
    now = until;
  };
  const flushLater = () => {
    flushPending = false;
    tick(0);
  };
  const cut = (error?: Error) => {
    near.closeWith(error);
    far.closeWith(error);
  };
  const inFlight = () => outward.inFlight() + inward.inFlight();
  return { near: deviceFor(near.end), far: deviceFor(far.end), tick, flush: () => tick(0), inFlight, cut };
}
