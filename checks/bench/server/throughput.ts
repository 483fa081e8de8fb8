import { run } from "./child.ts";
import { cpuSeconds } from "./processes.ts";
import type { Tunnel } from "./tunnels.ts";
import type { TwoHosts } from "./two-hosts.ts";

/** Upload: client to server. */
export type Direction = "upload" | "download";

export type Throughput = {
  readonly megabitsPerSecond: number;
  /** CPU time of the server for 10^9 bytes that arrived. */
  readonly cpuSecondsPerGigabyte: number;
};

/** What iperf3 says of a run: what arrived, and how long it took. */
export function receivedIn(json: string): { readonly bytes: number; readonly seconds: number } {
  const { end, error } = JSON.parse(json);
  if (error !== undefined) throw new Error(`iperf3: ${error}`);
  const { bytes, seconds } = end.sum_received;
  return { bytes, seconds };
}

/** The command for one TCP connection through the tunnel, as fast as it goes. */
export function iperf({ onClientHost }: TwoHosts, tunnel: Tunnel, direction: Direction, seconds: number): readonly string[] {
  const reverse = direction === "download" ? ["--reverse"] : [];
  return [...onClientHost, "iperf3", "--client", tunnel.serverAddress, "--time", `${seconds}`, ...reverse, "--json"];
}

export async function measureThroughput(hosts: TwoHosts, tunnel: Tunnel, direction: Direction, seconds: number): Promise<Throughput> {
  const cpuBefore = cpuSeconds(tunnel.pid);
  const received = receivedIn(await run(...iperf(hosts, tunnel, direction, seconds)));
  const cpu = cpuSeconds(tunnel.pid) - cpuBefore;
  return {
    megabitsPerSecond: (received.bytes * 8) / received.seconds / 1e6,
    cpuSecondsPerGigabyte: cpu / (received.bytes / 1e9),
  };
}
