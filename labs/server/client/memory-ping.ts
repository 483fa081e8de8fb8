import type { PacketDevice } from "#contract/lab-4-tun-server.ts";
import type { Ipv4Address, Millis } from "#contract/vocabulary.ts";
import { counted } from "#kit/counted.ts";
import { createMemoryHost } from "../memory-host/memory-host.ts";

export type MemoryPingOptions = {
  /** The far end of the client's in-memory link. */
  readonly device: PacketDevice;
  readonly from: Ipv4Address;
  readonly to: Ipv4Address;
  readonly count: number;
  /** Between two pings, and how long the last one is waited for. */
  readonly interval?: Millis;
  readonly print: (line: string) => void;
};

/** What the program `ping` sends: 56 bytes of data, the ICMP header and the IP header. */
const packetLength = 84;

/** Pings through a tunnel that ends in memory, and prints what the program `ping` would. Returns how many answers came. */
export async function memoryPing({ device, from, to, count, interval = 1000, print }: MemoryPingOptions): Promise<number> {
  const host = createMemoryHost(device, from);
  const times: number[] = [];
  print(`PING ${to} from ${from} through the tunnel, ${counted(packetLength, "byte")}`);
  for (let sequence = 1; sequence <= count; sequence++) {
    const sentAt = performance.now();
    const answered = new Promise<void>((resolve) => {
      host.ping(to, sequence, () => {
        times.push(performance.now() - sentAt);
        print(`${counted(packetLength, "byte")} from ${to}: icmp_seq=${sequence} time=${milliseconds(times.at(-1))} ms`);
        resolve();
      });
    });
    const pause = new Promise<void>((resolve) => setTimeout(resolve, interval));
    // The last ping need not be followed by a pause.
    await (sequence === count ? Promise.race([answered, pause]) : pause);
  }
  const lost = Math.round((100 * (count - times.length)) / count);
  print(`\n${count} packets transmitted, ${times.length} received, ${lost}% packet loss`);
  if (times.length > 0) {
    const average = times.reduce((sum, time) => sum + time, 0) / times.length;
    print(`rtt min/avg/max = ${[Math.min(...times), average, Math.max(...times)].map(milliseconds).join("/")} ms`);
  }
  return times.length;
}

function milliseconds(time: number | undefined): string {
  return (time ?? 0).toFixed(time !== undefined && time < 10 ? 2 : 0);
}
