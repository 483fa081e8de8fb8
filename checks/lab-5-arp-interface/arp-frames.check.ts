import type { Check } from "#checks/harness/check.ts";
import { scenario } from "#checks/harness/scenario.ts";
import type { EthernetFrame } from "#contract/lab-1-codec.ts";
import type { Lab5UnderCheck } from "./floods.ts";
import { carries, etherTypes, isAt, whoHas } from "./frames.ts";
import { other, peer, us } from "./hosts.ts";
import { expectNothing, expectPacket, expectQuestion, expectReply, type LinkStep, onLink, receive, send, steps } from "./link-steps.ts";
import { packet } from "./packets.ts";

const malformed = "docs/protocol.md#malformed-frames";

const inbound = carries(packet("in", { source: peer.ip, destination: us.ip }));

/** Frames like this one, each with one fault, are ignored. */
function ignoresSpoiled(frame: EthernetFrame, name: string): LinkStep {
  const bytes = frame.payload;
  const faults: readonly (readonly [payload: Uint8Array, words: string])[] = [
    ...Array.from({ length: 28 }, (_, end) => [bytes.slice(0, end), `cut to ${end} of 28 bytes`] as const),
    [bytes.with(1, 6), "for hardware type 6"],
    [bytes.with(2, 0x86).with(3, 0xdd), "for protocol type 0x86dd"],
    [bytes.with(4, 8), "with a hardware length of 8"],
    [bytes.with(5, 16), "with a protocol length of 16"],
    ...[0, 3, 8, 0x0100, 0x0101, 0x0102].map(
      (operation) => [bytes.with(6, operation >> 8).with(7, operation & 0xff), `with operation ${operation}`] as const,
    ),
  ];
  return steps(...faults.map(([payload, words]) => steps(receive({ ...frame, payload }, `an ARP ${name} ${words}`), expectNothing())));
}

export const checks: readonly Check<Lab5UnderCheck>[] = [
  {
    id: "lab-5.ignores-arp-for-others",
    title: "ARP in a frame for another card neither teaches nor is answered",
    rule: "docs/protocol.md#frames-for-others",
    hints: [
      "Look at the first thing that `receive` does.",
      "The test on the frame's destination comes before everything else, for ARP too.",
      "Return [] unless destination is our MAC or ff:ff:ff:ff:ff:ff.",
    ],
    run: scenario(onLink(), [
      receive(isAt(peer, { target: other })),
      expectNothing(),
      send("a", peer),
      expectQuestion(peer),
      receive(whoHas(us.ip, other, { to: peer.mac })),
      expectNothing(),
      send("b", other),
      expectQuestion(other),
      receive(isAt(peer, { to: other.mac })),
      expectNothing(),
    ]),
  },
  {
    id: "lab-5.arp-padding",
    title: "Padding behind an ARP message is ignored, and none is added",
    rule: malformed,
    hints: [
      "Look at whether you compare the payload's length with 28.",
      "Ethernet fills short frames up to 46 bytes; whoever puts them on the link does that, not we.",
      "Let arpMessage.parse decide, and send the 28 bytes that arpMessage.serialize gives.",
    ],
    run: scenario(onLink(), [
      receive(whoHas(us.ip, peer, { padding: 18 })),
      expectReply(peer),
      send("a", peer),
      expectPacket("a", peer),
      send("b", other),
      expectQuestion(other),
      receive(isAt(other, { padding: 18 })),
      expectPacket("b", other),
    ]),
  },
  {
    id: "lab-5.malformed-arp",
    title: "Malformed ARP teaches nothing, is not answered, and nothing is thrown",
    rule: malformed,
    hints: [
      "Look at what you do when arpMessage.parse is not ok.",
      "Anybody on the link can send anything.",
      "Return [] when it is not ok, before you touch its value.",
    ],
    run: scenario(onLink(), [
      ignoresSpoiled(isAt(peer), "reply"),
      ignoresSpoiled(whoHas(us.ip, peer), "request"),
      send("a", peer),
      expectQuestion(peer),
      ignoresSpoiled(isAt(peer), "reply"),
      receive(isAt(peer)),
      expectPacket("a", peer),
    ]),
  },
  {
    id: "lab-5.unknown-ether-types",
    title: "Frames of other types are ignored",
    rule: malformed,
    hints: [
      "Look at the end of `receive`.",
      "IPv6, LLDP and VLAN tags pass on every real link.",
      "Return [] for every etherType but 0x0800 and 0x0806.",
    ],
    run: scenario(onLink(), [
      ...[0x86dd, 0x88cc, 0x8100, 0x0801, 0x0600].flatMap((etherType) =>
        [isAt(peer), whoHas(us.ip, peer), inbound].flatMap((frame) => [receive({ ...frame, etherType }), expectNothing()]),
      ),
      receive({ ...isAt(peer), etherType: etherTypes.ipv4 }, "an ARP reply in a frame that says IPv4"),
      expectNothing(),
      receive({ ...inbound, etherType: etherTypes.arp }, "an IPv4 packet in a frame that says ARP"),
      expectNothing(),
      send("a", peer),
      expectQuestion(peer),
    ]),
  },
];
