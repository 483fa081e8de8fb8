import type { CloseReason, Loss, Traffic } from "./server-events.ts";

/** What has happened since the server started. */
export type Counters = {
  connections: number;
  addressesLent: number;
  failedAccepts: number;
  readonly closes: Partial<Record<CloseReason, number>>;
  readonly losses: Partial<Record<Loss, number>>;
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
    fromClients: noTraffic(),
    toClients: noTraffic(),
  };
}

export function noTraffic(): Traffic {
  return { packets: 0, bytes: 0 };
}

/** One more. */
export function increment<Name extends string>(counts: Partial<Record<Name, number>>, name: Name): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

export function addPacket(traffic: Traffic, bytes: number): void {
  traffic.packets += 1;
  traffic.bytes += bytes;
}
