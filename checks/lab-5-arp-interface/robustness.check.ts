import type { Check } from "#checks/harness/check.ts";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import { expectThat } from "#checks/harness/expect.ts";
import { scenario } from "#checks/harness/scenario.ts";
import type { MacAddress } from "#contract/vocabulary.ts";
import { broadcastMac, ipv4, mac, zeroMac } from "#kit/addresses.ts";
import { describeAction } from "./describe-frame.ts";
import { expectSomePackets, floodTable, hearFromStations, sendMany, sendToStations } from "./flood-steps.ts";
import type { Lab5UnderCheck } from "./floods.ts";
import { etherTypes, isAt, whoHas } from "./frames.ts";
import { other, peer, us } from "./hosts.ts";
import {
  expectNothing,
  expectPacket,
  expectQuestion,
  expectReply,
  type LinkStep,
  onLink,
  receive,
  send,
  steps,
  tick,
} from "./link-steps.ts";

const robustness = "docs/protocol.md#robustness";

/** A MAC that no single station can have is neither learned nor answered. */
function impossible(address: MacAddress): LinkStep {
  return steps(
    send("a", peer),
    expectQuestion(peer),
    receive(isAt({ ip: peer.ip, mac: address })),
    expectNothing(),
    receive(isAt(peer)),
    expectPacket("a", peer),
    tick(1000),
    receive(isAt({ ip: peer.ip, mac: address })),
    expectNothing(),
    send("b", peer),
    expectPacket("b", peer),
    receive(whoHas(us.ip, { ip: other.ip, mac: address })),
    expectNothing(),
    send("c", other),
    expectQuestion(other),
  );
}

const impossibleHints = [
  "Look at what you check before you learn, and before you answer.",
  "No single station has such an address: what we send there reaches everybody or nobody.",
  "Ignore ARP messages whose senderMac is all zero or has the lowest bit of its first byte set.",
] as const;

/** A next hop too many may be refused, or take the place of another one; it is not asked for with each packet. */
const expectOneQuestionAtMost: LinkStep = async ({ outbox }) => {
  const { length } = outbox.takeAll();
  expectThat(length <= 1, `expected one question at most, since five seconds have not passed, but there were ${length} frames`);
};

/** Whatever came is right, if it is no packet for anybody. */
const expectNoPacket: LinkStep = async ({ outbox }) => {
  const packets = outbox.takeAll().filter((action) => action.kind === "deliver" || action.frame.etherType === etherTypes.ipv4);
  if (packets.length === 0) return;
  throw new CheckFailure(
    "expected no packet, but one was sent or handed up",
    packets.map((action) => ({ kind: "got", text: `got       ${describeAction(action).join("  ")}` })),
  );
};

export const checks: readonly Check<Lab5UnderCheck>[] = [
  {
    id: "lab-5.queue-bounded",
    title: "A flood to one silent neighbour is bounded: the newest packets are kept, not all",
    rule: robustness,
    hints: [
      "Look at how long one queue can grow.",
      "Five seconds of a fast sender are a lot of memory. Of what was sent, which packets are still worth something?",
      "Bound the queue of each next hop, at 16 packets for example, and drop the oldest.",
    ],
    run: scenario(onLink(), [sendMany(500, peer), expectQuestion(peer), receive(isAt(peer)), expectSomePackets(500, 250)]),
  },
  {
    id: "lab-5.questions-bounded",
    title: "A scan of silent addresses is bounded",
    rule: robustness,
    hints: [
      "Look at how many next hops can be waited for at the same time.",
      "Somebody sends to every address of a large network.",
      "Refuse further next hops, or forget the oldest, from 1024 on for example. After 5 s all is as before.",
    ],
    run: scenario(onLink(), [
      sendToStations(3000),
      sendMany(2, other),
      expectOneQuestionAtMost,
      hearFromStations(3000, 2048),
      tick(5000),
      send("a", peer),
      expectQuestion(peer),
      receive(isAt(peer)),
      expectPacket("a", peer),
    ]),
  },
  {
    id: "lab-5.table-bounded",
    title: "A flood of announcements is bounded",
    rule: robustness,
    hints: [
      "Look at how many mappings your table can have. A table that is too small for a large link fails here, too.",
      "Anybody on the link can invent neighbours.",
      "Bound the table, at 16384 for example; forget the oldest when it is full.",
    ],
    run: scenario(onLink(), [
      // There should be ten thousand, and it may be that many have just been forgotten to make room.
      floodTable([18_000, 36_000], { least: 6000, most: 32_768 }),
      tick(30_000),
      receive(isAt(peer)),
      send("a", peer),
      expectPacket("a", peer),
    ]),
  },
  {
    id: "lab-5.group-mac-not-learned",
    title: "A group MAC is not learned",
    rule: robustness,
    hints: impossibleHints,
    run: scenario(onLink(), [impossible(mac("01:00:5e:00:00:01"))]),
  },
  {
    id: "lab-5.broadcast-mac-not-learned",
    title: "The broadcast MAC is not learned",
    rule: robustness,
    hints: impossibleHints,
    run: scenario(onLink(), [impossible(broadcastMac)]),
  },
  {
    id: "lab-5.zero-mac-not-learned",
    title: "The all-zero MAC is not learned",
    rule: robustness,
    hints: impossibleHints,
    run: scenario(onLink(), [impossible(zeroMac)]),
  },
  {
    id: "lab-5.own-ip-not-learned",
    title: "Our own address is not learned from others",
    rule: robustness,
    hints: [
      "Look at what you check before you learn.",
      "Somebody else uses our address: that is a conflict, and not a lesson.",
      "Do not learn when senderIp is our own IP.",
    ],
    run: scenario(onLink(), [
      receive(isAt({ ip: us.ip, mac: peer.mac })),
      expectNoPacket,
      receive(whoHas(us.ip, { ip: us.ip, mac: peer.mac })),
      expectNoPacket,
      send("to ourselves", us),
      expectNoPacket,
      receive(whoHas(us.ip, other)),
      expectReply(other),
    ]),
  },
  {
    id: "lab-5.probe-answered",
    title: "A probe for our address is answered, and its 0.0.0.0 is not learned",
    rule: robustness,
    hints: [
      "Look at a request whose senderIp is 0.0.0.0.",
      "Somebody wants to know whether our address is free. It is not.",
      "Answer it like any request, and do not learn 0.0.0.0.",
    ],
    run: scenario(onLink(), [
      receive(whoHas(us.ip, { ip: ipv4("0.0.0.0"), mac: peer.mac })),
      expectReply({ ip: ipv4("0.0.0.0"), mac: peer.mac }),
      send("to nobody", { ip: ipv4("0.0.0.0"), mac: peer.mac }),
      expectNoPacket,
    ]),
  },
];
