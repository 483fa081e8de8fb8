import { readFixture } from "#checks/harness/capture/fixture-captures.ts";
import { type CapturedMessage, splitMessages } from "#checks/harness/capture/four-over-six.ts";
import { tcpConnections } from "#checks/harness/capture/tcp-streams.ts";
import { replayPlan, type SessionName } from "#checks/lab-1-codec/captured-sessions.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { readCapturedTun } from "./captured-tun.ts";

/** What the recorded server met, with times in whole milliseconds since its client connected. */
export type CapturedInput =
  /** A segment of the client's, and the messages that end in it. */
  | { readonly kind: "segment"; readonly at: Millis; readonly bytes: Uint8Array; readonly messages: readonly CapturedMessage[] }
  /** The kernel sent a packet into the TUN. */
  | { readonly kind: "from-tun"; readonly at: Millis; readonly packet: Uint8Array };

export type CapturedTunnel = {
  /** In the order in which it happened. */
  readonly inputs: readonly CapturedInput[];
  /** All that the client wrote. */
  readonly stream: Uint8Array;
  /** The packets of its 102 messages; those of the server's 103 messages. */
  readonly up: readonly Uint8Array[];
  readonly down: readonly Uint8Array[];
  /** When the address was granted, and when the server sent heartbeats. */
  readonly grantedAt: Millis;
  readonly heartbeatsAt: readonly Millis[];
};

const milliseconds = (microseconds: number): Millis => Math.round(microseconds / 1000);

/**
 * A recorded session, both sides of the server. Session a was recorded on the TUN device too. Of session b the packets are known from the
 * messages alone: one came out of the TUN when its 103 was sent, at the latest.
 */
export async function readCapturedTunnel(name: SessionName): Promise<CapturedTunnel> {
  const capture = await readFixture(replayPlan[name].capture);
  const [connection] = tcpConnections(capture);
  if (connection === undefined) throw new Error(`${name} holds no connection.`);
  const { fromClient, fromServer } = connection.directions;
  const [asked, answered] = [splitMessages(fromClient), splitMessages(fromServer)];
  const [up, down] = [dataOf(asked, 102), dataOf(answered, 103)];
  const fromTun =
    name === "session-a"
      ? await readCapturedTun(capture.startMicroseconds, up, down)
      : answered.flatMap(({ type, data, atMicroseconds }) => (type === 103 ? [{ atMicroseconds, packet: data }] : []));

  const inputs: readonly CapturedInput[] = [
    ...fromClient.segments.map(({ bytes, atMicroseconds }) => ({
      kind: "segment" as const,
      at: milliseconds(atMicroseconds),
      order: atMicroseconds,
      bytes,
      messages: asked.filter((message) => message.atMicroseconds === atMicroseconds),
    })),
    ...fromTun.map(({ packet, atMicroseconds }) => ({
      kind: "from-tun" as const,
      at: milliseconds(atMicroseconds),
      order: atMicroseconds,
      packet,
    })),
  ].toSorted((a, b) => a.order - b.order);
  const timesOf = (type: number) =>
    answered.filter((message) => message.type === type).map(({ atMicroseconds }) => milliseconds(atMicroseconds));
  const [grantedAt = 0] = timesOf(101);
  const told = asked.length === replayPlan[name].fromClient && answered.length === replayPlan[name].fromServer;
  if (!told || up.length + down.length !== replayPlan[name].packets) throw new Error(`${name} is not the session that it was.`);
  return { inputs, stream: fromClient.bytes, up, down, grantedAt, heartbeatsAt: timesOf(104) };
}

function dataOf(messages: readonly CapturedMessage[], type: CapturedMessage["type"]): readonly Uint8Array[] {
  return messages.filter((message) => message.type === type).map(({ data }) => data);
}
