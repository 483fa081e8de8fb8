import type { Check, Exam } from "#checks/harness/check.ts";
import { expectThat } from "#checks/harness/expect.ts";
import { scenario } from "#checks/harness/scenario.ts";
import { capturedGrants, type SessionName } from "#checks/lab-1-codec/captured-sessions.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { type CapturedInput, type CapturedTunnel, readCapturedTunnel } from "./captured-tunnel.ts";
import type { CheckedLab4 } from "./checked-lab.ts";
import { connect, expectActions, fromTun, receive } from "./core-steps.ts";
import { beat, dropped, type ExpectedAction, expectAction, sent, written } from "./expected-action.ts";
import { beginServing, inTurn, type ServerWorld } from "./server-world.ts";
import { download, grant } from "./wire.ts";

const rule = "docs/protocol.md#the-server";

/** A ticker ticks a few times a second. */
const longestTick = 250;

/** The recorded servers send heartbeats by other clocks than ours: theirs may come so much earlier or later. */
const tolerance = 1_000;

async function replay(exam: Exam<CheckedLab4>, name: SessionName): Promise<void> {
  const tunnel = await readCapturedTunnel(name);
  const heartbeats: Millis[] = [];
  const steps = tunnel.inputs.map((input) => inTurn(waitUntil(input.at, heartbeats), replayInput(input, name)));
  const begin = beginServing({ cidr: "13.8.0.0/24", dns: capturedGrants[name].dns });
  await scenario(begin, [connect(0), ...steps])(exam);
  expectSpacing(heartbeats, tunnel);
}

/** Time passes in short ticks. Heartbeats may come of it, and nothing else. */
function waitUntil(at: Millis, heartbeats: Millis[]) {
  return async ({ core, outbox, story }: ServerWorld): Promise<void> => {
    if (at - story.now() > longestTick) story.tell("ticks", `of ${longestTick} ms, until ${at} ms`);
    while (story.now() < at) {
      const elapsed = Math.min(longestTick, at - story.now());
      story.advance(elapsed);
      outbox.put(await core.tick(elapsed));
      for (const action of outbox.takeAll()) {
        expectAction(action, beat(0));
        heartbeats.push(story.now());
      }
    }
  };
}

function replayInput(input: CapturedInput, name: SessionName) {
  switch (input.kind) {
    case "segment": {
      const { bytes, messages } = input;
      const words = `a recorded segment: ${messages.map(({ type }) => type).join(", ") || "no message ends in it"}`;
      const answers = messages.flatMap(({ type, data }): readonly ExpectedAction[] => {
        if (type === 100) return [sent(0, grant(capturedGrants[name].address, capturedGrants[name]))];
        return type === 102 ? [written(data)] : [];
      });
      return inTurn(receive(0, { bytes, words }), expectActions(...answers));
    }
    case "from-tun": {
      const isIpv4 = (input.packet[0] ?? 0) >> 4 === 4;
      return inTurn(fromTun(input.packet), expectActions(isIpv4 ? sent(0, download(input.packet)) : dropped("tun", "not-ipv4")));
    }
    default:
      return input satisfies never;
  }
}

/** As many heartbeats as were recorded, each about as long after the one before it, the first after the grant. */
function expectSpacing(ours: readonly Millis[], { grantedAt, heartbeatsAt }: CapturedTunnel): void {
  const gaps = (times: readonly Millis[]) => times.map((time, index) => time - (times[index - 1] ?? grantedAt));
  const [actual, recorded] = [gaps(ours), gaps(heartbeatsAt)];
  const fits = actual.length === recorded.length && actual.every((gap, index) => Math.abs(gap - (recorded[index] ?? 0)) <= tolerance);
  expectThat(fits, "the server's heartbeats are spaced otherwise than in the recording", [
    { kind: "expected", text: `expected  about ${recorded.join(" ms, then ")} ms apart, the first since the grant` },
    { kind: "got", text: `got       ${actual.length === 0 ? "none" : `${actual.join(" ms, then ")} ms`}` },
  ]);
}

export const checks: readonly Check<CheckedLab4>[] = [
  {
    id: "lab-4.replay-session-a",
    title: "A recorded session, whole: the client's bytes go in, the server's answers and its TUN packets come out",
    rule,
    hints: [
      "Look at the time of the step that fails: the other checks say more about single steps.",
      "Real traffic of 41 s: pings, a download, heartbeats, and three packets of the kernel's IPv6.",
      "What had the server heard by then? Find the check that has the same rule, and compare.",
    ],
    run: (exam) => replay(exam, "session-a"),
  },
  {
    id: "lab-4.replay-session-b",
    title: "The session that was recorded with another server gives the same answers with yours",
    rule,
    hints: [
      "Look at the time of the step that fails: the other checks say more about single steps.",
      "Here segments hold several messages. The client is the same as in session a.",
      "Act on every event of a chunk, in order, and answer each message by itself.",
    ],
    run: (exam) => replay(exam, "session-b"),
  },
];
