import { describe, expect, it } from "vitest";
import { createMemoryLink } from "#devices/memory-link.ts";
import { connectEchoInternet } from "#server/echo-internet.ts";
import { poolNetwork } from "#server/option-values.ts";
import { checksum, ipv4Packet, pingFields, pingPacket } from "./server-packets.ts";

/** What comes back for these packets, each alone. */
function answersTo(...packets: readonly Uint8Array[]): readonly Buffer[] {
  const link = createMemoryLink();
  const answers: Buffer[] = [];
  connectEchoInternet(link.far, poolNetwork("13.8.0.0/24", "--pool"));
  link.near.onPackets((batch) => answers.push(...batch.map((packet) => Buffer.from(Uint8Array.from(packet)))));
  for (const packet of packets) {
    link.near.write(new Uint8Array(packet));
    link.flush();
    link.flush();
  }
  return answers;
}

/** A UDP datagram with the text "echo" to this port. */
function datagram(port: number): Buffer {
  const payload = Buffer.from("1f900000000c00006563686f", "hex");
  payload.writeUInt16BE(port, 2);
  return ipv4Packet({ from: "13.8.0.2", to: "198.51.100.2", protocol: 17, payload });
}

describe("the internet in memory", () => {
  it.for(["198.51.100.2", "13.8.0.1", "13.8.1.2", "255.0.0.1"])("answers a ping to %s", (to) => {
    const [answer = Buffer.alloc(40)] = answersTo(pingPacket({ from: "13.8.0.2", to, sequence: 300 }));
    expect(pingFields(answer)).toEqual({ from: to, to: "13.8.0.2", type: 0, sequence: 300, data: "abcdefgh", intact: true });
  });

  it("keeps every checksum right, whatever it was", () => {
    const pings = Array.from({ length: 300 }, (_, sequence) =>
      pingPacket({ from: "13.8.0.2", to: "198.51.100.2", sequence: sequence * 219, data: Uint8Array.of(sequence, 255, sequence >> 8, 0) }),
    );
    const answers = answersTo(...pings);
    expect(answers).toHaveLength(300);
    for (const answer of answers) expect(pingFields(answer).intact).toBe(true);
  });

  it("leaves a damaged ping damaged", () => {
    const ping = pingPacket({ from: "13.8.0.2", to: "198.51.100.2" });
    ping.writeUInt8(ping.readUInt8(30) ^ 1, 30);
    expect(answersTo(ping).map((answer) => pingFields(answer).intact)).toEqual([false]);
  });

  it("echoes UDP on port 7, and on no other", () => {
    const [answer, ...more] = answersTo(datagram(8), datagram(7));
    expect(more).toEqual([]);
    expect(answer?.subarray(12, 20).join(".")).toBe("198.51.100.2.13.8.0.2");
    expect(answer?.subarray(20).toString("hex")).toBe("00071f90000c00006563686f");
    expect(checksum(answer?.subarray(0, 20) ?? Buffer.of(0))).toBe(0);
  });

  it("hands a packet for another client back, one hop further", () => {
    const [answer = Buffer.alloc(40)] = answersTo(pingPacket({ from: "13.8.0.2", to: "13.8.0.77" }));
    expect(pingFields(answer)).toMatchObject({ from: "13.8.0.2", to: "13.8.0.77", type: 8, intact: true });
    expect(answer.readUInt8(8)).toBe(63);
  });

  it("is silent otherwise", () => {
    const ping = pingPacket({ from: "13.8.0.2", to: "198.51.100.2" });
    const other = (change: (copy: Buffer) => void) => {
      const copy = Buffer.from(ping);
      change(copy);
      return copy;
    };
    const silent = [
      other((copy) => copy.writeUInt8(0, 20)), // an echo reply
      other((copy) => copy.writeUInt8(6, 9)), // TCP
      other((copy) => copy.writeUInt16BE(0x2000, 6)), // a fragment
      other((copy) => copy.writeUInt8(0x41, 0)), // a header of four bytes
      ping.subarray(0, 24), // cut
      ping.subarray(0, 10),
    ];
    const dying = pingPacket({ from: "13.8.0.2", to: "13.8.0.3" });
    dying.writeUInt8(1, 8);
    expect(answersTo(...silent, dying)).toEqual([]);
  });
});
