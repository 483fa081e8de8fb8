import type { Check, Exam } from "#checks/harness/check.ts";
import type { Lab3 } from "#contract/lab-3-heartbeat.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { usual } from "./heartbeat-steps.ts";
import { compareWithDiary, type PeerEvent } from "./peer-events.ts";
import { type Direction, type RecordedSession, recordedEvents, sessionA, sessionB } from "./recorded-session.ts";

const rule = "docs/protocol.md#heartbeat";

/** More than a minute in which nothing comes. */
const silence: readonly PeerEvent[] = Array.from({ length: 64 }, () => ({ kind: "tick", elapsed: 1000 }));

/** A recorded peer is heard as it was heard then, and falls silent where the recording ends. */
async function replay(exam: Exam<Lab3>, session: RecordedSession, direction: Direction, longest: Millis): Promise<void> {
  const events = await recordedEvents(session, direction, longest);
  exam.story.begin();
  const peer = direction === "fromClient" ? "the client, as the server heard it" : "the server, as the client heard it";
  exam.story.tell("replay", `${peer}, ${session.heartbeats[direction]} times; then silence`);
  const asked = await compareWithDiary(exam, usual, [...events, ...silence]);
  const sent = asked.filter(({ kind }) => kind === "send-heartbeat").length;
  // Every recording is longer than one sendEvery, and the silence behind it longer than deadAfter.
  if (sent < 3 || asked.length !== sent + 1) throw new Error(`${session.capture} should bring about heartbeats and one death.`);
}

export const checks: readonly Check<Lab3>[] = [
  {
    id: "lab-3.recorded-session-a",
    title: "Recorded peers are sent their heartbeats, and live until they fall silent (session a)",
    rule,
    hints: [
      "Look at the times in the story: the client's heartbeats came 1, 21 and 41 s after the address was granted.",
      "The client is heard shortly after each of our own heartbeats falls due; neither shifts the other.",
      "If the scenarios before pass and this one does not, look at ticks of uneven length.",
    ],
    run: async (exam) => {
      await replay(exam, sessionA, "fromClient", 1000);
      await replay(exam, sessionA, "fromServer", 1000);
    },
  },
  {
    id: "lab-3.recorded-session-b",
    title: "Recorded peers are sent their heartbeats, and live until they fall silent (session b)",
    rule,
    hints: [
      "Look at the times in the story: the client's heartbeats came 1 and 21 s after the address was granted.",
      "This time the ticks are as uneven as the packets of the capture.",
      "If the scenarios before pass and this one does not, look at what a tick of 1 ms and one of seventeen seconds do.",
    ],
    run: async (exam) => {
      await replay(exam, sessionB, "fromClient", Number.MAX_SAFE_INTEGER);
      await replay(exam, sessionB, "fromServer", Number.MAX_SAFE_INTEGER);
    },
  },
];
