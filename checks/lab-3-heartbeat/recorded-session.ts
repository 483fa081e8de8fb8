import { type CaptureName, readFixture } from "#checks/harness/capture/fixture-captures.ts";
import { type CapturedMessage, splitMessages } from "#checks/harness/capture/four-over-six.ts";
import { tcpConnections } from "#checks/harness/capture/tcp-streams.ts";
import type { Millis } from "#contract/vocabulary.ts";
import type { PeerEvent } from "./peer-events.ts";

/** A captured tunnel session, and how many heartbeats each side sent in it: counted once by hand, so that an empty capture cannot pass. */
export type RecordedSession = { readonly capture: CaptureName; readonly heartbeats: Readonly<Record<Direction, number>> };
export type Direction = "fromClient" | "fromServer";

export const sessionA: RecordedSession = { capture: "4over6-session-a.tcp6", heartbeats: { fromClient: 3, fromServer: 2 } };
export const sessionB: RecordedSession = { capture: "4over6-session-b.tcp6", heartbeats: { fromClient: 2, fromServer: 1 } };

const grantType = 101;
const heartbeatType = 104;

/**
 * The heartbeats of one side as its peer lived through them: time begins with the grant, each packet of the capture is a tick, if time
 * has passed since the one before, and a heartbeat is heard when its last byte came.
 *
 * @param longest cuts the time between two packets into ticks of at most so many milliseconds
 */
export async function recordedEvents(
  { capture, heartbeats }: RecordedSession,
  direction: Direction,
  longest: Millis,
): Promise<readonly PeerEvent[]> {
  const recording = await readFixture(capture);
  const [connection, ...others] = tcpConnections(recording);
  if (connection === undefined || others.length > 0) throw new Error(`${capture} should hold one connection.`);
  const { fromClient, fromServer } = connection.directions;
  const grant = splitMessages(fromServer).find(({ type }) => type === grantType);
  const arrivals = splitMessages(direction === "fromClient" ? fromClient : fromServer).filter(({ type }) => type === heartbeatType);
  if (grant === undefined || arrivals.length !== heartbeats[direction])
    throw new Error(`${capture} should hold a grant and ${heartbeats[direction]} heartbeats ${direction}, not ${arrivals.length}.`);

  let now: Millis = 0;
  const events = recording.packets
    .filter(({ atMicroseconds }) => atMicroseconds > grant.atMicroseconds)
    .flatMap(({ atMicroseconds }) => {
      // Rounded from the grant on, not from packet to packet: nothing is lost on the way.
      const at = Math.floor((atMicroseconds - grant.atMicroseconds) / 1000);
      const ticks = ticksOf(at - now, longest);
      now = at;
      return [...ticks, ...arrivals.filter(arrivesAt(atMicroseconds)).map((): PeerEvent => ({ kind: "heard" }))];
    });
  const replayed = events.filter(({ kind }) => kind === "heard").length;
  if (replayed !== arrivals.length) throw new Error(`${capture}: ${replayed} of ${arrivals.length} heartbeats would be replayed.`);
  return events;
}

function ticksOf(elapsed: Millis, longest: Millis): readonly PeerEvent[] {
  const whole = Math.floor(elapsed / longest);
  return [...Array.from({ length: whole }, () => longest), elapsed - whole * longest]
    .filter((each) => each > 0)
    .map((each) => ({ kind: "tick", elapsed: each }));
}

function arrivesAt(instant: number): (message: CapturedMessage) => boolean {
  return ({ atMicroseconds }) => atMicroseconds === instant;
}
