import type { Exam } from "#checks/harness/check.ts";
import type { HeartbeatAction, Lab3 } from "#contract/lab-3-heartbeat.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { createDiary } from "./diary.ts";
import { dead, heartbeatIn, sent, type Timing, tellTick, watchPeer } from "./heartbeat-steps.ts";

/** What happens to a peer: time passes, or its heartbeat arrives. */
export type PeerEvent = { readonly kind: "tick"; readonly elapsed: Millis } | { readonly kind: "heard" };

/**
 * Lets the same events happen to the lab's heartbeat and to the diary, which must ask for the same.
 *
 * @returns what was asked for, in order
 */
export async function compareWithDiary(
  exam: Exam<Lab3>,
  timing: Timing,
  events: readonly PeerEvent[],
): Promise<readonly HeartbeatAction[]> {
  const world = await watchPeer(exam, timing);
  const { heartbeat, outbox, story } = world;
  const diary = createDiary(timing);
  // No event needs the answer to another: all calls are made at once, and judged one after the other.
  const begun = events.map((event) =>
    event.kind === "tick"
      ? { kind: event.kind, elapsed: event.elapsed, call: heartbeat.tick(event.elapsed) }
      : { kind: event.kind, call: heartbeat.heard() },
  );
  await Promise.allSettled(begun.map<Promise<unknown>>(({ call }) => call));

  const asked: HeartbeatAction[] = [];
  for (const event of begun) {
    if (event.kind === "heard") {
      story.tell("heard", "the peer's heartbeat", heartbeatIn());
      await event.call;
      diary.heard();
      continue;
    }
    tellTick(story, event.elapsed);
    outbox.put(await event.call);
    const expected = diary.tick(event.elapsed);
    if (expected !== undefined) {
      await (expected.kind === "peer-dead" ? dead() : sent())(world);
      asked.push(expected);
    }
    outbox.expectEmpty();
  }
  return asked;
}
