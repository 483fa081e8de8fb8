import type { Check } from "#checks/harness/check.ts";
import { expectThat } from "#checks/harness/expect.ts";
import { scenario } from "#checks/harness/scenario.ts";
import { broadcastMac } from "#kit/addresses.ts";
import { hearFromStations, sendToStations } from "./flood-steps.ts";
import type { Lab5UnderCheck } from "./floods.ts";
import { announcement, carries, isAt, whoHas } from "./frames.ts";
import { card, nobody, other, peer, us } from "./hosts.ts";
import {
  expectDelivery,
  expectNothing,
  expectPacket,
  expectQuestion,
  expectReply,
  type LinkStep,
  onLink,
  receive,
  send,
  tick,
} from "./link-steps.ts";
import { packet } from "./packets.ts";

const rule = "docs/protocol.md#learning";

const options = Uint8Array.of(1, 1, 1, 0);
/** The peer after its network card was replaced. */
const moved = { ip: peer.ip, mac: card(15) };

/** Whatever was sent is right. */
const expectNoDelivery: LinkStep = async ({ outbox }) => {
  const delivered = outbox.takeAll().some(({ kind }) => kind === "deliver");
  expectThat(!delivered, "an ARP message was handed up, and it carries no packet");
};

export const checks: readonly Check<Lab5UnderCheck>[] = [
  {
    id: "lab-5.known-next-hop",
    title: "A packet for a known next hop leaves at once, in one IPv4 frame",
    rule: "docs/protocol.md#address-resolution",
    hints: [
      "Look at `send`, the case in which the table knows the next hop.",
      "Whose MAC is the frame's destination, whose its source, and what is the payload?",
      "Return one transmit: destination the MAC from the table, source our MAC, etherType 0x0800, payload ipv4Packet.serialize(packet).",
    ],
    run: scenario(onLink(), [
      receive(isAt(peer)),
      expectNothing(),
      send("hello", peer),
      expectPacket("hello", peer),
      send("options", peer, { options }),
      expectPacket("options", peer, { options }),
    ]),
  },
  {
    id: "lab-5.learns-unasked",
    title: "A reply that nobody asked for teaches",
    rule,
    hints: [
      "Look at whether you learn only what you asked for.",
      "What we hear for free saves us a question later.",
      "Learn from every ARP message, without a look at what waits.",
    ],
    run: scenario(onLink(), [receive(isAt(peer)), expectNothing(), send("a", peer), expectPacket("a", peer)]),
  },
  {
    id: "lab-5.learns-from-request",
    title: "A request for our address teaches who asks",
    rule,
    hints: [
      "Look at the requests that you answer.",
      "The asker has just told us where he is.",
      "Learn senderIp and senderMac before you answer, or after it.",
    ],
    run: scenario(onLink(), [receive(whoHas(us.ip, peer)), expectReply(peer), send("a", peer), expectPacket("a", peer)]),
  },
  {
    id: "lab-5.learns-from-request-for-others",
    title: "A broadcast request for somebody else teaches who asks",
    rule,
    hints: [
      "Look at where you return early.",
      "The question is not for us, but the asker's addresses are true all the same.",
      "Learn first; look at targetIp only to decide whether to answer.",
    ],
    run: scenario(onLink(), [receive(whoHas(nobody, peer)), expectNothing(), send("a", peer), expectPacket("a", peer)]),
  },
  {
    id: "lab-5.learns-from-broadcast-reply",
    title: "A reply to everybody teaches, also when its target is somebody else",
    rule,
    hints: [
      "Look at the frames from which you learn replies.",
      "The Ethernet destination is ff:ff:ff:ff:ff:ff, and the ARP target is another host.",
      "Learn from replies in every accepted frame.",
    ],
    run: scenario(onLink(), [
      receive(isAt(peer, { target: other, to: broadcastMac })),
      expectNothing(),
      send("a", peer),
      expectPacket("a", peer),
    ]),
  },
  {
    id: "lab-5.learns-whatever-the-target",
    title: "A reply in a frame for us teaches, whoever its ARP target is",
    rule,
    hints: [
      "Look at whether you compare targetIp or targetMac with anything before you learn.",
      "The frame was for us. The sender's addresses are what counts.",
      "Learn from every ARP message in an accepted frame.",
    ],
    run: scenario(onLink(), [
      receive(isAt(peer, { target: other, to: us.mac })),
      expectNothing(),
      send("a", peer),
      expectPacket("a", peer),
    ]),
  },
  {
    id: "lab-5.learns-from-announcement",
    title: "An announcement teaches",
    rule,
    hints: [
      "Look at a request in which sender and target are the same address.",
      "Nobody is asked anything: somebody says who he is.",
      "It needs no case of its own: learn the sender, and do not answer, since the target is not us.",
    ],
    run: scenario(onLink(), [receive(announcement(peer)), expectNothing(), send("a", peer), expectPacket("a", peer)]),
  },
  {
    id: "lab-5.mac-changes",
    title: "The newest MAC wins",
    rule,
    hints: [
      "Look at what happens when a known IP speaks with another MAC.",
      "A network card was replaced, and the new one is announced.",
      "Overwrite the mapping, whatever it said before.",
    ],
    run: scenario(onLink(), [
      receive(isAt(peer)),
      send("a", peer),
      expectPacket("a", peer),
      receive(announcement(moved)),
      expectNothing(),
      send("b", peer),
      expectPacket("b", moved),
    ]),
  },
  {
    id: "lab-5.many-neighbours",
    title: "A thousand neighbours are known at once",
    rule,
    hints: [
      "Look at the bound of your table, if it has one, and at what it does when it is full.",
      "A link may have a thousand stations, and each has a card of its own.",
      "Keep at least ten thousand mappings.",
    ],
    run: scenario(onLink(), [hearFromStations(1000, 0), sendToStations(1000, { least: 1000 })]),
  },
  {
    id: "lab-5.own-ip-claim-survives",
    title: "A frame that claims our own address does no harm",
    rule,
    hints: [
      "Look at what a request or reply with our IP as its sender does to your state.",
      "Whatever you do with it, everything else goes on.",
      "Ignore it, or answer it; but do not throw, do not deliver it, and do not change other mappings.",
    ],
    run: scenario(onLink(), [
      receive(isAt(peer)),
      receive(whoHas(us.ip, { ip: us.ip, mac: other.mac })),
      expectNoDelivery,
      receive(isAt({ ip: us.ip, mac: other.mac })),
      expectNoDelivery,
      send("a", peer),
      expectPacket("a", peer),
      receive(whoHas(us.ip, peer)),
      expectReply(peer),
    ]),
  },
];

/** The same, where the story needs a question of ours as well. */
export const checksThatAsk: readonly Check<Lab5UnderCheck>[] = [
  {
    id: "lab-5.learns-from-arp-fields",
    title: "The ARP fields teach, not the Ethernet source",
    rule,
    hints: [
      "Look at which MAC you put into the table.",
      "A proxy may pass the message on: then the frame's source is the proxy.",
      "Use senderMac of the ARP message.",
    ],
    run: scenario(onLink(), [
      send("a", peer),
      expectQuestion(peer),
      receive(isAt(peer, { by: other.mac })),
      expectPacket("a", peer),
      send("b", peer),
      expectPacket("b", peer),
      tick(30_000),
      receive(whoHas(nobody, peer, { by: other.mac })),
      send("c", peer),
      expectPacket("c", peer),
    ]),
  },
  {
    id: "lab-5.ipv4-teaches-nothing",
    title: "IPv4 packets neither teach a mapping nor refresh it",
    rule,
    hints: [
      "Look at what `receive` does with an IPv4 frame, apart from the delivery.",
      "The source of the packet may be far away; the frame's source is then the gateway.",
      "Learn from ARP only.",
    ],
    run: scenario(onLink(), [
      receive(carries(packet("in", { source: peer.ip, destination: us.ip }))),
      expectDelivery(packet("in", { source: peer.ip, destination: us.ip })),
      send("a", peer),
      expectQuestion(peer),
      receive(isAt(peer)),
      expectPacket("a", peer),
      tick(20_000),
      receive(carries(packet("in", { source: peer.ip, destination: us.ip }))),
      expectDelivery(packet("in", { source: peer.ip, destination: us.ip })),
      tick(10_000),
      send("b", peer),
      expectQuestion(peer),
    ]),
  },
];
