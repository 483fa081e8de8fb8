import { CheckFailure, type DetailLine } from "#checks/harness/check-failure.ts";
import { expectEqual } from "#checks/harness/expect.ts";
import { showValue } from "#checks/harness/show-value.ts";
import { ipv4Layout, messageLayout } from "#checks/harness/wire/layouts.ts";
import type { ServerAction } from "#contract/lab-4-tun-server.ts";
import { describeAction, describePacket } from "./describe-traffic.ts";
import { heartbeat, type Wire } from "./wire.ts";

export type CloseReason = Extract<ServerAction, { kind: "close" }>["reason"];
export type DropReason = Extract<ServerAction, { kind: "drop" }>["reason"];

/** An action that is right at this place. */
export type ExpectedAction =
  | { readonly kind: "send"; readonly to: number; readonly wire: Wire }
  | { readonly kind: "write-tun"; readonly packet: Uint8Array }
  | { readonly kind: "close"; readonly session: number; readonly reason: CloseReason }
  /** Where the rules leave a choice there are several reasons. */
  | { readonly kind: "drop"; readonly session: number | undefined; readonly reasons: readonly DropReason[] };

export function sent(to: number, wire: Wire): ExpectedAction {
  return { kind: "send", to, wire };
}

export function beat(to: number): ExpectedAction {
  return sent(to, heartbeat);
}

export function written(packet: Uint8Array): ExpectedAction {
  return { kind: "write-tun", packet };
}

export function closed(session: number, reason: CloseReason): ExpectedAction {
  return { kind: "close", session, reason };
}

/** @param from a client, or the TUN */
export function dropped(from: number | "tun", ...reasons: readonly DropReason[]): ExpectedAction {
  return { kind: "drop", session: from === "tun" ? undefined : from, reasons };
}

export function describeExpected(expected: ExpectedAction): string {
  switch (expected.kind) {
    case "send":
      return `send to client ${expected.to}: ${expected.wire.words}`;
    case "write-tun":
      return `write to the TUN: ${describePacket(expected.packet)}`;
    case "close":
      return `close client ${expected.session}: ${expected.reason}`;
    case "drop":
      return `drop from ${expected.session === undefined ? "the TUN" : `client ${expected.session}`}: ${expected.reasons.join(" or ")}`;
    default:
      return expected satisfies never;
  }
}

/** Whether the two are of a kind and of the same client, so that it is worth while to compare the rest. */
export function isAlike(actual: ServerAction, expected: ExpectedAction): boolean {
  switch (expected.kind) {
    case "send":
      return actual.kind === "send" && actual.to === expected.to && actual.bytes?.[4] === expected.wire.bytes[4];
    case "write-tun":
      return actual.kind === "write-tun";
    case "close":
      return actual.kind === "close" && actual.session === expected.session && actual.reason === expected.reason;
    case "drop":
      return actual.kind === "drop" && actual.session === expected.session && expected.reasons.includes(actual.reason);
    default:
      return expected satisfies never;
  }
}

/** Fails unless the lab's action is the expected one. What an action holds beside the contract's fields is not looked at. */
export function expectAction(actual: ServerAction, expected: ExpectedAction): void {
  if (!isAlike(actual, expected)) throw new CheckFailure("expected another action", expectedAndGot(actual, expected));
  if (actual.kind === "send" && expected.kind === "send")
    expectEqual(actual.bytes, expected.wire.bytes, "the message", { layout: messageLayout });
  if (actual.kind === "write-tun" && expected.kind === "write-tun")
    expectEqual(actual.packet, expected.packet, "the packet", { layout: ipv4Layout });
}

function expectedAndGot(actual: ServerAction, expected: ExpectedAction): readonly DetailLine[] {
  return [
    { kind: "expected", text: `expected  ${describeExpected(expected)}` },
    { kind: "got", text: `got       ${describeActual(actual)}` },
  ];
}

function describeActual(actual: ServerAction): string {
  try {
    return describeAction(actual).join(" ");
  } catch {
    return showValue(actual);
  }
}
