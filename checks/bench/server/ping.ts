import { run, start } from "./child.ts";
import { iperf } from "./throughput.ts";
import type { Tunnel } from "./tunnels.ts";
import type { TwoHosts } from "./two-hosts.ts";

/** How long each answer took, in milliseconds, in the words of `ping`. */
export function pingTimesIn(output: string): readonly number[] {
  return [...output.matchAll(/ time=([\d.]+) ms/g)].map(([, time]) => Number(time));
}

/** From the client through the tunnel to the server, fifty times a second. */
export async function pingThrough({ onClientHost }: TwoHosts, tunnel: Tunnel, seconds: number): Promise<readonly number[]> {
  const count = Math.round(seconds * 50);
  return pingTimesIn(await run(...onClientHost, "ping", "-n", "-i", "0.02", "-c", `${count}`, "-W", "1", tunnel.serverAddress));
}

/** The same while a download takes all that the tunnel carries. */
export async function pingUnderLoad(hosts: TwoHosts, tunnel: Tunnel, seconds: number): Promise<readonly number[]> {
  // The download begins before the first ping, and is over soon after the last one.
  const load = start(iperf(hosts, tunnel, "download", seconds + 1));
  const times = await pingThrough(hosts, tunnel, seconds);
  await load.line((line) => line === "}");
  return times;
}
