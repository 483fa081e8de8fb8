import { CheckFailure, type DetailLine } from "#checks/harness/check-failure.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { counted } from "#kit/counted.ts";
import { hexdump } from "#kit/hexdump.ts";
import { dialectOfServer } from "./server-dialect.ts";
import type { FramingFault, ServerMessage } from "./wire.ts";
import { messageWords } from "./words.ts";

/** How a connection ended, as seen from the peer. */
export type Ending = { readonly how: "closed" | "reset"; readonly at: number };

export function endingWords({ how }: Ending): string {
  return how === "closed" ? "the server closed the connection" : "the server reset the connection";
}

/** `5 s`, `0.3 s` */
export function seconds(duration: Millis): string {
  return `${Number((duration / 1000).toFixed(1))} s`;
}

/** What was expected did not come. */
export function missing(expected: string, what: string, name: string, inbox: readonly ServerMessage[]): CheckFailure {
  return new CheckFailure(`expected ${expected}, but ${what}`, otherMessages(name, inbox));
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

/** The server sends, and sends. */
export class EndlessMessages extends CheckFailure {
  constructor(name: string, most: number, last: ServerMessage | undefined) {
    super(
      `the server sends to ${name} without end: more than ${most} messages that nothing has asked for`,
      last === undefined ? [] : [{ kind: "got", text: `the last of them: ${messageWords(last.type, last.data)}` }],
    );
  }
}

/** The server's bytes cannot be read. */
export function framingLost(name: string, fault: FramingFault): CheckFailure {
  const dialect = dialectOfServer(fault);
  return new CheckFailure(`what the server sent to ${name} is no message: its length says ${fault.length}, which is not from 5 to 4101`, [
    {
      kind: "note",
      text:
        fault.before === 0
          ? "these are its first bytes"
          : `${counted(fault.before, "message before it was", "messages before it were")} right; then came`,
    },
    ...hexdump(fault.bytes).map((text) => ({ kind: "got", text: `  ${text}` }) as const),
    ...(dialect === undefined ? [] : [{ kind: "note", text: `looks like   ${dialect}` } as const]),
  ]);
}
