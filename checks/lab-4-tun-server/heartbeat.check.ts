import type { Check } from "#checks/harness/check.ts";
import type { CheckedLab4 } from "./checked-lab.ts";
import {
  connect,
  expectActions,
  expectClosed,
  expectDropped,
  expectGrant,
  expectHeartbeat,
  expectInAnyOrder,
  expectNothing,
  expectSent,
  expectWritten,
  fromTun,
  join,
  joinSomehow,
  receive,
  tick,
} from "./core-steps.ts";
import { beat, dropped, written } from "./expected-action.ts";
import { far, packet } from "./packets.ts";
import { inTurn, serving } from "./server-world.ts";
import { download, heartbeat, message, request, upload } from "./wire.ts";

const rule = "docs/protocol.md#heartbeat";
const up = packet("13.8.0.2", far);
const down = packet(far, "13.8.0.2");
const spoofed = packet("13.8.0.3", far);

export const checks: readonly Check<CheckedLab4>[] = [
  {
    id: "lab-4.heartbeat-is-sent",
    title: "Every 20 s each client with an address is sent a heartbeat",
    rule,
    hints: [
      "Look at tick(): what does it do for a session with an address?",
      "Lab 3 says when; what has to be sent, and to whom?",
      "For each session's send-heartbeat, return a send of encodeMessage({ type: 'heartbeat' }).",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      tick(19_999),
      expectNothing(),
      tick(1),
      expectHeartbeat(0),
      receive(0, heartbeat),
      expectNothing(),
      tick(19_999),
      expectNothing(),
      tick(1),
      expectHeartbeat(0),
    ),
  },
  {
    id: "lab-4.heartbeats-apart",
    title: "Each client has its own clocks, from its own grant",
    rule,
    hints: [
      "Look at where the heartbeat is kept.",
      "Clients come at different times.",
      "Make one heartbeat for each session, at its grant.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      connect(1),
      tick(7_000),
      receive(1, request),
      expectGrant(1, "13.8.0.3"),
      tick(13_000),
      expectHeartbeat(0),
      tick(7_000),
      expectHeartbeat(1),
      tick(13_000),
      expectHeartbeat(0),
      tick(7_000),
      expectHeartbeat(1),
    ),
  },
  {
    id: "lab-4.one-heartbeat-a-tick",
    title: "A long tick sends one heartbeat, not three",
    rule,
    hints: [
      "Look at whether you loop over time.",
      "A suspended machine must not pour out a burst.",
      "Call the heartbeat's tick() once for each tick().",
    ],
    run: serving(join(0, "13.8.0.2"), join(1, "13.8.0.3"), tick(60_000), expectInAnyOrder(beat(0), beat(1))),
  },
  {
    id: "lab-4.silent-client-closed",
    title: "A client not heard for more than 60 s is closed, and its address comes back",
    rule,
    hints: [
      "Look at the heartbeat's peer-dead.",
      "At 60 000 ms the client still lives.",
      "Return a close with the reason peer-dead, and close the session in the table.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      ...Array.from({ length: 3 }, () => inTurn(tick(20_000), expectHeartbeat(0))),
      tick(1),
      expectClosed(0, "peer-dead"),
      fromTun(down),
      expectDropped("tun", "no-session"),
      receive(0, request),
      expectNothing(),
      tick(60_001),
      expectNothing(),
      ...Array.from({ length: 5 }, (_, client) => joinSomehow(10 + client)),
    ),
  },
  {
    id: "lab-4.dead-wins-over-due",
    title: "A tick that makes a client dead sends it no heartbeat",
    rule,
    hints: [
      "Look at what you send in the tick in which a client dies.",
      "Lab 3 decides: one action, and dead wins.",
      "Send only what the heartbeat says.",
    ],
    run: serving(join(0, "13.8.0.2"), tick(60_001), expectClosed(0, "peer-dead")),
  },
  {
    id: "lab-4.heartbeat-keeps-alive",
    title: "A 104 keeps a client for another 60 s, and is not answered",
    rule,
    hints: [
      "Look at receive(), the message heartbeat.",
      "A 104 is a sign of life, not a question.",
      "Call heard() of the session's heartbeat, and return no action.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      tick(60_000),
      expectHeartbeat(0),
      receive(0, heartbeat),
      expectNothing(),
      tick(60_000),
      expectHeartbeat(0),
      receive(0, heartbeat, heartbeat),
      expectNothing(),
      tick(60_000),
      expectHeartbeat(0),
      tick(1),
      expectClosed(0, "peer-dead"),
    ),
  },
  {
    id: "lab-4.data-is-not-heard",
    title: "Data does not count as heard, nor do other messages",
    rule,
    hints: ["Look at where you call heard().", "A client that only sends data is closed, and rightly so.", "Call it for a 104 alone."],
    run: serving(
      join(0, "13.8.0.2"),
      ...[false, true, false, true, false, true].map((due) =>
        inTurn(
          tick(10_000),
          due ? expectHeartbeat(0) : expectNothing(),
          receive(0, upload(up), upload(spoofed), download(down), message(99, Uint8Array.of(1, 2))),
          expectActions(written(up), dropped(0, "spoofed-source"), dropped(0, "wrong-direction"), dropped(0, "unknown-type")),
        ),
      ),
      tick(1),
      expectClosed(0, "peer-dead"),
    ),
  },
  {
    id: "lab-4.traffic-delays-no-heartbeat",
    title: "Traffic does not put our heartbeats off",
    rule,
    hints: [
      "Look at what restarts the sending clock.",
      "The client waits for a 104, not for data.",
      "Leave the heartbeat alone when you send a 103.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      ...Array.from({ length: 40 }, (_, second) =>
        inTurn(
          tick(1_000),
          (second + 1) % 20 === 0 ? expectHeartbeat(0) : expectNothing(),
          fromTun(down),
          expectSent(0, download(down)),
          receive(0, upload(up), heartbeat),
          expectWritten(up),
        ),
      ),
    ),
  },
];
