import type { Millis } from "#contract/vocabulary.ts";

/** What happens to packets on their way. Chances are from 0 (never) to 1 (always). */
export type WireConditions = {
  /** How long each packet is under way. */
  readonly delay: Millis;
  /** The chance that a packet is lost. */
  readonly loss: number;
  /** The chance that a packet arrives twice. */
  readonly duplication: number;
  /** The chance that a packet overtakes the one before it, if that one is still under way. */
  readonly reordering: number;
  /** How many packets are under way at most; more are dropped. */
  readonly capacity: number;
};

/** One direction of an in-memory link. */
export type Wire = {
  /** Takes a copy of the packet. `false` when too many are under way. (A packet that gets lost was sent: `true`.) */
  readonly send: (packet: Uint8Array) => boolean;
  /** Hands over, as one batch, what has arrived by now. What the receiver sends meanwhile is not part of it. */
  readonly deliver: () => void;
  /** When the next packet arrives; `Infinity` when none is under way. */
  readonly nextArrival: () => Millis;
  readonly inFlight: () => number;
};

/** What borrowed bytes are overwritten with afterwards: whoever kept a view instead of a copy finds out at once. */
const poison = 0xa5;

/**
 * @param random gives the next number from 0 to below 1; each packet takes three, whatever the conditions
 * @param now the link's clock
 * @param receive gets each batch
 */
export function createWire(
  conditions: WireConditions,
  random: () => number,
  now: () => Millis,
  receive: (batch: readonly Uint8Array[]) => void,
): Wire {
  // All packets take equally long, so the queue is in order of arrival.
  let queue: { arrives: Millis; packet: Uint8Array }[] = [];

  const send = (packet: Uint8Array): boolean => {
    const [lost, doubled, overtakes] = [random() < conditions.loss, random() < conditions.duplication, random() < conditions.reordering];
    if (queue.length >= conditions.capacity) return false;
    if (lost) return true;
    const arrives = now() + conditions.delay;
    queue.push({ arrives, packet: Uint8Array.from(packet) });
    if (overtakes) swapPackets(queue.at(-2), queue.at(-1));
    if (doubled && queue.length < conditions.capacity) queue.push({ arrives, packet: Uint8Array.from(packet) });
    return true;
  };

  const deliver = (): void => {
    const later = queue.findIndex(({ arrives }) => arrives > now());
    const due = later === -1 ? queue : queue.slice(0, later);
    if (due.length === 0) return;
    queue = later === -1 ? [] : queue.slice(later);
    const batch = due.map(({ packet }) => packet);
    receive(batch);
    for (const packet of batch) packet.fill(poison);
  };

  return { send, deliver, nextArrival: () => queue[0]?.arrives ?? Number.POSITIVE_INFINITY, inFlight: () => queue.length };
}

/** Only the packets change places: the queue stays in order of arrival. */
function swapPackets(a: { packet: Uint8Array } | undefined, b: { packet: Uint8Array } | undefined): void {
  if (a !== undefined && b !== undefined) [a.packet, b.packet] = [b.packet, a.packet];
}
