import { setImmediate } from "node:timers/promises";
import type { Connection, Lab4, Listener, PacketDevice, ServerAction, ServerCore, Ticker } from "#contract/lab-4-tun-server.ts";
import type { Millis, SessionId } from "#contract/vocabulary.ts";
import { createBell } from "./bell.ts";

export type StageOptions = {
  /** Whether connections and the device take what is written. */
  readonly takes: boolean;
  /** Whether the listener can be closed. */
  readonly closes: boolean;
};

/**
 * The lab's shell on a stage: sockets, device, clock and core are scripted, so that what goes wrong rarely goes wrong when it should. It
 * stands on the lab's side of the channel and is told and asked in plain data.
 */
export type StagedShell = {
  readonly connect: (id: SessionId) => void;
  /** The client ends its connection. */
  readonly leave: (id: SessionId) => void;
  /** The clock ticks, and the core asks for these actions. */
  readonly tick: (elapsed: Millis, actions: readonly ServerAction[]) => void;
  readonly failAccept: () => void;
  /** Somebody deletes the device. */
  readonly deleteDevice: () => void;
  /** Calls stop() twice, at once, and tells of the first. */
  readonly stop: () => Promise<StagedEnd>;
  /** What the shell asked its surroundings for since the last time, in order. */
  readonly asked: () => readonly string[];
  /** What it says that it lost, or `undefined` when it cannot say so. */
  readonly losses: () => readonly (readonly [reason: string, count: number])[] | undefined;
};

type StagedEnd = {
  /** What became of the promise. */
  readonly ending: "ended" | "failed" | "pending";
  /** What was still being closed at that moment. */
  readonly closing: readonly string[];
};

/** A place for one listener. */
function place<Args extends readonly unknown[]>() {
  let listener: ((...args: Args) => void) | undefined;
  return { listen: (given: (...args: Args) => void) => void (listener = given), tell: (...args: Args) => listener?.(...args) };
}

export function stagedShellOf(runServer: Lab4["runServer"]): (options: StageOptions) => StagedShell {
  return ({ takes, closes }) => {
    let asked: string[] = [];
    let answer: readonly ServerAction[] = [];
    const [connections, failures, batches, ticks] = [place<[Connection]>(), place<[Error]>(), place<[Uint8Array[]]>(), place<[Millis]>()];
    const deviceEnd = place<[Error?]>();
    const clientEnds = new Map<SessionId, () => void>();
    const closing = new Set<string>();
    let deviceIsThere = true;
    const ask = (words: string) => void asked.push(words);
    /** It takes a moment, as with real ones. */
    const close = async (what: string) => {
      ask(`close ${what}`);
      closing.add(what);
      await setImmediate();
      closing.delete(what);
    };
    /** A device reports its end once, also one that it was asked for, and then at once. */
    const endDevice = (error?: Error) => {
      if (!deviceIsThere) return;
      deviceIsThere = false;
      deviceEnd.tell(error);
    };

    const listener: Listener = {
      address: "[::1]:5678",
      onError: failures.listen,
      onConnection: connections.listen,
      close: async () => {
        if (closes) return close("the listener");
        ask("close the listener");
        throw new Error("The listener does not close.");
      },
    };
    const tun: PacketDevice = {
      mtu: 1500,
      onPackets: batches.listen,
      onClose: deviceEnd.listen,
      write: () => {
        ask("write to the device");
        return takes;
      },
      close: () => {
        const closed = close("the device");
        endDevice();
        return closed;
      },
    };
    const ticker: Ticker = { onTick: ticks.listen, stop: () => ask("stop the clock") };
    const core: ServerCore = { connect: () => [], receive: () => [], disconnect: () => [], receiveFromTun: () => [], tick: () => answer };
    const server = runServer({ listener, tun, ticker, core });

    return {
      connect: (id) => {
        const closed = place<[]>();
        clientEnds.set(id, closed.tell);
        connections.tell({
          id,
          remoteAddress: "[2001:db8::1]:40000",
          onData: () => {},
          onClose: closed.listen,
          write: () => {
            ask(`write to client ${id}`);
            return takes;
          },
          close: () => {
            ask(`close client ${id}`);
            closed.tell();
          },
        });
      },
      leave: (id) => clientEnds.get(id)?.(),
      tick: (elapsed, actions) => {
        answer = actions;
        ticks.tell(elapsed);
      },
      failAccept: () => failures.tell(new Error("too many open files")),
      deleteDevice: () => endDevice(new Error("The device was deleted.")),
      stop: async () => {
        const bell = createBell();
        let told: StagedEnd | undefined;
        const end = (ending: StagedEnd["ending"]) => {
          told = { ending, closing: [...closing] };
          bell.ring();
        };
        server.stop().then(
          () => end("ended"),
          () => end("failed"),
        );
        server.stop().catch(() => undefined);
        await bell.until(() => told !== undefined);
        return told ?? { ending: "pending", closing: [...closing] };
      },
      asked: () => {
        const all = asked;
        asked = [];
        return all;
      },
      losses: () => {
        const { losses } = server as { readonly losses?: () => ReadonlyMap<string, number> };
        return losses && [...losses()];
      },
    };
  };
}
