import type { Check } from "#checks/harness/check.ts";
import { scenario } from "#checks/harness/scenario.ts";
import { broadcastMac } from "#kit/addresses.ts";
import { fromHex } from "#kit/bytes.ts";
import type { Lab5UnderCheck } from "./floods.ts";
import { etherTypes, isAt, whoHas } from "./frames.ts";
import { elsewhere, far, gateway, nobody, other, peer, us } from "./hosts.ts";
import {
  expectFrame,
  expectNothing,
  expectPacket,
  expectQuestion,
  expectReplyAmongPackets,
  onLink,
  receive,
  send,
  tick,
} from "./link-steps.ts";

const resolution = "docs/protocol.md#address-resolution";
const learning = "docs/protocol.md#learning";

const options = Uint8Array.of(1, 1, 1, 0);

export const checks: readonly Check<Lab5UnderCheck>[] = [
  {
    id: "lab-5.request-frame",
    title: "An unknown next hop is asked for by one broadcast ARP request",
    rule: resolution,
    hints: [
      "Look at `send`, the case in which the table does not know the next hop.",
      "A request goes to everybody: which MAC addresses stand in the Ethernet header, and which in the ARP message?",
      "Transmit one frame to ff:ff:ff:ff:ff:ff, etherType 0x0806, with arpMessage.serialize of operation request, our MAC and IP as sender, targetMac all zero, targetIp the next hop.",
    ],
    run: scenario(onLink(), [
      send("hello", peer),
      expectFrame(
        {
          destination: broadcastMac,
          source: us.mac,
          etherType: etherTypes.arp,
          payload: fromHex("0001 0800 06 04 0001  020000000001 0a000001  000000000000 0a000009"),
        },
        "the question who has 10.0.0.9",
      ),
      expectNothing(),
    ]),
  },
  {
    id: "lab-5.one-request",
    title: "While a request is younger than 5 s, no second one is sent for that next hop",
    rule: resolution,
    hints: [
      "Look at `send` when something waits for the next hop already.",
      "What tells a next hop that is being asked for from one that nobody has asked for?",
      "Keep an entry for each next hop from the request on. When `send` finds one, it adds the packet to it and returns [].",
    ],
    run: scenario(onLink(), [
      send("a", peer),
      expectQuestion(peer),
      send("b", peer),
      expectNothing(),
      tick(2500),
      send("c", peer),
      expectNothing(),
      tick(2499),
      send("d", peer),
      expectNothing(),
    ]),
  },
  {
    id: "lab-5.queue-in-order",
    title: "When the answer comes, all that waited is sent, in order",
    rule: learning,
    hints: [
      "Look at what `receive` does after it has learned something.",
      "Several packets may wait, the one that made us ask among them. In which order did they come?",
      "Take the list that waits for senderIp, and return one IPv4 frame for each, first come first served.",
    ],
    run: scenario(onLink(), [
      send("a", peer),
      expectQuestion(peer),
      send("b", peer),
      send("c", peer),
      tick(1000),
      receive(isAt(peer)),
      expectPacket("a", peer),
      expectPacket("b", peer),
      expectPacket("c", peer),
      expectNothing(),
    ]),
  },
  {
    id: "lab-5.queue-once",
    title: "What waited is sent once",
    rule: learning,
    hints: [
      "Look at what is left in the queue after the answer.",
      "Somebody may answer twice, or announce himself a second later.",
      "Remove the entry when you send what is in it.",
    ],
    run: scenario(onLink(), [
      send("a", peer),
      expectQuestion(peer),
      receive(isAt(peer)),
      expectPacket("a", peer),
      receive(isAt(peer)),
      expectNothing(),
      send("b", peer),
      expectPacket("b", peer),
      receive(isAt(peer)),
      expectNothing(),
    ]),
  },
  {
    id: "lab-5.queue-keeps-copies",
    title: "What waits is a copy: the caller may use its bytes again",
    rule: resolution,
    hints: [
      "Bytes of a5 in the frame? Look at what the queue keeps. (Every input is overwritten with a5 after the call.)",
      "The packet's payload and options are views that are valid only during the call.",
      "Queue the bytes that ipv4Packet.serialize returns, not the packet.",
    ],
    run: scenario(onLink(), [
      send("keep me", peer, { options }),
      expectQuestion(peer),
      send("and me", peer),
      receive(isAt(peer)),
      expectPacket("keep me", peer, { options }),
      expectPacket("and me", peer),
    ]),
  },
  {
    id: "lab-5.by-next-hop",
    title: "The next hop is asked for, not the packet's destination",
    rule: resolution,
    hints: [
      "Look at the key under which `send` looks up, asks and queues.",
      "198.51.100.2 is not on this link. Who carries the packet there?",
      "Use nextHop for the table, the queue and the request; packet.destination for nothing.",
    ],
    run: scenario(onLink(), [
      send("a", gateway),
      expectQuestion(gateway),
      receive(isAt({ ip: far, mac: other.mac })),
      expectNothing(),
      receive(isAt(gateway)),
      expectPacket("a", gateway),
      send("b", gateway, { destination: elsewhere }),
      expectPacket("b", gateway, { destination: elsewhere }),
      send("c", gateway),
      expectPacket("c", gateway),
    ]),
  },
  {
    id: "lab-5.two-destinations-one-hop",
    title: "Packets for several destinations wait together for their one next hop",
    rule: resolution,
    hints: [
      "Look at the key of the queue.",
      "Two packets, two destinations, one neighbour: how many requests?",
      "Keep one entry for each next hop, whatever the destinations of its packets are.",
    ],
    run: scenario(onLink(), [
      send("a", gateway),
      expectQuestion(gateway),
      send("b", gateway, { destination: elsewhere }),
      expectNothing(),
      receive(isAt(gateway)),
      expectPacket("a", gateway),
      expectPacket("b", gateway, { destination: elsewhere }),
    ]),
  },
  {
    id: "lab-5.one-destination-two-hops",
    title: "Packets for one destination by two next hops wait apart",
    rule: resolution,
    hints: [
      "Look at the key of the queue.",
      "A host may have two gateways. The packet goes where the caller said.",
      "Keep one entry for each next hop, and look no further than that.",
    ],
    run: scenario(onLink(), [
      send("a", gateway),
      expectQuestion(gateway),
      send("b", peer),
      expectQuestion(peer),
      receive(isAt(peer)),
      expectPacket("b", peer),
      receive(isAt(gateway)),
      expectPacket("a", gateway),
    ]),
  },
  {
    id: "lab-5.queue-of-others-stays",
    title: "An answer sends only what waits for its sender",
    rule: learning,
    hints: [
      "Look at which queue you send.",
      "For the others we still do not know where to go.",
      "Take the list under senderIp, and leave the rest as it is.",
    ],
    run: scenario(onLink(), [
      send("a", peer),
      expectQuestion(peer),
      send("b", other),
      expectQuestion(other),
      receive(isAt(peer)),
      expectPacket("a", peer),
      tick(4999),
      receive(isAt(other)),
      expectPacket("b", other),
    ]),
  },
  {
    id: "lab-5.request-sends-the-queue",
    title: "A request from the neighbour we wait for sends what waits",
    rule: learning,
    hints: [
      "Look at where you send what waits: after replies only?",
      "A request tells the asker's MAC as well as a reply does.",
      "After every lesson, send what waits for senderIp.",
    ],
    run: scenario(onLink(), [
      send("a", peer),
      expectQuestion(peer),
      receive(whoHas(nobody, peer)),
      expectPacket("a", peer),
      receive(isAt(peer)),
      expectNothing(),
    ]),
  },
  {
    id: "lab-5.asks-and-answers",
    title: "A request for us from the neighbour we wait for is answered, and sends what waits",
    rule: learning,
    hints: [
      "Look at whether you return right after the reply.",
      "One message can do two things.",
      "Build a list: the reply and the packets, in either order.",
    ],
    run: scenario(onLink(), [
      send("a", peer),
      expectQuestion(peer),
      send("b", peer),
      receive(whoHas(us.ip, peer)),
      expectReplyAmongPackets(peer, ["a", "b"]),
    ]),
  },
];
