import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { run } from "./child.ts";
import { cpuSeconds, receivedPackets } from "./processes.ts";
import type { Programs } from "./programs.ts";
import type { Direction } from "./throughput.ts";
import type { Tunnel } from "./tunnels.ts";
import type { TwoHosts } from "./two-hosts.ts";

export type PacketRate = {
  readonly packetsPerSecond: number;
  /** CPU time of the server for a packet that came through. */
  readonly cpuMicrosecondsPerPacket: number;
};

/** The whole IPv4 packet, in bytes. */
export const smallPacket = 100;

/** Sends more small packets than the tunnel carries, and counts those that come out at its other end. */
export async function measureSmallPackets(
  hosts: TwoHosts,
  { udpFlood }: Programs,
  tunnel: Tunnel,
  direction: Direction,
  seconds: number,
): Promise<PacketRate> {
  const { within, to, file, device } =
    direction === "upload"
      ? { within: hosts.onClientHost, to: tunnel.nowhere, file: "/proc/self/net/dev", device: tunnel.serverDevice }
      : { within: [], to: tunnel.clientAddress, file: hosts.clientDevices, device: tunnel.clientDevice };
  const before = { packets: receivedPackets(file, device), cpu: cpuSeconds(tunnel.pid), at: performance.now() };
  await run(...within, udpFlood, to, `${smallPacket}`, `${seconds}`);
  const packets = receivedPackets(file, device) - before.packets;
  const rate = {
    packetsPerSecond: packets / ((performance.now() - before.at) / 1000),
    cpuMicrosecondsPerPacket: ((cpuSeconds(tunnel.pid) - before.cpu) * 1e6) / packets,
  };
  await untilStill(() => receivedPackets(file, device));
  return rate;
}

/** What waits in the queues must not disturb the next measurement. */
async function untilStill(count: () => number): Promise<void> {
  for (let before = -1; before !== count(); ) {
    before = count();
    await pause(50);
  }
}
