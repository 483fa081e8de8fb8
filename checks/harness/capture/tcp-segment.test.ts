import { describe, expect, it } from "vitest";
import { concat, fromHex } from "#kit/bytes.ts";
import { CaptureError } from "./capture-error.ts";
import { type TcpSegment, tcpSegment } from "./tcp-segment.ts";

/** Ports 42382 > 5678, four bytes of options, "data". */
const header = fromHex("a58e162e fffffffe 80000001 60 00 ffff 0000 0000 01010101");
const withFlags = (flags: number) => concat(header.subarray(0, 13), Uint8Array.of(flags), header.subarray(14), fromHex("64617461"));

const flagsOf = ({ fin, syn, rst, ack }: TcpSegment) => ({ fin, syn, rst, ack });

describe("a TCP segment", () => {
  it("is read, numbers unsigned, options left out", () => {
    expect(tcpSegment(withFlags(0))).toStrictEqual({
      sourcePort: 42_382,
      destinationPort: 5678,
      sequenceNumber: 0xfffffffe,
      acknowledgementNumber: 0x80000001,
      fin: false,
      syn: false,
      rst: false,
      ack: false,
      payload: fromHex("64617461"),
    });
  });

  it.each([
    [0x01, "fin"],
    [0x02, "syn"],
    [0x04, "rst"],
    [0x10, "ack"],
  ] as const)("with flags %d is a %s alone", (flags, name) => {
    const none = { fin: false, syn: false, rst: false, ack: false };
    expect(flagsOf(tcpSegment(withFlags(flags)))).toStrictEqual({ ...none, [name]: true });
    expect(flagsOf(tcpSegment(withFlags(0xff & ~flags)))).toStrictEqual({ fin: true, syn: true, rst: true, ack: true, [name]: false });
  });

  it.each([
    ["A packet ends after 19 of the 20 bytes of its TCP header; record whole packets (tcpdump -s 0).", header.subarray(0, 19)],
    ["A packet ends after 23 of the 24 bytes of its TCP header; record whole packets (tcpdump -s 0).", header.subarray(0, 23)],
    [
      "A TCP segment claims a header of 16 bytes; the capture is damaged.",
      concat(header.subarray(0, 12), fromHex("40"), header.subarray(13)),
    ],
  ])("%s", (sentence, bytes) => {
    expect(() => tcpSegment(bytes)).toThrow(new CaptureError(sentence));
  });
});
