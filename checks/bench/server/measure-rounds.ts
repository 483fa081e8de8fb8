import type { Sheet } from "./figures.ts";
import { measureMemory } from "./idle-clients.ts";
import { pingThrough, pingUnderLoad } from "./ping.ts";
import type { Programs } from "./programs.ts";
import { measureSmallPackets } from "./small-packets.ts";
import { quantile } from "./spread.ts";
import { measureThroughput } from "./throughput.ts";
import type { Tunnel } from "./tunnels.ts";
import type { TwoHosts } from "./two-hosts.ts";

const idleClients = 1000;

export type Plan = {
  readonly hosts: TwoHosts;
  readonly tunnels: readonly Tunnel[];
  /** `undefined`: without a C compiler. */
  readonly programs: Programs | undefined;
  readonly has: { readonly iperf: boolean; readonly ping: boolean };
  readonly rounds: number;
  readonly seconds: number;
  /** Hears what comes next. */
  readonly onProgress: (what: string) => void;
};

/** Measures everything that can be measured: the servers in turns, and another one first in each round. */
export async function measureRounds(plan: Plan, sheet: Sheet): Promise<void> {
  const { tunnels, rounds, onProgress } = plan;
  for (const tunnel of tunnels) {
    onProgress(`memory, ${tunnel.name}`);
    const { before, after } = await measureMemory(tunnel, idleClients);
    sheet.add("memory alone, MB", tunnel.name, before / 1e6);
    sheet.add("memory 1000 idle, MB", tunnel.name, after / 1e6);
  }
  for (const tunnel of tunnels) {
    onProgress(`warming up, ${tunnel.name}`);
    // JavaScript is compiled while it runs.
    await measureTraffic({ ...plan, seconds: 1 }, tunnel, undefined);
  }
  for (let round = 1; round <= rounds; round++) {
    for (const tunnel of round % 2 === 1 ? tunnels : tunnels.toReversed()) {
      onProgress(`round ${round} of ${rounds}, ${tunnel.name}`);
      await measureTraffic(plan, tunnel, sheet);
      await measurePing(plan, tunnel, sheet);
    }
  }
}

async function measureTraffic({ hosts, programs, has, seconds }: Plan, tunnel: Tunnel, sheet: Sheet | undefined): Promise<void> {
  const { name } = tunnel;
  for (const direction of ["upload", "download"] as const) {
    if (has.iperf) {
      const { megabitsPerSecond, cpuSecondsPerGigabyte } = await measureThroughput(hosts, tunnel, direction, seconds);
      sheet?.add(`${direction}, Mbit/s`, name, megabitsPerSecond);
      sheet?.add(`${direction} CPU, s/GB`, name, cpuSecondsPerGigabyte);
    }
    if (programs === undefined) continue;
    const { packetsPerSecond, cpuMicrosecondsPerPacket } = await measureSmallPackets(hosts, programs, tunnel, direction, seconds / 2);
    const way = direction === "upload" ? "up" : "down";
    sheet?.add(`small ${way}, 1000/s`, name, packetsPerSecond / 1000);
    sheet?.add(`small ${way} CPU, us`, name, cpuMicrosecondsPerPacket);
  }
}

async function measurePing({ hosts, has, seconds }: Plan, tunnel: Tunnel, sheet: Sheet): Promise<void> {
  if (!has.ping) return;
  const note = (what: "idle" | "loaded", times: readonly number[]): void => {
    const sorted = times.toSorted((a, b) => a - b);
    sheet.add(`ping ${what}, ms`, tunnel.name, quantile(sorted, 0.5));
    sheet.add(`ping ${what} 99 %, ms`, tunnel.name, quantile(sorted, 0.99));
  };
  note("idle", await pingThrough(hosts, tunnel, seconds / 2));
  if (has.iperf) note("loaded", await pingUnderLoad(hosts, tunnel, seconds / 2));
}
