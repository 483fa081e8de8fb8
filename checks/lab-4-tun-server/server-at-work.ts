import type { Lab2 } from "#contract/lab-2-user-pool.ts";
import type { Connection, Lab4, Listener, Ticker } from "#contract/lab-4-tun-server.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { createManualTicker } from "#devices/manual-ticker.ts";
import { createMemoryLink } from "#devices/memory-link.ts";
import { listenTcp } from "#devices/tcp-listener.ts";
import { createBell } from "./bell.ts";
import { classicServer } from "./classic-server.ts";

export type ServerAtWorkOptions = {
  /** Bytes that may wait for one slow client. */
  readonly maxQueuedBytes: number;
};

/** Where a server listens, or why nothing can listen on this computer. */
type Listening =
  | { readonly listens: true; readonly host: string; readonly port: number }
  | { readonly listens: false; readonly why: readonly string[] };

/**
 * The lab's whole server at work: `runServer` with the lab's core, a real TCP socket, a link in memory in place of the TUN, and a clock that
 * stands still between ticks. It stands on the lab's side of the channel and is told and asked in plain data. A client needs none of
 * this: it connects to the socket, from whatever process.
 */
export type ServerAtWork = {
  readonly start: () => Promise<Listening>;
  readonly tick: (elapsed: Millis) => void;
  /** These packets come from the internet, as one batch. */
  readonly fromInternet: (packets: readonly Uint8Array[]) => void;
  /** Waits until at least so many packets have come to the internet, and gives all that have. Fewer when no more are coming. */
  readonly toInternet: (count: number) => Promise<readonly Uint8Array[]>;
  /** How many writes the connections have refused, since their clients read too slowly. */
  readonly refusedWrites: () => number;
  /** How many bytes each connection has taken, in the order in which they came. */
  readonly bytesTaken: () => readonly number[];
  /** Waits until each connection has heard at least so many bytes, or is closed. `false` when they do not. */
  readonly untilHeard: (count: number) => Promise<boolean>;
  /** Waits until no more than so many connections are open, and says how many are. More when no more are closed. */
  readonly untilOpen: (count: number) => Promise<number>;
  /** The TUN is deleted under the server. */
  readonly deleteDevice: () => void;
  /** Calls stop() twice, and waits for both: `false` when they do not end. */
  readonly stop: () => Promise<boolean>;
  /** What the server has not closed. */
  readonly stillOpen: () => readonly string[];
  /** Closes the socket, whatever the lab has done. */
  readonly end: () => Promise<void>;
};

/** ::1, or what a computer without it has. */
const loopbacks = ["[::1]:0", "[::ffff:127.0.0.1]:0"] as const;

export function serverAtWorkOf(lab: Lab2 & Lab4): (options: ServerAtWorkOptions) => ServerAtWork {
  return ({ maxQueuedBytes }) => {
    const { cidr, reserved, ...config } = classicServer;
    const link = createMemoryLink({ autoFlush: true });
    const clock = createManualTicker();
    const open = new Set(["the clock", "the device"]);
    const bell = createBell();
    let arrived: Uint8Array[] = [];
    let refused = 0;
    const taken: number[] = [];
    /** How many bytes each open connection has heard. */
    const heard = new Map<Connection, number>();
    let listener: Listener | undefined;
    let server: ReturnType<Lab4["runServer"]> | undefined;

    link.near.onClose(() => open.delete("the device"));
    link.far.onPackets((batch) => {
      for (const packet of batch) arrived.push(Uint8Array.from(packet));
      bell.ring();
    });
    /** Counts what it takes, and only lends what it reads: the bytes of a chunk are others after the call. */
    const underWatch = (connection: Connection): Connection => {
      const index = taken.push(0) - 1;
      heard.set(connection, 0);
      connection.onClose(() => {
        heard.delete(connection);
        bell.ring();
      });
      return {
        ...connection,
        onData: (listen) =>
          connection.onData((chunk) => {
            const lent = Uint8Array.from(chunk);
            const before = heard.get(connection);
            if (before !== undefined) heard.set(connection, before + lent.length);
            bell.ring();
            listen(lent);
            lent.fill(0xa5);
          }),
        write: (bytes) => {
          const takes = connection.write(bytes);
          if (takes) taken[index] = (taken[index] ?? 0) + bytes.length;
          else refused++;
          return takes;
        },
      };
    };
    const ticker: Ticker = {
      onTick: clock.onTick,
      stop: () => {
        open.delete("the clock");
        clock.stop();
      },
    };

    return {
      start: async () => {
        const found = await listenOnLoopback(maxQueuedBytes);
        if (!("address" in found)) return { listens: false, why: found };
        listener = { ...found, onConnection: (listen) => found.onConnection((connection) => listen(underWatch(connection))) };
        const sessions = lab.createSessionTable(lab.createAddressPool({ cidr, reserved }));
        server = lab.runServer({ listener, tun: link.near, ticker, core: lab.createServerCore({ ...config, sessions }) });
        const { host = "", port = "" } = /^\[(?<host>.*)\]:(?<port>\d+)$/.exec(listener.address)?.groups ?? {};
        return { listens: true, host, port: Number(port) };
      },
      tick: clock.tick,
      fromInternet: (packets) => {
        for (const packet of packets) link.far.write(packet);
      },
      toInternet: async (count) => {
        await bell.until(() => arrived.length >= count);
        const all = arrived;
        arrived = [];
        return all;
      },
      refusedWrites: () => refused,
      bytesTaken: () => [...taken],
      untilHeard: (count) => bell.until(() => [...heard.values()].every((bytes) => bytes >= count)),
      untilOpen: async (count) => {
        await bell.until(() => heard.size <= count);
        return heard.size;
      },
      deleteDevice: () => link.cut(new Error("The device was deleted.")),
      stop: async () => {
        let ended = false;
        let failure: { readonly reason: unknown } | undefined;
        Promise.all([server?.stop(), server?.stop()])
          .catch((reason: unknown) => {
            failure = { reason };
          })
          .finally(() => {
            ended = true;
            bell.ring();
          });
        await bell.until(() => ended);
        if (failure !== undefined) throw failure.reason;
        return ended;
      },
      stillOpen: () => [...open],
      end: async () => listener?.close(),
    };
  };
}

/** A listener, or the reasons why there can be none. */
async function listenOnLoopback(maxQueuedBytes: number): Promise<Listener | readonly string[]> {
  const why: string[] = [];
  for (const address of loopbacks) {
    try {
      return await listenTcp(address, { maxQueuedBytes });
    } catch (error) {
      why.push(error instanceof Error ? error.message : String(error));
    }
  }
  return why;
}
