import { setTimeout as delay } from "node:timers/promises";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { countAddresses } from "./count-addresses.ts";
import { faultsBetween } from "./faults.ts";
import type { Figures } from "./figures.ts";
import { type ServerInSoak, startServer } from "./server-in-soak.ts";
import { createTally, type SwarmOptions, type SwarmTally, swarm } from "./swarm.ts";

export type SoakOptions = Omit<SwarmOptions, "address"> & {
  /** Whose labs the server is made of: `reference`, `labs`, or a folder. */
  readonly from: string;
  readonly onPhase?: (words: string) => void;
};

export type SoakReport = {
  /** After the warm-up, when everybody has left; and in the end. Not there when it did not come to that. */
  readonly warm: Figures | undefined;
  readonly after: Figures | undefined;
  readonly tally: SwarmTally;
  readonly connections: number;
  readonly packets: number;
  /** What is wrong, in sentences. */
  readonly faults: readonly string[];
};

/** How soon a server must have noticed that everybody has left, and how often it is asked. */
const settlePatience: Millis = 3000;
const askAgainAfter: Millis = 50;

/**
 * Lets clients of every kind come and go, most of them badly behaved, and compares what the server holds after a warm-up (a third of the time)
 * with what it holds in the end.
 */
export async function soak({ from, onPhase = () => {}, ...options }: SoakOptions): Promise<SoakReport> {
  const { duration, seed, patience } = options;
  const server = await startServer(from);
  const tally = createTally();
  let warm: Figures | undefined;
  let after: Figures | undefined;
  let totals = { connections: 0, packets: 0 };
  const faults: string[] = [];
  try {
    onPhase("warming up");
    await swarm({ ...options, address: server.address, duration: duration / 3 }, createTally());
    warm = await settle(server, patience);
    onPhase("soaking");
    await swarm({ ...options, address: server.address, seed: seed + 1, duration: (duration * 2) / 3 }, tally);
    totals = await server.measure();
    after = await settle(server, patience, warm);
    faults.push(...faultsBetween(warm, after));
  } catch (error) {
    faults.push(await reasonOf(server, error));
  } finally {
    await server.stop();
  }
  return { warm, after, tally, connections: totals.connections, packets: totals.packets, faults };
}

/** What the server holds when everybody has left. All its addresses are lent once more for that, and given back. */
async function settle(server: ServerInSoak, patience: Millis, before?: Figures): Promise<Figures> {
  const addresses = await countAddresses(server.address, patience);
  const until = performance.now() + settlePatience;
  for (;;) {
    const figures = await server.measure();
    // A socket that is being closed is open for a moment more.
    const isSettled = figures.users === 0 && figures.handles <= (before?.handles ?? figures.handles);
    if (isSettled || performance.now() > until) return { ...figures, addresses };
    await delay(askAgainAfter);
  }
}

/** Why a soak ended early: a client that was not served, and mostly a server that is not there any more. */
async function reasonOf(server: ServerInSoak, error: unknown): Promise<string> {
  await Promise.race([server.ended, delay(500)]);
  const ending = server.ending();
  if (ending !== undefined) return `the server has ended: ${ending}`;
  if (error instanceof CheckFailure) return error.message;
  throw error;
}
