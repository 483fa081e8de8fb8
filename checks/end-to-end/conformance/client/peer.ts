import { once } from "node:events";
import { createConnection } from "node:net";
import { CheckFailure, type DetailLine } from "#checks/harness/check-failure.ts";
import type { Millis } from "#contract/vocabulary.ts";
import type { Endpoint } from "#devices/endpoint.ts";
import { hexdump } from "#kit/hexdump.ts";
import { createEventWait } from "./event-wait.ts";
import { dialectOfServer } from "./server-dialect.ts";
import { createMessageReader, type FramingFault, type ServerMessage } from "./wire.ts";
import { messageWords } from "./words.ts";

/** Tells what one peer does: `("sent", "100 ip-request")`. */
export type Tell = (verb: string, words: string) => void;

/** How the connection ended, as seen from the peer. */
export type Ending = { readonly how: "closed" | "reset"; readonly at: number };

/** One TCP connection to the server, at the lowest level: it can also do everything that a client must not. */
export type Peer = {
  readonly name: string;
  /** Writes bytes as they are. Without words it is not told. */
  readonly send: (bytes: Uint8Array, words: string) => void;
  /** Resolves when the system has taken what was sent; rejects with a `CheckFailure` when it does not. */
  readonly flushed: () => Promise<void>;
  /** The next message that fits, taken out of the inbox. Rejects with a `CheckFailure` that begins "expected …". */
  readonly next: (expected: string, fits?: (message: ServerMessage) => boolean, within?: Millis) => Promise<ServerMessage>;
  /** Waits until the server ends the connection. */
  readonly ended: (expected: string, within?: Millis) => Promise<Ending>;
  readonly ending: () => Ending | undefined;
  /** What has come and was not asked for yet. */
  readonly inbox: ServerMessage[];
  /** Fails when the server sent what cannot be read. */
  readonly requireFraming: () => void;
  /** Reads nothing more, so that the server's messages pile up. */
  readonly stopReading: () => void;
  readonly readAgain: () => void;
  /** Ends the connection with a FIN, and still reads. */
  readonly finish: () => void;
  /** Ends the connection with a reset (RST). */
  readonly reset: () => void;
  /** Goes away, untold: the case is over. */
  readonly drop: () => void;
};

export type PeerOptions = { readonly name: string; readonly at: Endpoint; readonly patience: Millis; readonly tell: Tell };

/** Connects. Rejects with a `CheckFailure` when the server does not accept. */
export async function connectPeer({ name, at, patience, tell }: PeerOptions): Promise<Peer> {
  const socket = createConnection({ ...at, noDelay: true, allowHalfOpen: true });
  const events = createEventWait();
  const reader = createMessageReader();
  const inbox: ServerMessage[] = [];
  let ending: Ending | undefined;

  const end = (how: Ending["how"]): void => {
    if (ending !== undefined) return;
    ending = { how, at: performance.now() };
    tell("", how === "closed" ? "the server closed the connection" : "the server reset the connection");
    events.wake();
  };
  const refused = await once(socket, "connect", { signal: AbortSignal.timeout(patience) }).then(
    () => undefined,
    (error: Error) => error,
  );
  if (refused !== undefined) {
    socket.destroy();
    const why = refused.name === "AbortError" ? `no answer within ${seconds(patience)}` : refused.message;
    throw new CheckFailure(`${name} could not connect: ${why}`);
  }
  socket.on("data", (chunk: Uint8Array) => {
    for (const message of reader.read(chunk, performance.now())) {
      inbox.push(message);
      tell("got", messageWords(message.type, message.data));
    }
    events.wake();
  });
  socket.on("end", () => end("closed"));
  socket.on("error", () => end("reset"));
  socket.on("close", () => end("closed"));

  function requireFraming(): void {
    const fault = reader.fault();
    if (fault !== undefined) throw framingFailure(name, fault);
  }

  return {
    name,
    inbox,
    requireFraming,
    send: (bytes, words) => {
      if (words !== "") tell("sent", words);
      socket.write(bytes);
    },
    flushed: async () => {
      const done = await new Promise<boolean>((resolve) => {
        const timer = setTimeout(() => resolve(false), patience);
        socket.write(new Uint8Array(0), () => {
          clearTimeout(timer);
          resolve(true);
        });
      });
      if (!done)
        throw new CheckFailure(`the server takes nothing more from ${name}: what it sent has been waiting for ${seconds(patience)}`);
    },
    next: async (expected, fits = () => true, within = patience) => {
      const looked = await events.until(() => {
        const index = inbox.findIndex(fits);
        if (index >= 0) return inbox.splice(index, 1)[0];
        return reader.fault() ?? ending;
      }, within);
      requireFraming();
      if (looked !== undefined && "type" in looked) return looked;
      const what = ending === undefined ? `nothing of the kind came within ${seconds(within)}` : endWords(ending);
      throw new CheckFailure(`expected ${expected}, but ${what}`, otherMessages(name, inbox));
    },
    ended: async (expected, within = patience) => {
      const found = await events.until(() => ending ?? reader.fault(), within);
      requireFraming();
      if (found !== undefined && "how" in found) return found;
      throw new CheckFailure(`expected ${expected}, but the connection is still open after ${seconds(within)}`, otherMessages(name, inbox));
    },
    ending: () => ending,
    stopReading: () => {
      tell("", "stops reading");
      socket.pause();
    },
    readAgain: () => {
      tell("", "reads again");
      socket.resume();
    },
    finish: () => {
      tell("", "ends its side of the connection (FIN)");
      socket.end();
    },
    reset: () => {
      tell("", "resets the connection (RST)");
      ending ??= { how: "reset", at: performance.now() };
      socket.resetAndDestroy();
    },
    drop: () => {
      ending ??= { how: "closed", at: performance.now() };
      socket.destroy();
    },
  };
}

export function seconds(duration: Millis): string {
  return `${Number((duration / 1000).toFixed(1))} s`;
}

function endWords({ how }: Ending): string {
  return how === "closed" ? "the server closed the connection" : "the server reset the connection";
}

const mostShown = 3;

function otherMessages(name: string, inbox: readonly ServerMessage[]): readonly DetailLine[] {
  if (inbox.length === 0) return [];
  const shown = inbox.slice(0, mostShown).map(({ type, data }) => ({ kind: "got", text: `  ${messageWords(type, data)}` }) as const);
  const more = inbox.length - shown.length;
  return [
    { kind: "note", text: `${name} has got only` },
    ...shown,
    ...(more > 0 ? [{ kind: "got", text: `  and ${more} more` } as const] : []),
  ];
}

function framingFailure(name: string, fault: FramingFault): CheckFailure {
  const dialect = dialectOfServer(fault);
  return new CheckFailure(`what the server sent to ${name} is no message: its length says ${fault.length}, which is not from 5 to 4101`, [
    { kind: "note", text: fault.before === 0 ? "these are its first bytes" : `${fault.before} messages before it were right; then came` },
    ...hexdump(fault.bytes).map((text) => ({ kind: "got", text: `  ${text}` }) as const),
    ...(dialect === undefined ? [] : [{ kind: "note", text: `looks like   ${dialect}` } as const]),
  ]);
}
