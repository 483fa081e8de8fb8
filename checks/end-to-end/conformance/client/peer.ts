import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import type { Millis } from "#contract/vocabulary.ts";
import type { Endpoint } from "#devices/endpoint.ts";
import { createEventWait } from "./event-wait.ts";
import { type Ending, EndlessMessages, endingWords, framingLost, missing, seconds } from "./peer-failures.ts";
import { createMessageReader, type ServerMessage } from "./wire.ts";
import { messageWords } from "./words.ts";

/** Tells what one peer does: `("sent", "100 ip-request")`. */
export type Tell = (verb: string, words: string) => void;

type Fits = (message: ServerMessage) => boolean;

/** One TCP connection to the server, at the lowest level: it can also do everything that a client must not. */
export type Peer = {
  readonly name: string;
  /** Writes bytes as they are. Without words it is not told. */
  readonly send: (bytes: Uint8Array, words: string) => void;
  /** Resolves when the system has taken what was sent; rejects with a `CheckFailure` when it does not. */
  readonly flushed: () => Promise<void>;
  /** The next message that fits, taken out of the inbox. Rejects with a `CheckFailure` that begins "expected …". */
  readonly next: (expected: string, fits?: Fits, within?: Millis) => Promise<ServerMessage>;
  /** The same, for a message that may not come. Rejects only when the server sent what cannot be read, or without end. */
  readonly perhaps: (fits: Fits, within: Millis) => Promise<ServerMessage | undefined>;
  /** Waits until the server ends the connection. */
  readonly ended: (expected: string, within?: Millis) => Promise<Ending>;
  /** How the connection has ended, as soon as it has, or `undefined` when it is open after so long. */
  readonly endsWithin: (within: Millis) => Promise<Ending | undefined>;
  readonly ending: () => Ending | undefined;
  /** What has come and was not asked for yet. */
  readonly inbox: ServerMessage[];
  /** Reads nothing more, so that the server's messages pile up. */
  readonly stopReading: () => void;
  readonly readAgain: () => void;
  /** Ends its side of the connection with a FIN, and still reads. */
  readonly finish: () => void;
  /** Ends the connection with a reset (RST). */
  readonly reset: () => void;
  /** Goes away, untold: the case is over. */
  readonly drop: () => void;
};

export type PeerOptions = { readonly name: string; readonly at: Endpoint; readonly patience: Millis; readonly tell: Tell };

/** No case lets so many messages come unread. A server that sends without end must not fill the memory of its examiner. */
const mostUnread = 100_000;

/** Connects. Rejects with a `CheckFailure` when the server does not accept. */
export async function connectPeer({ name, at, patience, tell }: PeerOptions): Promise<Peer> {
  const socket = createConnection({ ...at, noDelay: true, allowHalfOpen: true });
  await accepted(socket, name, patience);
  const events = createEventWait();
  const reader = createMessageReader();
  const inbox: ServerMessage[] = [];
  let ending: Ending | undefined;
  let endless: EndlessMessages | undefined;

  const end = (how: Ending["how"], words: string): void => {
    if (ending !== undefined) return;
    ending = { how, at: performance.now() };
    if (words !== "") tell("", words);
    events.wake();
  };
  socket.on("data", (chunk: Uint8Array) => {
    for (const message of reader.read(chunk, performance.now())) {
      inbox.push(message);
      tell("got", messageWords(message.type, message.data));
    }
    if (inbox.length > mostUnread) {
      endless ??= new EndlessMessages(name, mostUnread, inbox.at(-1));
      inbox.length = 0;
      socket.destroy();
    }
    events.wake();
  });
  socket.on("end", () => end("closed", "the server closed the connection"));
  socket.on("error", () => end("reset", "the server reset the connection"));
  socket.on("close", () => end("closed", "the server closed the connection"));

  function requireSense(): void {
    if (endless !== undefined) throw endless;
    const fault = reader.fault();
    if (fault !== undefined) throw framingLost(name, fault);
  }

  async function perhaps(fits: Fits, within: Millis): Promise<ServerMessage | undefined> {
    const index = await events.until(() => {
      const at = inbox.findIndex(fits);
      return at >= 0 ? at : (endless ?? reader.fault() ?? ending);
    }, within);
    if (typeof index === "number") return inbox.splice(index, 1)[0];
    requireSense();
    return undefined;
  }

  async function endsWithin(within: Millis): Promise<Ending | undefined> {
    await events.until(() => endless ?? ending ?? reader.fault(), within);
    requireSense();
    return ending;
  }

  return {
    name,
    inbox,
    perhaps,
    endsWithin,
    ending: () => ending,
    send: (bytes, words) => {
      if (words !== "") tell("sent", words);
      socket.write(bytes);
    },
    flushed: async () => {
      let taken = false;
      socket.write(new Uint8Array(0), () => {
        taken = true;
        events.wake();
      });
      await events.until(() => (taken ? true : undefined), patience);
      if (!taken)
        throw new CheckFailure(`the server takes nothing more from ${name}: what it sent has been waiting for ${seconds(patience)}`);
    },
    next: async (expected, fits = () => true, within = patience) => {
      const message = await perhaps(fits, within);
      if (message !== undefined) return message;
      throw missing(expected, ending ? endingWords(ending) : `nothing of the kind came within ${seconds(within)}`, name, inbox);
    },
    ended: async (expected, within = patience) => {
      const found = await endsWithin(within);
      if (found !== undefined) return found;
      throw missing(expected, `the connection is still open after ${seconds(within)}`, name, inbox);
    },
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
      end("reset", "resets the connection (RST)");
      socket.resetAndDestroy();
    },
    drop: () => {
      end("closed", "");
      socket.destroy();
    },
  };
}

async function accepted(socket: Socket, name: string, patience: Millis): Promise<void> {
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(patience) });
  } catch (error) {
    socket.destroy();
    const why = error instanceof Error && error.name !== "AbortError" ? error.message : `no answer within ${seconds(patience)}`;
    throw new CheckFailure(`${name} could not connect: ${why}`);
  }
}
