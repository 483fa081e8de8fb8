import { setImmediate } from "node:timers/promises";
import type { Exam } from "#checks/harness/check.ts";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import { expectEqual, expectThat } from "#checks/harness/expect.ts";
import { fromLab, toLab } from "#checks/harness/story-packet.ts";
import { ipv4Layout } from "#checks/harness/wire/layouts.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { counted } from "#kit/counted.ts";
import type { CheckedLab4 } from "./checked-lab.ts";
import { describeMessageBytes, describePacket } from "./describe-traffic.ts";
import { connectLoopback, type LoopbackClient } from "./loopback-client.ts";
import { noConnection, noLoopback } from "./no-loopback.ts";
import { far, packetOfLength } from "./packets.ts";
import { joinServer, type ShellClient } from "./shell-client.ts";

/** The lab's server at work, the internet behind it, and its clients. */
export type ShellUnderCheck = {
  /** Connects, asks for an address and is lent one. */
  readonly join: () => Promise<ShellClient>;
  readonly tick: (elapsed: Millis) => Promise<void>;
  /** The internet sends these packets, as one batch. */
  readonly fromInternet: (...packets: readonly Uint8Array[]) => Promise<void>;
  /** These packets come to the internet next. */
  readonly expectAtInternet: (...packets: readonly Uint8Array[]) => Promise<void>;
  /** The internet sends packets to a client that reads nothing, until nothing more can wait for it. */
  readonly flood: (client: ShellClient) => Promise<void>;
  /** How many bytes the server's end of a client's connection has taken. */
  readonly bytesTaken: (client: ShellClient) => Promise<number>;
  /** Waits until the server has heard so many bytes on each connection: what is sent then is a chunk of its own. `false` when it does not. */
  readonly untilHeard: (count: number) => Promise<boolean>;
  /** Waits until no more than so many connections are open at the server's end: nobody tells a client that its reset has arrived. */
  readonly untilOpen: (count: number) => Promise<void>;
  readonly deleteDevice: () => Promise<void>;
  /** stop(), twice. Clock and device are closed afterwards. */
  readonly stop: () => Promise<void>;
  readonly expectNoConnections: () => Promise<void>;
};

/** Far more than a system keeps for one connection, in batches that alone fit into the smallest queue of the checks. */
const floodBatches = 600;
const floodBatch = 40;

/** Runs a check with the lab's server behind a real socket, and closes everything afterwards. What nobody has expected is a failure. */
export function withServer(
  run: (shell: ShellUnderCheck) => Promise<void>,
  options = { maxQueuedBytes: 1024 * 1024 },
): (exam: Exam<CheckedLab4>) => Promise<void> {
  return async ({ subject, story, loopback }) => {
    const server = await subject.createServerAtWork(options);
    const clients: { readonly name: string; readonly client: LoopbackClient }[] = [];
    const joined: ShellClient[] = [];
    const arrived: Uint8Array[] = [];

    try {
      story.tell("server", "runServer with a TCP socket, a link in memory as its TUN, and a clock that stands still");
      const listening = await server.start();
      if (!listening.listens) throw noLoopback(listening.why);
      const { host, port } = listening;
      if (host !== "::1") story.tell("server", `listens on ${host}: this computer has no ::1`);

      await run({
        join: async () => {
          const name = `client ${String.fromCharCode("a".charCodeAt(0) + clients.length)}`;
          const client = await connectLoopback(loopback, host, port);
          if (client === undefined) throw await noConnection(loopback, name, host);
          clients.push({ name, client });
          const shellClient = await joinServer(name, client, story);
          joined.push(shellClient);
          return shellClient;
        },
        tick: async (elapsed) => {
          story.advance(elapsed);
          story.tell("tick", `${elapsed} ms`);
          await server.tick(elapsed);
        },
        fromInternet: async (...packets) => {
          for (const packet of packets.slice(0, 3)) story.tell("internet", `sends ${describePacket(packet)}`, toLab("raw-ip", packet));
          if (packets.length > 3) story.tell("internet", `sends ${packets.length - 3} more in the same batch`);
          await server.fromInternet(packets);
        },
        expectAtInternet: async (...packets) => {
          arrived.push(...(await server.toInternet(packets.length - arrived.length)));
          for (const packet of packets) {
            const found = arrived.shift();
            const got = found && fromLab("raw-ip", found);
            if (found !== undefined) story.tell("internet", `gets ${describePacket(found)}`, got);
            story.compare(fromLab("raw-ip", packet), got);
            if (found === undefined) throw new CheckFailure(`expected ${describePacket(packet)} at the internet, but nothing came`);
            expectEqual(found, packet, "the packet at the internet", { layout: ipv4Layout });
          }
        },
        flood: async ({ address }) => {
          const batch = Array.from({ length: floodBatch }, () => packetOfLength(1400, far, address));
          story.tell("internet", `sends ${address} packets of 1400 bytes until nothing more can wait for it`);
          for (let sent = 0; sent < floodBatches && (await server.refusedWrites()) === 0; sent++) {
            await server.fromInternet(batch);
            await setImmediate();
          }
        },
        bytesTaken: async (client) => (await server.bytesTaken())[joined.indexOf(client)] ?? 0,
        untilHeard: server.untilHeard,
        untilOpen: async (count) => {
          const left = await server.untilOpen(count);
          expectThat(left <= count, `expected ${counted(count, "connection")} to be left at the server, but ${counted(left, "is", "are")}`);
        },
        deleteDevice: async () => {
          story.tell("device", "is deleted under the server");
          await server.deleteDevice();
        },
        stop: async () => {
          story.tell("stop", "called twice, at once");
          expectThat(await server.stop(), "expected both promises of stop() to end, but they do not");
          const open = await server.stillOpen();
          expectThat(open.length === 0, `expected everything to be closed after stop(), but still open: ${open.join(" and ")}`);
        },
        expectNoConnections: async () => {
          story.tell("connect", "once more");
          const client = await connectLoopback(loopback, host, port);
          if (client !== undefined) clients.push({ name: "the last client", client });
          expectThat(client === undefined, "expected the connection to be refused, but the server still listens");
        },
      });

      arrived.push(...(await server.toInternet(0)));
      expectThat(arrived.length === 0, `expected no more packets at the internet, but ${arrived.length} came`);
      for (const { name, client } of clients) if (!client.isClosed()) expectNoMore(name, client);
    } finally {
      for (const { client } of clients) client.reset();
      await server.end();
    }
  };
}

function expectNoMore(name: string, client: LoopbackClient): void {
  const [more] = client.waiting();
  expectThat(more === undefined, `expected nothing more for ${name}`, [
    { kind: "got", text: `got       ${describeMessageBytes(more ?? new Uint8Array())}` },
  ]);
}
