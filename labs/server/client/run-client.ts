import type { AddressGrant, Message, MessageDecoder } from "#contract/lab-1-codec.ts";
import type { Connection, PacketDevice, Ticker } from "#contract/lab-4-tun-server.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { createFinalSignal } from "#devices/signal.ts";
import { encodeMessage } from "#lab-1/message.ts";
import { createMessageDecoder } from "#lab-1/message-decoder.ts";
import { longestMessage } from "../protocol-limits.ts";
import { type ClientAction, createClientCore } from "./client-core.ts";
import { explainGiveUp } from "./explain-give-up.ts";
import { TunnelError } from "./tunnel-error.ts";

/** docs/protocol.md#the-client */
const sendEvery: Millis = 20_000;
const deadAfter: Millis = 60_000;

/** What is kept of the server's first bytes, to tell what it speaks: one message of every dialect fits. */
const firstBytesKept = 4104;

/** What has passed so far. */
export type ClientCounters = {
  readonly sent: { packets: number; bytes: number };
  readonly received: { packets: number; bytes: number };
  /** Thrown away, by reason. */
  readonly losses: Record<string, number>;
};

export type ClientParts = {
  readonly connection: Connection;
  readonly tun: PacketDevice;
  readonly ticker: Ticker;
  /** The address that was connected to, for the sentences. */
  readonly server: string;
  /** How long the server may take to answer the address request. */
  readonly timeout: Millis;
  /** Sets the device up. What it throws ends the client. */
  readonly useGrant: (grant: AddressGrant) => void;
  /** Sees every message that passes. The packet in it is valid only during the call. */
  readonly onMessage?: (direction: "sent" | "received", message: Message) => void;
};

export type RunningClient = {
  /** Fulfilled when it was stopped, rejected (with a `TunnelError`, as a rule) when the tunnel failed. Connection, device and clock are closed then. */
  readonly ended: Promise<void>;
  /** Ends it; with an error, `ended` is rejected with that. */
  readonly stop: (error?: Error) => void;
  readonly counters: ClientCounters;
};

/** The client at work: feeds the core with what happens, and does what it says. */
export function runClient({ connection, tun, ticker, server, timeout, useGrant, onMessage = () => {} }: ClientParts): RunningClient {
  const decoder = observeDecoder((message) => onMessage("received", message));
  const core = createClientCore({ decoder, timing: { answerWithin: timeout, sendEvery, deadAfter }, maxLength: longestMessage });
  const counters: ClientCounters = { sent: { packets: 0, bytes: 0 }, received: { packets: 0, bytes: 0 }, losses: {} };
  const firstBytes = createFirstBytes();
  let over = false;
  const finished = createFinalSignal<unknown>();
  const ended = new Promise<void>((resolve, reject) => {
    finished.on((error) => (error === undefined ? resolve() : reject(error)));
  });

  function end(error?: unknown): void {
    if (over) return;
    over = true;
    ticker.stop();
    connection.close();
    // The device's own close reports back to here, which does nothing any more.
    void closeDevice(error);
  }

  async function closeDevice(error: unknown): Promise<void> {
    try {
      await tun.close();
    } finally {
      finished.emit(error);
    }
  }

  function lose(reason: string): void {
    counters.losses[reason] = (counters.losses[reason] ?? 0) + 1;
  }

  function perform(action: ClientAction): void {
    switch (action.kind) {
      case "send":
        if (!connection.write(encodeMessage(action.message))) return lose("slow-server");
        if (action.message.type === "internet-request") count(counters.sent, action.message.packet);
        return onMessage("sent", action.message);
      case "use-grant":
        return useGrant(action.grant);
      case "write-tun":
        return tun.write(action.packet) ? count(counters.received, action.packet) : lose("refused-by-device");
      case "drop":
        return lose(action.reason);
      case "give-up":
        return end(
          new TunnelError(action.reason, explainGiveUp(action.reason, { server, timeout, deadAfter, firstBytes: firstBytes.taken() })),
        );
      default:
        return action satisfies never;
    }
  }

  /** Nothing that is thrown here may be lost in an event handler: it ends the client. */
  function act(actions: () => readonly ClientAction[]): void {
    if (over) return;
    try {
      for (const action of actions()) if (!over) perform(action);
    } catch (error) {
      end(error);
    }
  }

  connection.onData((chunk) => {
    firstBytes.add(chunk);
    act(() => core.receive(chunk));
  });
  connection.onClose(() => act(core.disconnected));
  tun.onPackets((batch) => act(() => batch.flatMap((packet) => core.receiveFromTun(packet))));
  tun.onClose((error) => end(new TunnelError("device-closed", error?.message ?? "The tunnel's device was closed.", { cause: error })));
  ticker.onTick((elapsed) => act(() => core.tick(elapsed)));
  act(core.connected);
  return { ended, stop: end, counters };
}

function observeDecoder(see: (message: Message) => void): MessageDecoder {
  const decoder = createMessageDecoder({ maxLength: longestMessage });
  return {
    receive: (chunk) => {
      const events = decoder.receive(chunk);
      for (const event of events) if (event.kind === "message") see(event.message);
      return events;
    },
  };
}

function count(traffic: { packets: number; bytes: number }, packet: Uint8Array): void {
  traffic.packets += 1;
  traffic.bytes += packet.length;
}

function createFirstBytes(): { readonly add: (chunk: Uint8Array) => void; readonly taken: () => Uint8Array } {
  const bytes = new Uint8Array(firstBytesKept);
  let length = 0;
  return {
    add: (chunk) => {
      if (length === bytes.length) return;
      const more = chunk.subarray(0, bytes.length - length);
      bytes.set(more, length);
      length += more.length;
    },
    taken: () => bytes.subarray(0, length),
  };
}
