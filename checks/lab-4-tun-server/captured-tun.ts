import { readFixture } from "#checks/harness/capture/fixture-captures.ts";
import { replayPlan } from "#checks/lab-1-codec/captured-sessions.ts";
import { equalBytes } from "#kit/bytes.ts";

/** A packet that the kernel sent into the TUN, and when, on the clock of another capture. */
export type SentIntoTun = { readonly atMicroseconds: number; readonly packet: Uint8Array };

/**
 * What the kernel sent into the TUN of session a. What the server wrote to it must be what its client sent, packet by packet; else the two
 * captures do not belong together.
 *
 * @param start when the capture of the tunnel begins, in microseconds since 1970
 * @param up the packets that the client sent through the tunnel
 * @param down those that it was sent
 */
export async function readCapturedTun(
  start: number,
  up: readonly Uint8Array[],
  down: readonly Uint8Array[],
): Promise<readonly SentIntoTun[]> {
  const { startMicroseconds, packets } = await readFixture("4over6-session-a.tun");
  const written = packets.filter(({ bytes }) => isFromClient(bytes));
  const sent = packets.filter(({ bytes }) => !isFromClient(bytes));
  const ipv4 = sent.filter(({ bytes }) => versionOf(bytes) === 4);
  const fit = holds(written, up) && holds(ipv4, down) && sent.length - ipv4.length === replayPlan.tun.ipv6;
  if (!fit) throw new Error("The TUN capture of session-a does not fit its tunnel.");
  return sent.map(({ atMicroseconds, bytes }) => ({ atMicroseconds: atMicroseconds + startMicroseconds - start, packet: bytes }));
}

function holds(packets: readonly { readonly bytes: Uint8Array }[], expected: readonly Uint8Array[]): boolean {
  return packets.length === expected.length && packets.every(({ bytes }, index) => equalBytes(bytes, expected[index] ?? new Uint8Array()));
}

function isFromClient(bytes: Uint8Array): boolean {
  return versionOf(bytes) === 4 && bytes.subarray(12, 16).join(".") === "13.8.0.2";
}

function versionOf(bytes: Uint8Array): number {
  return (bytes[0] ?? 0) >> 4;
}
