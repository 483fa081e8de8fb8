import type { Check } from "#checks/harness/check.ts";
import { scenario } from "#checks/harness/scenario.ts";
import { broadcastMac } from "#kit/addresses.ts";
import { fromHex } from "#kit/bytes.ts";
import type { Lab5UnderCheck } from "./floods.ts";
import { etherTypes, isAt, whoHas } from "./frames.ts";
import { host, nobody, other, peer, us } from "./hosts.ts";
import { expectFrame, expectNothing, expectReply, onLink, receive, steps, tick } from "./link-steps.ts";

const rule = "docs/protocol.md#address-resolution";

export const checks: readonly Check<Lab5UnderCheck>[] = [
  {
    id: "lab-5.answers-request",
    title: "A request for our address gets one reply, to the asker alone",
    rule,
    hints: [
      "Look at the reply: four addresses in the ARP message, two in the Ethernet header.",
      "Who is the sender of the reply, and who its target? They have swapped roles since the request.",
      "destination and targetMac: the request's senderMac; targetIp: its senderIp; sender: ours; operation reply.",
    ],
    run: scenario(onLink(), [
      receive(whoHas(us.ip, peer)),
      expectFrame(
        {
          destination: peer.mac,
          source: us.mac,
          etherType: etherTypes.arp,
          payload: fromHex("0001 0800 06 04 0002  020000000001 0a000001  020000000009 0a000009"),
        },
        "the reply to 10.0.0.9",
      ),
    ]),
  },
  {
    id: "lab-5.answers-every-time",
    title: "Each request is answered, also the tenth within a second",
    rule,
    hints: [
      "Look at what you remember about your answers.",
      "The 5 seconds are for our own requests. An answer may get lost, and then the asker asks again.",
      "Answer each request, and keep no time for it.",
    ],
    run: scenario(onLink(), [
      ...Array.from({ length: 10 }, () => steps(receive(whoHas(us.ip, peer)), expectReply(peer), tick(100))),
      receive(whoHas(us.ip, other)),
      expectReply(other),
    ]),
  },
  {
    id: "lab-5.answers-unicast-request",
    title: "A request sent to our card alone is answered too",
    rule,
    hints: [
      "Look at the frames in which you expect requests, and at what you compare targetMac with.",
      "Linux asks a neighbour that it knows already by unicast, to see whether it is still there.",
      "Treat requests alike, whether the frame was for us or for everybody. targetMac does not matter.",
    ],
    run: scenario(onLink(), [
      receive(whoHas(us.ip, peer, { to: us.mac })),
      expectReply(peer),
      receive(whoHas(us.ip, other, { to: us.mac, targetMac: us.mac })),
      expectReply(other),
    ]),
  },
  {
    id: "lab-5.answers-to-arp-sender",
    title: "The reply goes to the ARP sender, not to the Ethernet source",
    rule,
    hints: [
      "Look at the Ethernet destination of your reply.",
      "Somebody may pass a request on. Then the frame's source is not who asks.",
      "Use the request's senderMac for both destination and targetMac.",
    ],
    run: scenario(onLink(), [receive(whoHas(us.ip, peer, { by: other.mac })), expectReply(peer)]),
  },
  {
    id: "lab-5.others-are-not-answered-for",
    title: "A request for another address is not answered, known or not",
    rule,
    hints: [
      "Look at what you do with targetIp.",
      "Who answers for others gets their packets.",
      "Reply only when targetIp is our own IP, and compare the whole address.",
    ],
    run: scenario(onLink(), [
      receive(isAt(other)),
      expectNothing(),
      ...[other.ip, nobody, peer.ip, host(11).ip, host(2).ip].map((ip) => steps(receive(whoHas(ip, peer)), expectNothing())),
    ]),
  },
  {
    id: "lab-5.replies-are-not-answered",
    title: "A reply for our address is not answered",
    rule,
    hints: [
      "Look at the operation of the message.",
      "Two hosts that answer answers never stop.",
      "Reply only when the operation is request.",
    ],
    run: scenario(onLink(), [receive(isAt(peer)), expectNothing(), receive(isAt(peer, { to: broadcastMac })), expectNothing()]),
  },
];
