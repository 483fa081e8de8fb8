import type { Lab3 } from "#contract/lab-3-heartbeat.ts";
import { createStopwatch } from "./stopwatch.ts";

/** Sending works. What happens when the peer is dead is left to do. */
export const createHeartbeat: Lab3["createHeartbeat"] = ({ sendEvery, deadAfter }) => {
  const sending = createStopwatch();
  const hearing = createStopwatch();
  return {
    heard() {
      hearing.restart();
    },
    tick(elapsed) {
      sending.add(elapsed);
      hearing.add(elapsed);
      if (hearing.shows() > deadAfter) return [{ kind: "peer-dead" }];
      if (sending.shows() < sendEvery) return [];
      sending.restart();
      return [{ kind: "send-heartbeat" }];
    },
  };
};
