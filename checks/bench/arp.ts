import { performance } from "node:perf_hooks";
import { hearFromMany, station } from "#checks/lab-5-arp-interface/floods.ts";
import { carries, isAt, whoHas } from "#checks/lab-5-arp-interface/frames.ts";
import { type Host, us } from "#checks/lab-5-arp-interface/hosts.ts";
import { packet } from "#checks/lab-5-arp-interface/packets.ts";
import type { EthernetFrame } from "#contract/lab-1-codec.ts";
import type { NetworkInterface } from "#contract/lab-5-arp-interface.ts";
import { createNetworkInterface } from "#lab-5/network-interface.ts";
import { measure, type Row } from "./measure.ts";

/** A small link, and a very large one. */
const sizes = [10, 10_000] as const;

/** Frames in one measured run. */
const frames = 2_000;

/** Ticks of a millisecond in one measured run, and how often it is repeated. All of them are less than a mapping's life. */
const ticks = 10_000;
const rounds = 11;

const ping = packet("", { payload: new Uint8Array(64) });

/** What each frame costs on a small and on a large link, and what time costs. `--from labs` measures the student's. */
export async function run(): Promise<number> {
  console.log(`\n${frames} frames in a row, each to or from another neighbour: frames a second\n`);
  console.log(line(["", ...sizes.map((size) => `${size} known`), "ratio"]));
  for (const [name, taskFor] of Object.entries(tasks)) {
    const rows = await measure(Object.fromEntries(sizes.map((size) => [`${size}`, taskFor(size)])), { bytes: 0, items: frames });
    console.log(line([name, ...rows.map(perSecond), `${rows.at(-1)?.ratio.toFixed(2)} x`]));
  }
  console.log("\nTime: nanoseconds\n");
  console.log(line(["", ...sizes.map((size) => `${size} known`), "ratio"]));
  for (const [name, costOf] of Object.entries(times)) {
    // In turns, and once for nothing: the compiler is at work.
    const costs = Array.from({ length: rounds + 1 }, () => sizes.map(costOf)).slice(1);
    const [small = 0, large = 0] = sizes.map((_, index) => Math.min(...costs.map((round) => round[index] ?? 0)));
    console.log(line([name, small.toFixed(1), large.toFixed(1), `${(large / small).toFixed(2)} x`]));
  }
  return 0;
}

const tasks: Readonly<Record<string, (neighbours: number) => () => void>> = {
  "send a packet": (neighbours) => {
    const networkInterface = knowing(neighbours);
    return inTurn(
      ofAll(neighbours, ({ ip }) => ip),
      1,
      (nextHop) => networkInterface.send(ping, nextHop),
    );
  },
  "receive a packet": (neighbours) => receiving(neighbours, 1, [carries(ping)]),
  "receive a request, and answer": (neighbours) =>
    receiving(
      neighbours,
      1,
      ofAll(neighbours, (asker) => whoHas(us.ip, asker)),
    ),
  "receive a reply": (neighbours) => receiving(neighbours, 0, ofAll(neighbours, isAt)),
  // Ten entries stay in the processor's nearest cache, and ten thousand do not: this much of a ratio is the memory's.
  "for comparison, look up in a Map": (neighbours) => {
    const table = new Map(Array.from({ length: neighbours }, (_, index) => [station(index).ip, [index]]));
    return inTurn(
      ofAll(neighbours, ({ ip }) => ip),
      1,
      (nextHop) => table.get(nextHop) ?? [],
    );
  },
};

/** Nanoseconds. */
const times: Readonly<Record<string, (neighbours: number) => number>> = {
  "a tick of 1 ms": (neighbours) => {
    const networkInterface = knowing(neighbours);
    const started = performance.now();
    for (let tick = 0; tick < ticks; tick++) networkInterface.tick(1);
    return ((performance.now() - started) * 1e6) / ticks;
  },
  "the last tick, for each mapping": (neighbours) => {
    const networkInterface = knowing(neighbours);
    const started = performance.now();
    networkInterface.tick(30_000);
    return ((performance.now() - started) * 1e6) / neighbours;
  },
};

function receiving(neighbours: number, actions: number, heard: readonly EthernetFrame[]): () => void {
  const networkInterface = knowing(neighbours);
  return inTurn(heard, actions, (frame) => networkInterface.receive(frame));
}

/** Something of each neighbour, in an order of no pattern: the table is asked for another part of itself each time. */
function ofAll<T>(neighbours: number, make: (neighbour: Host) => T): readonly T[] {
  return Array.from({ length: neighbours }, (_, index) => make(station((index * 7919) % neighbours)));
}

/** A task that goes through the items again and again. Each must give so many actions, of one frame or packet. */
function inTurn<T>(items: readonly T[], actions: number, act: (item: T) => readonly unknown[]): () => void {
  let at = 0;
  return () => {
    for (let frame = 0; frame < frames; frame++) {
      at = (at + 1) % items.length;
      if (act(items[at] as T).length !== actions) throw new Error("The interface did something else than it was measured for.");
    }
  };
}

function knowing(neighbours: number): NetworkInterface {
  const networkInterface = createNetworkInterface(us);
  learnAll(networkInterface, neighbours);
  return networkInterface;
}

function learnAll(networkInterface: NetworkInterface, neighbours: number): void {
  hearFromMany(networkInterface, { frame: isAt(us), count: neighbours });
}

function perSecond({ itemsPerSecond }: Row): string {
  return itemsPerSecond >= 1e6 ? `${(itemsPerSecond / 1e6).toFixed(2)} M` : `${(itemsPerSecond / 1e3).toFixed(0)} k`;
}

function line([name = "", ...cells]: readonly string[]): string {
  return `  ${name.padEnd(34)}${cells.map((cell) => cell.padStart(13)).join("")}`;
}
