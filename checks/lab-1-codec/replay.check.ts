import { readFixture } from "#checks/harness/capture/fixture-captures.ts";
import { type CapturedMessage, splitMessages } from "#checks/harness/capture/four-over-six.ts";
import type { CapturedPacket } from "#checks/harness/capture/pcap-file.ts";
import { type TcpConnection, tcpConnections } from "#checks/harness/capture/tcp-streams.ts";
import type { Check, Exam } from "#checks/harness/check.ts";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import { expectEqual, expectThat } from "#checks/harness/expect.ts";
import { toLab } from "#checks/harness/story-packet.ts";
import { ethernetLayout, ipv4Layout, messageLayout, textLayout } from "#checks/harness/wire/layouts.ts";
import type { AddressGrant, Ipv4Packet, Lab1, Message } from "#contract/lab-1-codec.ts";
import { counted } from "#kit/counted.ts";
import { capturedGrants, messageOf, replayPlan, type SessionName } from "./captured-sessions.ts";
import { accepts, type CodecUnderCheck, refuses } from "./codec-laws.ts";
import { beginDecoding, expectMessages, expectNothing, receive } from "./decoder-steps.ts";

const framing = "docs/protocol.md#framing";

/** The one tunnel connection of a captured session, and how many messages each direction must hold: an empty fixture cannot pass. */
async function session(name: SessionName): Promise<TcpConnection> {
  const connections = tcpConnections(await readFixture(replayPlan[name].capture));
  const [only] = connections;
  if (only === undefined || connections.length !== 1)
    throw new Error(`${name} should hold one connection, and holds ${connections.length}.`);
  return only;
}

function messagesOf(name: SessionName, connection: TcpConnection, direction: "fromClient" | "fromServer"): readonly CapturedMessage[] {
  const messages = splitMessages(connection.directions[direction]);
  if (messages.length !== replayPlan[name][direction])
    throw new Error(`${name} should hold ${replayPlan[name][direction]} messages ${direction}, and holds ${messages.length}.`);
  return messages;
}

/** Feeds one direction of a session, in the pieces in which it was recorded, and expects each message when its last byte came. */
async function replaySegments(exam: Exam<Lab1>, name: SessionName, direction: "fromClient" | "fromServer"): Promise<void> {
  const connection = await session(name);
  const expected = [...messagesOf(name, connection, direction)];
  const world = await beginDecoding()(exam);
  for (const { bytes, atMicroseconds } of connection.directions[direction].segments) {
    await receive(bytes, `a segment of ${counted(bytes.length, "byte")}, ${(atMicroseconds / 1e6).toFixed(3)} s into the capture`)(world);
    const due: Message[] = [];
    while (expected[0] !== undefined && expected[0].atMicroseconds <= atMicroseconds)
      due.push(messageOf(expected.shift() as CapturedMessage));
    await expectMessages(due)(world);
    await expectNothing()(world);
  }
  expectThat(expected.length === 0, `${counted(expected.length, "message of the capture was", "messages of the capture were")} not found`);
}

/** Decodes both directions in one piece and encodes each message to the bytes that it had. */
async function reencode(exam: Exam<Lab1>, name: SessionName): Promise<void> {
  const connection = await session(name);
  for (const direction of ["fromClient", "fromServer"] as const) {
    const { bytes } = connection.directions[direction];
    const decoder = await exam.subject.createMessageDecoder({ maxLength: 4101 });
    exam.story.tell(
      "recv",
      `the whole stream ${direction === "fromClient" ? "from the client" : "from the server"}, ${counted(bytes.length, "byte")}`,
      toLab("four-over-six", bytes, direction),
    );
    const events = await decoder.receive(bytes);
    const found = events.flatMap((event) => (event.kind === "message" ? [event.message] : []));
    const count = messagesOf(name, connection, direction).length;
    expectThat(
      found.length === count && events.length === count,
      `expected ${counted(count, "message")} and nothing else, but found ${found.length} and ${counted(events.length - found.length, "other event")}`,
    );
    let offset = 0;
    for (const [index, message] of found.entries()) {
      const encoded = await exam.subject.encodeMessage(message);
      exam.story.tell("encode", `message ${index + 1} of ${count}: ${message.type}, ${counted(encoded.length, "byte")}`);
      expectEqual(encoded, bytes.slice(offset, offset + encoded.length), `message ${index + 1}, encoded again`, { layout: messageLayout });
      offset += encoded.length;
    }
    expectThat(offset === bytes.length, `the messages are ${counted(offset, "byte")} when encoded again, the stream was ${bytes.length}`);
  }
}

/** Every packet that the tunnel carried is a right IPv4 packet, and serializes to itself. */
async function replayPackets({ subject, story }: Exam<Lab1>, packets: readonly Uint8Array[], count: number): Promise<void> {
  if (packets.length !== count) throw new Error(`${count} IPv4 packets should be replayed, and there are ${packets.length}.`);
  for (const [index, bytes] of packets.entries()) {
    story.tell("parse", `packet ${index + 1} of ${count}, ${counted(bytes.length, "byte")}`, toLab("raw-ip", bytes));
    const parsed = await subject.ipv4Packet.parse(bytes);
    if (!parsed.ok)
      throw new CheckFailure(`packet ${index + 1}: refused, but it is right`, [
        { kind: "got", text: `got       refused: ${parsed.error.reason}, field ${parsed.error.field}` },
      ]);
    expectEqual(await subject.ipv4Packet.serialize(parsed.value), bytes, `packet ${index + 1}, serialized again`, { layout: ipv4Layout });
  }
}

const isIpv6 = ({ bytes }: CapturedPacket) => (bytes[0] ?? 0) >> 4 === 6;

export const checks: readonly Check<Lab1>[] = [
  {
    id: "lab-1.replay-session-a",
    title: "A captured session decodes whole, and encodes to the same bytes",
    rule: framing,
    hints: [
      "Look at the first message that the story does not get right; the other decoder checks say more about single messages.",
      "This is real traffic of a public server and client: 41 seconds, pings and a download of 8000 bytes.",
      "If all other decoder checks pass and this fails, is something kept between messages that should not be?",
    ],
    run: (exam) => reencode(exam, "session-a"),
  },
  {
    id: "lab-1.replay-session-b",
    title: "The session of another server, with Nagle's algorithm on, decodes as well",
    rule: framing,
    hints: [
      "Look at segments that hold several messages, or a message and a half.",
      "Nagle's algorithm lets TCP wait and send small messages together.",
      "Take messages out of the chunk in a loop.",
    ],
    run: (exam) => reencode(exam, "session-b"),
  },
  {
    id: "lab-1.replay-segments-down",
    title: "Fed segment by segment as recorded, each message comes with the segment that ends it",
    rule: framing,
    hints: [
      "Look at the segment where the story stops: does a message end in it, or only begin?",
      "The download's packets of 1400 bytes are cut across segments.",
      "Deliver a message when its last byte is there: not earlier, not later.",
    ],
    run: async (exam) => {
      await replaySegments(exam, "session-a", "fromServer");
      exam.story.restart();
      await replaySegments(exam, "session-b", "fromServer");
    },
  },
  {
    id: "lab-1.replay-segments-up",
    title: "The client's side, segment by segment, gives its requests, packets and heartbeats",
    rule: framing,
    hints: [
      "Look at the order of the events.",
      "The client's side begins with a 100, then 102 for each packet, 104 every 20 seconds.",
      "Return the events in the order in which the messages stand in the stream.",
    ],
    run: async (exam) => {
      await replaySegments(exam, "session-a", "fromClient");
      exam.story.restart();
      await replaySegments(exam, "session-b", "fromClient");
    },
  },
  {
    id: "lab-1.replay-grant",
    title: "The grants that both captured servers sent are read",
    rule: "docs/protocol.md#address-grant",
    hints: [
      "Look at the exact text in the story: what stands behind the fifth word?",
      "The two servers end the text differently, and the client understood both.",
      "Trim the text before you split it.",
    ],
    run: async (exam) => {
      for (const name of ["session-a", "session-b"] as const) {
        const grants = messagesOf(name, await session(name), "fromServer").filter(({ type }) => type === 101);
        const [grant] = grants;
        if (grant === undefined || grants.length !== 1) throw new Error(`${name} should hold one 101.`);
        const under: CodecUnderCheck<AddressGrant> = { codec: exam.subject.addressGrant, layout: textLayout, story: exam.story };
        await accepts(under, grant.data, capturedGrants[name], `the grant ${JSON.stringify(new TextDecoder("latin1").decode(grant.data))}`);
      }
    },
  },
  {
    id: "lab-1.replay-tunnel-packets",
    title: "Every packet inside the captured tunnel is accepted and serializes to itself",
    rule: "docs/protocol.md#ipv4-packet",
    hints: [
      "Look at the packet that was refused, or at the first byte that differs.",
      "These are pings and a TCP download as Linux sends them; their header checksums are all right.",
      "If the checks of single vectors pass, compare totalLength and the payload's end for this packet.",
    ],
    run: async (exam) => {
      const connection = await session("session-a");
      const packets = (["fromClient", "fromServer"] as const).flatMap((direction) =>
        messagesOf("session-a", connection, direction).flatMap(({ type, data }) => (type === 102 || type === 103 ? [data] : [])),
      );
      await replayPackets(exam, packets, replayPlan["session-a"].packets);
    },
  },
  {
    id: "lab-1.replay-tun",
    title: "On the TUN side the same packets are accepted, and the kernel's IPv6 refused",
    rule: "docs/protocol.md#ipv4-packet",
    hints: [
      "Look at the packet that was refused, or at the first byte that differs.",
      "The server's TUN device carries each packet as it is, without the five bytes of the message.",
      "If the checks of single vectors pass, compare the fields of this packet one by one.",
    ],
    run: async (exam) => {
      const { packets } = await readFixture("4over6-session-a.tun");
      const [ipv6, ipv4] = [packets.filter(isIpv6), packets.filter((packet) => !isIpv6(packet))];
      await replayPackets(
        exam,
        ipv4.map(({ bytes }) => bytes),
        replayPlan.tun.ipv4,
      );
      if (ipv6.length !== replayPlan.tun.ipv6) throw new Error(`The TUN capture should hold ${replayPlan.tun.ipv6} IPv6 packets.`);
      const under: CodecUnderCheck<Ipv4Packet> = { codec: exam.subject.ipv4Packet, layout: ipv4Layout, story: exam.story };
      for (const { bytes } of ipv6)
        await refuses(under, bytes, { reason: "bad-version", field: "version" }, "an IPv6 router solicitation of the kernel");
    },
  },
  {
    id: "lab-1.replay-ethernet",
    title: "Two Linux hosts on an Ethernet: frames, ARP and IPv4, fragments and options",
    rule: "docs/protocol.md#ethernet-frame",
    hints: [
      "Look at the frame where the story stops, and at its EtherType.",
      "Each frame's payload is an ARP message (0x0806) or an IPv4 packet (0x0800).",
      "All three codecs must give the captured bytes back.",
    ],
    run: async ({ subject, story }) => {
      const { packets } = await readFixture("arp-linux-kernel");
      const seen = { arp: 0, ipv4: 0 };
      for (const [index, { bytes }] of packets.entries()) {
        story.tell("parse", `frame ${index + 1} of ${packets.length}, ${counted(bytes.length, "byte")}`, toLab("ethernet", bytes));
        const frame = await subject.ethernetFrame.parse(bytes);
        expectThat(frame.ok, `frame ${index + 1}: refused, but it is right`);
        expectEqual(await subject.ethernetFrame.serialize(frame.value), bytes, `frame ${index + 1}, serialized again`, {
          layout: ethernetLayout,
        });
        const isArp = frame.value.etherType === 0x0806;
        const inner = isArp ? await subject.arpMessage.parse(frame.value.payload) : await subject.ipv4Packet.parse(frame.value.payload);
        expectThat(inner.ok, `the ${isArp ? "ARP message" : "IPv4 packet"} in frame ${index + 1}: refused, but it is right`);
        const again = isArp
          ? await subject.arpMessage.serialize(inner.value as never)
          : await subject.ipv4Packet.serialize(inner.value as never);
        expectEqual(again, frame.value.payload, `the payload of frame ${index + 1}, serialized again`);
        seen[isArp ? "arp" : "ipv4"]++;
      }
      if (seen.arp !== replayPlan.arpMessages || seen.ipv4 !== replayPlan.arpCaptureIpv4Packets)
        throw new Error(
          `The ARP capture should hold ${replayPlan.arpMessages} ARP messages and ${replayPlan.arpCaptureIpv4Packets} IPv4 packets.`,
        );
    },
  },
];
