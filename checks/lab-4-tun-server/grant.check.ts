import type { Check } from "#checks/harness/check.ts";
import { scenario } from "#checks/harness/scenario.ts";
import { ipv4 } from "#kit/addresses.ts";
import type { CheckedLab4 } from "./checked-lab.ts";
import {
  connect,
  disconnect,
  expectClosed,
  expectGrant,
  expectHeartbeat,
  expectNothing,
  expectSent,
  fillPool,
  join,
  receive,
  tick,
} from "./core-steps.ts";
import { beginServing, serving } from "./server-world.ts";
import { grant, heartbeat, request } from "./wire.ts";

const elsewhere = {
  route: ipv4("10.0.0.0"),
  dns: [ipv4("9.9.9.9"), ipv4("149.112.112.112"), ipv4("9.9.9.9")],
} as const;

export const checks: readonly Check<CheckedLab4>[] = [
  {
    id: "lab-4.grants-an-address",
    title: "A message 100 is answered with a 101 that lends an address",
    rule: "docs/protocol.md#address-grant",
    hints: [
      "Look at receive(), the message ip-request.",
      "Three labs meet here: who lends the address, who writes the text, who writes the message?",
      "Call sessions.assign(id); then encodeMessage of an ip-response whose data is addressGrant.serialize({ address, route, dns }).",
    ],
    run: serving(connect(0), receive(0, request), expectGrant(0, "13.8.0.2")),
  },
  {
    id: "lab-4.grant-says-what-is-configured",
    title: "The grant carries the route and the DNS servers of the configuration",
    rule: "docs/protocol.md#address-grant",
    hints: [
      "Look at what stands in your 101 beside the address.",
      "Is any of it written into your code?",
      "Take route and dns from the argument of createServerCore.",
    ],
    run: scenario(beginServing({ cidr: "13.8.0.0/24", ...elsewhere }), [
      connect(0),
      receive(0, request),
      expectSent(0, grant("13.8.0.2", elsewhere)),
    ]),
  },
  {
    id: "lab-4.each-its-own-address",
    title: "Two clients get two addresses, and connecting alone takes none",
    rule: "docs/protocol.md#address-pool",
    hints: [
      "Look at what you give to sessions.assign, and when.",
      "An address belongs to a connection, from its first 100 on.",
      "Open the session in connect(), assign by the session's id at the message 100.",
    ],
    run: serving(connect(0), connect(1), receive(1, request), expectGrant(1, "13.8.0.2"), receive(0, request), expectGrant(0, "13.8.0.3")),
  },
  {
    id: "lab-4.second-request-same-address",
    title: "A second 100 gets the same 101, and takes no second address",
    rule: "docs/protocol.md#user-table",
    hints: [
      "Look at receive(), ip-request, for a session that has an address already.",
      "Real servers leak an address here.",
      "Let the session table decide: assign gives the same address again; send the same 101.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      receive(0, request, request),
      expectGrant(0, "13.8.0.2"),
      expectGrant(0, "13.8.0.2"),
      join(1, "13.8.0.3"),
    ),
  },
  {
    id: "lab-4.second-request-keeps-heartbeat",
    title: "A second 100 does not restart the heartbeat's clocks",
    rule: "docs/protocol.md#heartbeat",
    hints: [
      "Look at where you make the heartbeat.",
      "A repeated 100 restarts nothing: asking is no sign of life.",
      "Make the heartbeat at the first grant only.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      tick(19_999),
      receive(0, request),
      expectGrant(0, "13.8.0.2"),
      tick(1),
      expectHeartbeat(0),
      tick(20_000),
      expectHeartbeat(0),
      receive(0, request),
      expectGrant(0, "13.8.0.2"),
      tick(20_000),
      expectHeartbeat(0),
      receive(0, request),
      expectGrant(0, "13.8.0.2"),
      tick(1),
      expectClosed(0, "peer-dead"),
    ),
  },
  {
    id: "lab-4.pool-exhausted",
    title: "When no address is left, the client is sent nothing and closed",
    rule: "docs/protocol.md#address-pool",
    hints: [
      "Look at receive(), ip-request, when assign gives undefined.",
      "Real servers send garbage such as 1.0.0.0 here.",
      "No send; one close, with the reason pool-exhausted.",
    ],
    run: serving(fillPool, connect(0), receive(0, request), expectClosed(0, "pool-exhausted")),
  },
  {
    id: "lab-4.exhausted-is-closed",
    title: "After pool-exhausted the session is over, also for the rest of the chunk",
    rule: "docs/protocol.md#closing",
    hints: [
      "Look at what you do with the rest of the chunk.",
      "The session is closed in the middle of it. By the time more bytes come, its place may be another's.",
      "Stop at the close, and forget the session.",
    ],
    run: serving(
      fillPool,
      connect(0),
      receive(0, request, request, heartbeat),
      expectClosed(0, "pool-exhausted"),
      receive(0, request),
      expectNothing(),
      disconnect(0),
      disconnect(10),
      join(1, "13.8.0.2"),
      receive(0, request),
      expectNothing(),
    ),
  },
  {
    id: "lab-4.pool-recovers",
    title: "An address that comes back is lent again",
    rule: "docs/protocol.md#address-pool",
    hints: [
      "Look at disconnect(): what becomes of the address?",
      "The pool was empty; one client has left.",
      "Close the session in the table when it ends.",
    ],
    run: serving(
      fillPool,
      connect(0),
      receive(0, request),
      expectClosed(0, "pool-exhausted"),
      disconnect(12),
      join(1, "13.8.0.4"),
      connect(2),
      receive(2, request),
      expectClosed(2, "pool-exhausted"),
    ),
  },
  {
    id: "lab-4.holder-asks-when-empty",
    title: "A client that has an address gets it again, also when the pool is empty",
    rule: "docs/protocol.md#user-table",
    hints: [
      "Look at how you find out that the pool is empty.",
      "This client needs no new address.",
      "Ask the session table, and not the pool.",
    ],
    run: serving(fillPool, receive(10, request), expectGrant(10, "13.8.0.2")),
  },
];
