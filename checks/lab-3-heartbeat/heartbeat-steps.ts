import type { Exam } from "#checks/harness/check.ts";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import { expectEqual, expectThrows } from "#checks/harness/expect.ts";
import { createOutbox, type Outbox } from "#checks/harness/outbox.ts";
import { type Step as ScenarioStep, scenario } from "#checks/harness/scenario.ts";
import { showValue } from "#checks/harness/show-value.ts";
import type { Story } from "#checks/harness/story.ts";
import { fromLab, type StoryPacket, toLab } from "#checks/harness/story-packet.ts";
import type { Subject } from "#checks/harness/subject.ts";
import type { Heartbeat, HeartbeatAction, Lab3 } from "#contract/lab-3-heartbeat.ts";
import type { Millis } from "#contract/vocabulary.ts";

export type Timing = { readonly sendEvery: Millis; readonly deadAfter: Millis };

/** What the protocol prescribes. */
export const usual: Timing = { sendEvery: 20_000, deadAfter: 60_000 };

/** A peer, and what its heartbeat has asked for and no step has expected yet. */
export type PeerWorld = { readonly heartbeat: Subject<Heartbeat>; readonly outbox: Outbox<HeartbeatAction>; readonly story: Story };

/** Something that happens to a peer, or is expected of its heartbeat. */
export type PeerStep = ScenarioStep<PeerWorld>;

export async function watchPeer({ subject, story }: Exam<Lab3>, { sendEvery, deadAfter }: Timing): Promise<PeerWorld> {
  story.tell("create", `sendEvery ${sendEvery} ms, deadAfter ${deadAfter} ms`);
  const heartbeat = await subject.createHeartbeat({ sendEvery, deadAfter });
  return { heartbeat, outbox: createOutbox<HeartbeatAction>(story, tellAction), story };
}

/** The life of one peer. After each tick stands what it brings about; where nothing stands, nothing may come. */
export function life(timing: Timing, ...steps: readonly (PeerStep | readonly PeerStep[])[]): (exam: Exam<Lab3>) => Promise<void> {
  return scenario((exam) => watchPeer(exam, timing), steps.flat());
}

/** Several lives, one after the other. Each has a story of its own. */
export function lives(...each: readonly ((exam: Exam<Lab3>) => Promise<void>)[]): (exam: Exam<Lab3>) => Promise<void> {
  return async (exam) => {
    for (const run of each) {
      exam.story.begin();
      await run(exam);
    }
  };
}

/** The same steps again and again. */
export function repeat(times: number, ...steps: readonly PeerStep[]): readonly PeerStep[] {
  return Array.from({ length: times }, () => steps).flat();
}

/** So much time passes. */
export function tick(elapsed: Millis): PeerStep {
  return async (world) => {
    world.outbox.expectEmpty();
    tellTick(world.story, elapsed);
    world.outbox.put(await world.heartbeat.tick(elapsed));
  };
}

/** The peer's heartbeat arrives. */
export function heard(): PeerStep {
  return async (world) => {
    world.outbox.expectEmpty();
    world.story.tell("heard", "the peer's heartbeat", heartbeatIn());
    await world.heartbeat.heard();
  };
}

/** These ticks are refused, and no time passes. */
export function refusedTicks(...elapsed: readonly Millis[]): PeerStep {
  return async ({ heartbeat, outbox, story }) => {
    outbox.expectEmpty();
    const calls = elapsed.map((each) => heartbeat.tick(each));
    await Promise.allSettled(calls);
    for (const [index, call] of calls.entries()) {
      story.tell("tick", `${elapsed[index]} ms`);
      await expectThrows(call, "RangeError", `tick(${elapsed[index]})`);
    }
  };
}

/** The tick before has asked for a heartbeat. */
export function sent(): PeerStep {
  return async ({ outbox }) => expectAction(outbox.take("a heartbeat to be sent", heartbeatOut()), { kind: "send-heartbeat" });
}

/** The tick before has given the peer up. */
export function dead(): PeerStep {
  return async ({ outbox }) => expectAction(outbox.take("the peer to be declared dead"), { kind: "peer-dead" });
}

/** The clock stands at the end of the tick when its actions come. */
export function tellTick(story: Story, elapsed: Millis): void {
  story.advance(elapsed);
  story.tell("tick", `${elapsed} ms`);
}

function expectAction(actual: HeartbeatAction, expected: HeartbeatAction): void {
  if (actual?.kind === expected.kind) return expectEqual(actual, expected, "the action");
  throw new CheckFailure("the tick asked for something else", [
    { kind: "expected", text: `expected  ${describeAction(expected).join("  ")}` },
    { kind: "got", text: `got       ${describeAction(actual).join("  ")}` },
  ]);
}

/** A heartbeat is a message 104. The lab never sees it, but a capture shows when it passed. */
const message104 = Uint8Array.of(5, 0, 0, 0, 104);
export const heartbeatIn = () => toLab("four-over-six", message104);
const heartbeatOut = () => fromLab("four-over-six", message104);

function tellAction(action: HeartbeatAction): readonly [verb: string, words: string, packet?: StoryPacket] {
  const told = describeAction(action);
  return action?.kind === "send-heartbeat" ? [...told, heartbeatOut()] : told;
}

/** An action in one line. */
function describeAction(action: HeartbeatAction): readonly [verb: string, words: string] {
  switch (action?.kind) {
    case "send-heartbeat":
      return ["send", "a heartbeat"];
    case "peer-dead":
      return ["dead", "the peer is given up"];
    default:
      return ["?", `something that is no action: ${showValue(action)}`];
  }
}
