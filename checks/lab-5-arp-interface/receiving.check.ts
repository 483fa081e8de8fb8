import type { Check } from "#checks/harness/check.ts";
import { scenario } from "#checks/harness/scenario.ts";
import { packetBytes } from "#checks/harness/wire/packet-bytes.ts";
import { broadcastMac, ipv4, mac, zeroMac } from "#kit/addresses.ts";
import type { Lab5UnderCheck } from "./floods.ts";
import { carries } from "./frames.ts";
import { elsewhere, far, other, peer, us } from "./hosts.ts";
import { expectDelivery, expectNothing, onLink, receive, steps } from "./link-steps.ts";
import { packet } from "./packets.ts";

const forOthers = "docs/protocol.md#frames-for-others";
const malformed = "docs/protocol.md#malformed-frames";

const hello = packet("hello", { source: peer.ip, destination: us.ip });
const helloBytes = packetBytes(hello);
const length = helloBytes.length;

/** Each has one fault. */
const spoiled: readonly (readonly [bytes: Uint8Array, words: string])[] = [
  ...[0, 1, 19, 20, length - 1].map((end) => [helloBytes.slice(0, end), `cut to ${end} of ${length} bytes`] as const),
  [packetBytes(hello, { version: 6 }), "of version 6"],
  [packetBytes(hello, { headerLength: 4 }), "with a header of 4 words"],
  [packetBytes(hello, { headerLength: 15 }), "with a header longer than itself"],
  [packetBytes(hello, { totalLength: 19 }), "with a total length of 19"],
  [packetBytes(hello, { totalLength: length + 1 }), "with a total length that is one too large"],
  [helloBytes.with(10, (helloBytes[10] ?? 0) ^ 1), "with one wrong bit in its checksum"],
  [helloBytes.with(15, 77), "from 10.0.0.77, with the checksum of another one"],
];

export const checks: readonly Check<Lab5UnderCheck>[] = [
  {
    id: "lab-5.delivers-ipv4",
    title: "An IPv4 packet in a frame for us is delivered",
    rule: forOthers,
    hints: [
      "Look at `receive`, etherType 0x0800.",
      "The action carries the parsed packet, not its bytes.",
      "When ipv4Packet.parse is ok, return one deliver with its value.",
    ],
    run: scenario(onLink(), [
      receive(carries(hello)),
      expectDelivery(hello),
      ...[
        packet("part", { ...hello, payload: new Uint8Array(40).fill(7), dontFragment: false, moreFragments: true, fragmentOffset: 1480 }),
        packet("options", { ...hello, options: Uint8Array.of(1, 1, 1, 0) }),
      ].flatMap((value) => [receive(carries(value)), expectDelivery(value)]),
    ]),
  },
  {
    id: "lab-5.delivers-broadcast",
    title: "An IPv4 packet in a broadcast frame is delivered",
    rule: forOthers,
    hints: [
      "Look at the test on the frame's destination.",
      "Two destinations are for us: our own card, and everybody.",
      "Accept our MAC and ff:ff:ff:ff:ff:ff, for IPv4 as for ARP.",
    ],
    run: scenario(onLink(), [
      receive(carries(packet("to all", { source: peer.ip, destination: ipv4("10.0.0.255") }), { to: broadcastMac })),
      expectDelivery(packet("to all", { source: peer.ip, destination: ipv4("10.0.0.255") })),
    ]),
  },
  {
    id: "lab-5.delivers-whatever-destination",
    title: "The packet's own destination is not looked at",
    rule: forOthers,
    hints: [
      "Look at whether you compare packet.destination with our IP.",
      "A router gets packets that are not for itself: that is its work.",
      "Deliver whatever parses. The floor above decides what to do with it.",
    ],
    run: scenario(onLink(), [
      receive(carries(packet("pass", { source: elsewhere, destination: far }))),
      expectDelivery(packet("pass", { source: elsewhere, destination: far })),
    ]),
  },
  {
    id: "lab-5.ignores-ipv4-for-others",
    title: "An IPv4 packet in a frame for another card is ignored",
    rule: forOthers,
    hints: [
      "Look at the first thing that `receive` does.",
      "On a shared link you see a good deal of other people's frames.",
      "Return [] unless destination is our MAC or ff:ff:ff:ff:ff:ff.",
    ],
    run: scenario(
      onLink(),
      [other.mac, mac("01:00:5e:00:00:01"), zeroMac, mac("02:00:00:00:00:11")].map((to) =>
        steps(receive(carries(hello, { to })), expectNothing()),
      ),
    ),
  },
  {
    id: "lab-5.ipv4-padding",
    title: "Padding behind an IPv4 packet is left out",
    rule: malformed,
    hints: [
      "Look at where the packet ends, and where the frame does.",
      "Ethernet fills short frames up to 46 bytes. Only the packet's total length knows better.",
      "Deliver the value that ipv4Packet.parse returns; it leaves padding out.",
    ],
    run: scenario(onLink(), [receive(carries(hello, { padding: 46 - length })), expectDelivery(hello)]),
  },
  {
    id: "lab-5.malformed-ipv4",
    title: "Malformed IPv4 is ignored, and nothing is thrown",
    rule: malformed,
    hints: [
      "Look at what you do when ipv4Packet.parse is not ok.",
      "A packet that was damaged on its way must reach nobody, and must not stop us either.",
      "Return [] when it is not ok, and deliver its value otherwise.",
    ],
    run: scenario(onLink(), [
      ...spoiled.map(([payload, words]) => steps(receive({ ...carries(hello), payload }, `IPv4 ${words}`), expectNothing())),
      receive(carries(hello)),
      expectDelivery(hello),
    ]),
  },
];
