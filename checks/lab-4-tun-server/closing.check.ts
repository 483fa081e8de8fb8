import type { Check } from "#checks/harness/check.ts";
import type { CheckedLab4 } from "./checked-lab.ts";
import {
  connect,
  disconnect,
  expectClosed,
  expectDropped,
  expectFree,
  expectGrant,
  expectNothing,
  expectSent,
  expectWritten,
  fillPool,
  fromTun,
  join,
  joinSomehow,
  receive,
  tick,
} from "./core-steps.ts";
import { far, packet } from "./packets.ts";
import { inTurn, serving } from "./server-world.ts";
import { badHeader, download, firstBytes, lostFraming, request, upload } from "./wire.ts";

const rule = "docs/protocol.md#closing";
const [a, b] = [packet("13.8.0.2", far, "a"), packet("13.8.0.2", far, "b")];
const toTwo = packet(far, "13.8.0.2");
const toThree = packet(far, "13.8.0.3");

export const checks: readonly Check<CheckedLab4>[] = [
  {
    id: "lab-4.framing-error-closes",
    title: "Lost framing closes the session, as soon as the header is there",
    rule,
    hints: [
      "Look at the decoder's event error.",
      "Real servers hang or crash at lengths of 0, -1 and 2^31.",
      "Return a close with the reason bad-message; the address goes back to the pool.",
    ],
    run: serving(
      ...lostFraming.map((header, client) =>
        inTurn(joinSomehow(client), receive(client, header), expectClosed(client, "bad-message"), expectFree(5)),
      ),
      connect(20),
      receive(20, badHeader),
      expectClosed(20, "bad-message"),
    ),
  },
  {
    id: "lab-4.acts-before-framing-error",
    title: "Messages in front of a framing error still act, those behind it do not",
    rule,
    hints: [
      "Look at what you return when the last event is an error.",
      "The decoder gives its events in the order of the stream.",
      "Collect the actions so far, then add the close.",
    ],
    run: serving(
      connect(0),
      receive(0, request, upload(a), upload(b), badHeader, upload(a)),
      expectGrant(0, "13.8.0.2"),
      expectWritten(a),
      expectWritten(b),
      expectClosed(0, "bad-message"),
    ),
  },
  {
    id: "lab-4.silence-after-close",
    title: "After its close a session gives nothing",
    rule,
    hints: [
      "Look at what you still know about a session that is closed.",
      "Bytes may still wait in the socket, and the FIN comes later.",
      "Forget it, and return [] for what you do not know.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      receive(0, badHeader),
      expectClosed(0, "bad-message"),
      receive(0, request),
      expectNothing(),
      receive(0, upload(a)),
      expectNothing(),
      disconnect(0),
      disconnect(0),
      tick(20_000),
      expectNothing(),
      tick(60_001),
    ),
  },
  {
    id: "lab-4.disconnect-gives-back",
    title: "A disconnect gives the address back, three hundred times",
    rule,
    hints: [
      "Look at disconnect(): what does it leave behind?",
      "Real servers have no address left at connection 101.",
      "Close the session in the table, forget its decoder and its heartbeat, and return [].",
    ],
    run: serving(
      ...Array.from({ length: 300 }, (_, client) => inTurn(joinSomehow(client), disconnect(client))),
      ...Array.from({ length: 5 }, (_, client) => joinSomehow(300 + client)),
      expectFree(0),
    ),
  },
  {
    id: "lab-4.disconnect-without-address",
    title: "A client that never asked leaves no trace",
    rule,
    hints: [
      "Look at disconnect() of a session that has no address.",
      "There is nothing to give back, and nothing that could go wrong.",
      "The session table copes: closing what has no address does nothing more.",
    ],
    run: serving(
      connect(0),
      receive(0, firstBytes(3, request)),
      disconnect(0),
      disconnect(0),
      disconnect(77),
      receive(77, request),
      expectNothing(),
      expectFree(5),
      tick(60_001),
    ),
  },
  {
    id: "lab-4.disconnected-gets-nothing",
    title: "A packet for somebody who has left is dropped",
    rule: "docs/protocol.md#tun-to-client",
    hints: [
      "Look at the session table after a disconnect.",
      "Answers are still on their way when a client leaves.",
      "Where ownerOf gives undefined, return a drop with the reason no-session.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      fromTun(toTwo),
      expectSent(0, download(toTwo)),
      join(1, "13.8.0.3"),
      disconnect(0),
      fromTun(toTwo),
      expectDropped("tun", "no-session"),
      receive(1, badHeader),
      expectClosed(1, "bad-message"),
      fromTun(toThree),
      expectDropped("tun", "no-session"),
    ),
  },
  {
    id: "lab-4.reused-address",
    title: "An address that was lent again belongs to its new holder alone",
    rule: "docs/protocol.md#user-table",
    hints: [
      "Look at what still remembers the old holder.",
      "Two sessions have one address, one after the other.",
      "Ask the session table for the owner each time, and let a second disconnect() do nothing.",
    ],
    run: serving(
      fillPool,
      disconnect(10),
      join(0, "13.8.0.2"),
      fromTun(toTwo),
      expectSent(0, download(toTwo)),
      receive(0, upload(a)),
      expectWritten(a),
      receive(10, upload(a)),
      expectNothing(),
      disconnect(10),
      fromTun(toTwo),
      expectSent(0, download(toTwo)),
      expectFree(0),
    ),
  },
];
