import type { Check } from "#checks/harness/check.ts";
import { scenario } from "#checks/harness/scenario.ts";
import type { CheckedLab4 } from "./checked-lab.ts";
import { connect, expectDropped, expectSent, fromTun, join } from "./core-steps.ts";
import { far, packet, packetOfLength, routerSolicitation, spoilt, withVersion } from "./packets.ts";
import { beginServing, inTurn, serving } from "./server-world.ts";
import { download } from "./wire.ts";

const rule = "docs/protocol.md#tun-to-client";
const good = packet(far, "13.8.0.2");

/** IPv6 has the middle of the source address where IPv4 has the destination: here it is the address of client 0. */
const disguised = new Uint8Array(routerSolicitation);
disguised.set([13, 8, 0, 2], 16);

/** As above, and bytes 2 and 3 are what IPv4's total length should be. */
const wellDisguised = disguised.with(2, 0).with(3, disguised.length);

export const checks: readonly Check<CheckedLab4>[] = [
  {
    id: "lab-4.tun-to-client",
    title: "A packet from the TUN goes as a 103 to the client that holds its destination",
    rule,
    hints: [
      "Look at receiveFromTun().",
      "Which four bytes say for whom the packet is? And is 0 a session?",
      "Ask sessions.ownerOf for the destination, then send encodeMessage of an internet-response.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      join(1, "13.8.0.3"),
      join(2, "13.8.0.4"),
      ...[1, 0, 2, 1].map((client) => {
        const answer = packet(far, `13.8.0.${2 + client}`, `for client ${client}`);
        return inTurn(fromTun(answer), expectSent(client, download(answer)));
      }),
    ),
  },
  {
    id: "lab-4.tun-unknown-destination",
    title: "A packet that nobody holds the destination of is dropped",
    rule,
    hints: [
      "Look at ownerOf giving undefined.",
      "The kernel also sends what is for the broadcast address, or for a client that has left.",
      "Return a drop with the reason no-session, and without a session.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      connect(1),
      ...["13.8.0.3", "13.8.0.1", "13.8.0.7", "13.8.1.2", far, "0.0.0.0", "255.255.255.255"].map((destination) =>
        inTurn(fromTun(packet(far, destination)), expectDropped("tun", "no-session")),
      ),
      fromTun(packet("13.8.0.2", "13.8.0.5")),
      expectDropped("tun", "no-session"),
    ),
  },
  {
    id: "lab-4.tun-ipv6",
    title: "What is not IPv4 is dropped: the kernel's IPv6 above all",
    rule,
    hints: [
      "Look at the version: the high half of the first byte, before anything else.",
      "Linux sends a router solicitation into every fresh TUN.",
      "Return a drop with the reason not-ipv4.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      ...[
        routerSolicitation,
        disguised,
        wellDisguised,
        withVersion(good, 6),
        withVersion(good, 0),
        withVersion(good, 5),
        withVersion(good, 15),
      ].map((bytes) => inTurn(fromTun(bytes), expectDropped("tun", "not-ipv4"))),
    ),
  },
  {
    id: "lab-4.tun-malformed",
    title: "What is no whole packet is dropped, and throws nothing",
    rule,
    hints: [
      "Look at packets that are shorter than their header.",
      "Bytes from outside are never a reason to throw.",
      "Return a drop with the reason malformed-packet.",
    ],
    run: serving(
      join(0, "13.8.0.2"),
      fromTun(new Uint8Array()),
      expectDropped("tun", "malformed-packet"),
      ...spoilt(good).map(({ words, bytes }) =>
        inTurn(fromTun(bytes, `a spoilt packet: ${words}`), expectDropped("tun", "malformed-packet")),
      ),
      fromTun(good),
      expectSent(0, download(good)),
    ),
  },
  {
    id: "lab-4.tun-too-long",
    title: "A packet that no message can carry is dropped",
    rule,
    hints: [
      "Look at maxLength on the way down.",
      "What does the client's decoder do with a message that is longer than it may be?",
      "Where 5 + packet.length is above maxLength, return a drop with the reason malformed-packet.",
    ],
    run: async (exam) => {
      for (const maxLength of [4101, 1500]) {
        exam.story.restart();
        const longest = packetOfLength(maxLength - 5, far, "13.8.0.2");
        await scenario(beginServing({ maxLength }), [
          join(0, "13.8.0.2"),
          fromTun(longest),
          expectSent(0, download(longest)),
          fromTun(packetOfLength(maxLength - 4, far, "13.8.0.2")),
          expectDropped("tun", "malformed-packet"),
        ])(exam);
      }
    },
  },
];
