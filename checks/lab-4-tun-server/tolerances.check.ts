import type { Check } from "#checks/harness/check.ts";
import type { CheckedLab4 } from "./checked-lab.ts";
import {
  connect,
  expectClosed,
  expectDropped,
  expectGrant,
  expectHeartbeat,
  expectNothing,
  expectWritten,
  receive,
  tick,
} from "./core-steps.ts";
import { far, packet } from "./packets.ts";
import { inTurn, serving } from "./server-world.ts";
import { download, grant, heartbeat, message, raw, request, upload } from "./wire.ts";

const rule = "docs/protocol.md#tolerances";
const good = packet("13.8.0.2", far);

/** What only a server sends. */
const wrongDirection = inTurn(
  receive(0, grant("13.8.0.6")),
  expectDropped(0, "wrong-direction"),
  receive(0, download(packet(far, "13.8.0.2"))),
  expectDropped(0, "wrong-direction"),
  receive(0, download(good)),
  expectDropped(0, "wrong-direction"),
);

export const checks: readonly Check<CheckedLab4>[] = [
  {
    id: "lab-4.before-the-grant",
    title: "A 102 or 104 before the first 100 is dropped, and does not close",
    rule,
    hints: [
      "Look at a session that has no address yet.",
      "Real servers crash here: users[-1].",
      "Return a drop with the reason no-address, and go on.",
    ],
    run: serving(
      connect(0),
      receive(0, upload(good)),
      expectDropped(0, "no-address"),
      receive(0, heartbeat),
      expectDropped(0, "no-address"),
      receive(0, request),
      expectGrant(0, "13.8.0.2"),
      receive(0, upload(good)),
      expectWritten(good),
    ),
  },
  {
    id: "lab-4.wrong-direction",
    title: "A 101 or 103 from a client is dropped",
    rule,
    hints: [
      "Look at the messages that only a server sends.",
      "It is wrong, but no reason to close.",
      "Return a drop with the reason wrong-direction, with or without an address.",
    ],
    run: serving(
      connect(0),
      wrongDirection,
      receive(0, request),
      expectGrant(0, "13.8.0.2"),
      wrongDirection,
      receive(0, upload(good)),
      expectWritten(good),
    ),
  },
  {
    id: "lab-4.unknown-types",
    title: "A message of an unknown type is skipped and counted",
    rule,
    hints: ["Look at the decoder's event ignored.", "The stream goes on behind it.", "Return a drop with the reason unknown-type."],
    run: serving(
      connect(0),
      receive(0, message(99)),
      expectDropped(0, "unknown-type"),
      receive(0, request),
      expectGrant(0, "13.8.0.2"),
      ...[0, 1, 99, 105, 200, 255].map((type) =>
        inTurn(receive(0, message(type, Uint8Array.of(100, 0, 104)), upload(good)), expectDropped(0, "unknown-type"), expectWritten(good)),
      ),
    ),
  },
  {
    id: "lab-4.data-in-100-and-104",
    title: "A 100 or 104 with data, or with a length of 0 to 4, counts",
    rule,
    hints: [
      "Look at lab 1's decoder: it should take care of this.",
      "Several public clients send lengths of 0.",
      "Act on the message's type; its data does not matter.",
    ],
    run: serving(
      connect(0),
      receive(0, message(100, new Uint8Array(4))),
      expectGrant(0, "13.8.0.2"),
      receive(0, raw("0000000064", "a 100 with the length 0")),
      expectGrant(0, "13.8.0.2"),
      tick(40_000),
      expectHeartbeat(0),
      receive(0, message(104, new Uint8Array(3))),
      expectNothing(),
      tick(40_000),
      expectHeartbeat(0),
      receive(0, raw("0400000068", "a 104 with the length 4")),
      expectNothing(),
      tick(60_000),
      expectHeartbeat(0),
      tick(1),
      expectClosed(0, "peer-dead"),
    ),
  },
];
