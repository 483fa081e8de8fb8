import type { Millis } from "#contract/vocabulary.ts";
import type { GiveUpReason } from "./client-core.ts";
import { dialectOf } from "./server-dialect.ts";

/** What is known when the client gives up. */
export type Evidence = {
  /** `[::1]:5678` */
  readonly server: string;
  readonly timeout: Millis;
  readonly deadAfter: Millis;
  /** What the server sent first, as far as it was kept. */
  readonly firstBytes: Uint8Array;
};

/** What happened and what to do about it, in a sentence or two. */
export function explainGiveUp(reason: GiveUpReason, { server, timeout, deadAfter, firstBytes }: Evidence): string {
  switch (reason) {
    case "no-answer":
      return firstBytes.length === 0
        ? `${server} took the connection but did not answer the address request within ${timeout / 1000} s. It is overloaded, or waits for more bytes because it speaks another dialect (an 8-byte header, or messages of 4104 bytes).`
        : `${server} did not answer the address request within ${timeout / 1000} s. ${whatItSent(firstBytes)}`;
    case "closed-unanswered":
      return firstBytes.length === 0
        ? `${server} closed the connection without an answer to the address request: all its addresses are lent, or it is stopping. Try again later, or give the server a larger pool.`
        : `${server} closed the connection before it answered the address request. ${whatItSent(firstBytes)}`;
    case "no-grant":
      return `${server} did not answer the address request with a usable 101. ${whatItSent(firstBytes)}`;
    case "bad-message":
      return `${server} sent a message whose length cannot be right, so nothing after it can be read. ${whatItSent(firstBytes)}`;
    case "server-closed":
      return `${server} closed the connection; connect again when it runs.`;
    case "server-silent":
      return `${server} has sent no heartbeat for more than ${deadAfter / 1000} s, so it is taken for dead; connect again when it can be reached.`;
    default:
      return reason satisfies never;
  }
}

/** A name where one fits, else the bytes themselves: as text when they are text. */
function whatItSent(firstBytes: Uint8Array): string {
  const dialect = dialectOf(firstBytes);
  if (dialect !== undefined) return `It speaks another dialect of 4over6, with ${dialect}; docs/protocol.md#dialects says more.`;
  const text = /^[\x20-\x7e]{4,}/.exec(Buffer.from(firstBytes.subarray(0, 60)).toString("latin1"))?.[0];
  if (text !== undefined) return `It speaks another protocol: it says "${text}".`;
  const start = firstBytes.subarray(0, 16);
  return `What it sent begins with the bytes ${Buffer.from(start)
    .toString("hex")
    .replace(/..(?!$)/g, "$& ")}.`;
}
