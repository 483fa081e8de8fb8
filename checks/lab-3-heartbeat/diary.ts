import type { HeartbeatAction } from "#contract/lab-3-heartbeat.ts";
import type { Millis } from "#contract/vocabulary.ts";
import type { Timing } from "./heartbeat-steps.ts";

/** A heartbeat that is slow and obviously right: it writes down every instant, and keeps no clock but the time of day. */
export type Diary = {
  readonly heard: () => void;
  readonly tick: (elapsed: Millis) => HeartbeatAction | undefined;
};

export function createDiary({ sendEvery, deadAfter }: Timing): Diary {
  let now = 0;
  let dead = false;
  const sentAt = [0];
  const heardAt = [0];
  const since = (instants: readonly number[]) => now - Math.max(...instants);

  return {
    heard: () => heardAt.push(now),
    tick: (elapsed) => {
      now += elapsed;
      if (dead) return undefined;
      if (since(heardAt) > deadAfter) {
        dead = true;
        return { kind: "peer-dead" };
      }
      if (since(sentAt) < sendEvery) return undefined;
      sentAt.push(now);
      return { kind: "send-heartbeat" };
    },
  };
}
