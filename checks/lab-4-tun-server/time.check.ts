import type { Check } from "#checks/harness/check.ts";
import { scenario } from "#checks/harness/scenario.ts";
import type { CheckedLab4 } from "./checked-lab.ts";
import {
  connect,
  expectActions,
  expectClosed,
  expectDropped,
  expectFree,
  expectGrant,
  expectHeartbeat,
  expectInAnyOrder,
  expectNothing,
  expectSent,
  fillPool,
  fromTun,
  join,
  receive,
  refuseTicks,
  tick,
} from "./core-steps.ts";
import { beat, closed, dropped } from "./expected-action.ts";
import { far, packet } from "./packets.ts";
import { beginServing, serving } from "./server-world.ts";
import { download, firstBytes, heartbeat, message, request, upload } from "./wire.ts";

const rule = "docs/protocol.md#heartbeat";
const toFive = packet(far, "13.8.0.5");
const impossible = [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY] as const;

export const checks: readonly Check<CheckedLab4>[] = [
  {
    id: "lab-4.never-asked-closed",
    title: "A connection that has not asked for more than 60 s is closed",
    rule,
    hints: [
      "Look at sessions without an address in tick().",
      "They have no heartbeat, but they take a place.",
      "Add up their time; when it is more than deadAfter, return a close with the reason no-request.",
    ],
    run: serving(
      connect(0),
      tick(20_000),
      expectNothing(),
      tick(20_000),
      expectNothing(),
      tick(20_000),
      expectNothing(),
      tick(1),
      expectClosed(0, "no-request"),
      receive(0, request),
      expectNothing(),
      tick(100_000),
    ),
  },
  {
    id: "lab-4.nothing-extends-the-wait",
    title: "Neither a 104 nor data nor half a message extends the time of a connection without an address",
    rule,
    hints: ["Look at what restarts the waiting time.", "A client that never asks must not stay for ever.", "Only a grant ends the wait."],
    run: serving(
      connect(0),
      tick(30_000),
      receive(0, heartbeat, upload(packet("13.8.0.2", far))),
      expectActions(dropped(0, "no-address"), dropped(0, "no-address")),
      tick(20_000),
      receive(0, message(99, Uint8Array.of(1)), firstBytes(3, request)),
      expectDropped(0, "unknown-type"),
      tick(10_001),
      expectClosed(0, "no-request"),
    ),
  },
  {
    id: "lab-4.late-request",
    title: "The clocks start with the grant, not with the connection",
    rule,
    hints: ["Look at when the heartbeat is made.", "A client may ask after 59 s.", "Make it at the grant, and stop waiting."],
    run: serving(
      connect(0),
      tick(59_000),
      receive(0, request),
      expectGrant(0, "13.8.0.2"),
      tick(19_999),
      expectNothing(),
      tick(1),
      expectHeartbeat(0),
      tick(40_000),
      expectHeartbeat(0),
      tick(1),
      expectClosed(0, "peer-dead"),
    ),
  },
  {
    id: "lab-4.one-dies-others-live",
    title: "When some clients die, the others are served in the same tick",
    rule: "docs/protocol.md#the-server",
    hints: [
      "Look at how you loop over sessions while you remove some of them.",
      "Three die in one tick, and two get a heartbeat.",
      "A Map can be changed while it is looped over; an array by index cannot.",
    ],
    run: serving(
      fillPool,
      tick(30_000),
      expectInAnyOrder(...[10, 11, 12, 13, 14].map(beat)),
      receive(11, heartbeat),
      expectNothing(),
      receive(13, heartbeat),
      expectNothing(),
      tick(30_001),
      expectInAnyOrder(closed(10, "peer-dead"), beat(11), closed(12, "peer-dead"), beat(13), closed(14, "peer-dead")),
      expectFree(3),
      fromTun(toFive),
      expectSent(13, download(toFive)),
    ),
  },
  {
    id: "lab-4.timing-is-configured",
    title: "Both times, sendEvery and deadAfter, come from the configuration",
    rule,
    hints: [
      "Look for 20000 and 60000 in your code.",
      "A server in a hurry, such as the one of a demonstration, uses shorter times.",
      "Give timing to createHeartbeat, and use timing.deadAfter for connections without an address.",
    ],
    run: scenario(beginServing({ timing: { sendEvery: 100, deadAfter: 250 } }), [
      join(0, "13.8.0.2"),
      connect(1),
      tick(100),
      expectHeartbeat(0),
      tick(100),
      expectHeartbeat(0),
      tick(49),
      expectNothing(),
      tick(2),
      expectInAnyOrder(closed(0, "peer-dead"), closed(1, "no-request")),
    ]),
  },
  {
    id: "lab-4.tick-misuse",
    title: "A negative, fractional or non-finite time is refused, with or without clients",
    rule: "docs/lab-4-tun-server.md#time",
    hints: [
      "Look at the first line of tick().",
      "With no client connected, nobody else would notice.",
      "Throw a RangeError unless Number.isInteger(elapsed) and elapsed >= 0.",
    ],
    run: serving(
      refuseTicks(...impossible),
      connect(1),
      refuseTicks(...impossible),
      join(0, "13.8.0.2"),
      refuseTicks(...impossible),
      tick(19_999),
      expectNothing(),
      tick(1),
      expectHeartbeat(0),
      tick(0),
    ),
  },
];
