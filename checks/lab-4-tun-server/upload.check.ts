import type { Check } from "#checks/harness/check.ts";
import type { CheckedLab4 } from "./checked-lab.ts";
import { expectDropped, expectSent, expectWritten, fromTun, join, receive } from "./core-steps.ts";
import { far, packet, packetOfLength, routerSolicitation, spoilt, withVersion } from "./packets.ts";
import { inTurn, serving } from "./server-world.ts";
import { download, message, upload } from "./wire.ts";

const rule = "docs/protocol.md#client-to-tun";
const good = packet("13.8.0.2", far);

/** Packets that a router might want to change, or a parser might not like. */
const unusual = [
  { options: Uint8Array.of(1, 1, 1, 0) },
  { flags: 1, fragmentOffset: 185 },
  { timeToLive: 1 },
  { timeToLive: 0 },
  { payload: Uint8Array.of(7) },
  { payload: new Uint8Array(1480).fill(0xee) },
  { protocol: 255, payload: new Uint8Array() },
];

export const checks: readonly Check<CheckedLab4>[] = [
  {
    id: "lab-4.writes-to-tun",
    title: "The packet of a 102 is written to the TUN",
    rule,
    hints: [
      "Look at receive(), the message internet-request.",
      "A message wraps a packet. What belongs into the TUN?",
      "Return a write-tun with the message's packet, without the five bytes of header.",
    ],
    run: serving(join(0, "13.8.0.2"), receive(0, upload(good)), expectWritten(good)),
  },
  {
    id: "lab-4.packets-unchanged",
    title: "Packets pass byte by byte as they are, both ways",
    rule,
    hints: [
      "Look at whether you parse and serialize packets on their way.",
      "The kernel is the router here: it lowers the time to live, and it knows fragments and options.",
      "Pass the bytes on as they came.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      ...unusual.map((fields) => {
        const [up, down] = [packet("13.8.0.2", far, fields), packet(far, "13.8.0.2", fields)];
        return inTurn(receive(0, upload(up)), expectWritten(up), fromTun(down), expectSent(0, download(down)));
      }),
    ),
  },
  {
    id: "lab-4.largest-packet",
    title: "A packet that just fills a message passes, both ways",
    rule: "docs/protocol.md#framing",
    hints: [
      "Look at your limits, on the way up and on the way down.",
      "A message of 4101 bytes holds a packet of 4096.",
      "maxLength is the whole message: 5 + packet.length <= maxLength.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      receive(0, upload(packetOfLength(4096, "13.8.0.2", far))),
      expectWritten(packetOfLength(4096, "13.8.0.2", far)),
      fromTun(packetOfLength(4096, far, "13.8.0.2")),
      expectSent(0, download(packetOfLength(4096, far, "13.8.0.2"))),
    ),
  },
  {
    id: "lab-4.whole-packets-only",
    title: "A 102 that is not one whole IPv4 packet is dropped",
    rule,
    hints: [
      "Look at what you test before you write to the TUN.",
      "The message says how long the data is. The packet says it too, and must agree.",
      "Header length at least 5 words and within the packet; total length equal to the number of bytes.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      ...spoilt(good).map(({ words, bytes }) =>
        inTurn(receive(0, { ...upload(bytes), words: `a 102 with a spoilt packet: ${words}` }), expectDropped(0, "malformed-packet")),
      ),
      receive(0, upload(good)),
      expectWritten(good),
    ),
  },
  {
    id: "lab-4.empty-102",
    title: "A 102 without data is dropped",
    rule,
    hints: [
      "Look at a packet of no bytes.",
      "It has no first byte, and so no version to look at.",
      "Return a drop with the reason malformed-packet.",
    ],
    run: serving(join(0, "13.8.0.2"), receive(0, message(102), upload(good)), expectDropped(0, "malformed-packet"), expectWritten(good)),
  },
  {
    id: "lab-4.ipv6-from-client",
    title: "A 102 with another version than 4 is dropped",
    rule,
    hints: [
      "Look at the version: the high half of the packet's first byte.",
      "A client's kernel sends IPv6 into its TUN, too.",
      "Return a drop with the reason not-ipv4.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      ...[withVersion(good, 6), withVersion(good, 0), withVersion(good, 5), withVersion(good, 15), routerSolicitation].map((bytes) =>
        inTurn(receive(0, upload(bytes)), expectDropped(0, "not-ipv4", "malformed-packet")),
      ),
      receive(0, upload(good)),
      expectWritten(good),
    ),
  },
  {
    id: "lab-4.spoofed-source",
    title: "A packet whose source is not the client's own address is dropped",
    rule,
    hints: [
      "Look at the source address, bytes 12 to 15 of the packet.",
      "Who may speak as 13.8.0.3?",
      "Compare all four bytes with the address that is lent to this session; else drop with spoofed-source.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      join(1, "13.8.0.3"),
      ...["13.8.0.3", "13.8.0.1", "13.8.1.2", "13.9.0.2", "14.8.0.2", "0.0.0.0", far].map((source) =>
        inTurn(receive(0, upload(packet(source, far))), expectDropped(0, "spoofed-source")),
      ),
      receive(0, upload(good)),
      expectWritten(good),
      receive(1, upload(packet("13.8.0.3", far))),
      expectWritten(packet("13.8.0.3", far)),
      receive(1, upload(good)),
      expectDropped(1, "spoofed-source"),
    ),
  },
  {
    id: "lab-4.any-destination",
    title: "The destination of a 102 is not looked at",
    rule,
    hints: [
      "Look at whether you compare the destination with anything.",
      "Two clients may talk to each other: the kernel routes that.",
      "Write it to the TUN, whatever its destination.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      join(1, "13.8.0.3"),
      ...["13.8.0.3", "13.8.0.1", "13.8.0.2", "255.255.255.255", "224.0.0.1"].map((destination) =>
        inTurn(receive(0, upload(packet("13.8.0.2", destination))), expectWritten(packet("13.8.0.2", destination))),
      ),
    ),
  },
];
