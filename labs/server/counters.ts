import type { CloseReason, Loss } from "./server-events.ts";
import { noTraffic, type Traffic } from "./user.ts";

/** What has happened since the server started. */
export type Counters = {
  connections: number;
  addressesLent: number;
  failedAccepts: number;
  readonly closes: Partial<Record<CloseReason, number>>;
  readonly losses: Partial<Record<Loss, number>>;
  /** Messages 104. */
  heartbeatsReceived: number;
  heartbeatsSent: number;
  readonly fromClients: Traffic;
  readonly toClients: Traffic;
};

export function createCounters(): Counters {
  return {
    connections: 0,
    addressesLent: 0,
    failedAccepts: 0,
    closes: {},
    losses: {},
    heartbeatsReceived: 0,
    heartbeatsSent: 0,
    fromClients: noTraffic(),
    toClients: noTraffic(),
  };
}

/** One more. */
export function increment<Name extends string>(counts: Partial<Record<Name, number>>, name: Name): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
