import { describe, expect, it } from "vitest";
import { concat, fromHex } from "#kit/bytes.ts";
import { CaptureError } from "./capture-error.ts";
import { ethernetLayer, ipLayer, ipLayerOf } from "./ip-layers.ts";

const ethernet = (etherType: string, payload: Uint8Array) => concat(fromHex("02000000000b 0200000000fa"), fromHex(etherType), payload);

/** 13.8.0.2 > 198.51.100.2, UDP, four bytes of options, the last fragment, at byte 1480; "data" and two bytes of padding. */
const ipv4 = fromHex("46000 01c 1234 00b9 40 11 0000 0d080002 c6336402 01010101 64617461 0000");
const ipv6 = fromHex("60000000 0004 06 40 fd640004000600000000000000000002 20010db8000000000001000000000001 64617461 00");

describe("Ethernet", () => {
  it("is read", () => {
    expect(ethernetLayer(ethernet("0806", fromHex("0001")))).toStrictEqual({
      destination: "02:00:00:00:00:0b",
      source: "02:00:00:00:00:fa",
      etherType: 0x0806,
      payload: fromHex("0001"),
    });
  });

  it("is refused when it is shorter than its header", () => {
    expect(() => ethernetLayer(new Uint8Array(13))).toThrow(
      new CaptureError("A packet ends after 13 of the 14 bytes of its Ethernet header; record whole packets (tcpdump -s 0)."),
    );
  });
});

describe("IP", () => {
  it("version 4 is read with options, as a fragment, without padding", () => {
    expect(ipLayer(ipv4)).toStrictEqual({
      version: 4,
      source: "13.8.0.2",
      destination: "198.51.100.2",
      protocol: 17,
      isFragment: true,
      fragmentOffset: 1480,
      identification: 0x1234,
      bytes: ipv4.subarray(0, 28),
      header: ipv4.subarray(0, 24),
      payload: fromHex("64617461"),
    });
  });

  it.each([
    ["4000", false],
    ["2000", true],
    ["0001", true],
    ["8000", false],
  ])("with flags and offset %s: a fragment %s", (flags, isFragment) => {
    const packet = Uint8Array.from(ipv4);
    packet.set(fromHex(flags), 6);
    expect(ipLayer(packet).isFragment).toBe(isFragment);
  });

  it("version 6 is read", () => {
    expect(ipLayer(ipv6)).toStrictEqual({
      version: 6,
      source: "fd64:4:6::2",
      destination: "2001:db8::1:0:0:1",
      protocol: 6,
      isFragment: false,
      fragmentOffset: 0,
      identification: 0,
      bytes: ipv6.subarray(0, 44),
      header: ipv6.subarray(0, 40),
      payload: fromHex("64617461"),
    });
  });

  it("is found on both links, and nothing else is taken for it", () => {
    expect(ipLayerOf("raw-ip", ipv4)).toStrictEqual(ipLayer(ipv4));
    expect(ipLayerOf("ethernet", ethernet("0800", ipv4))).toStrictEqual(ipLayer(ipv4));
    expect(ipLayerOf("ethernet", ethernet("86dd", ipv6))).toStrictEqual(ipLayer(ipv6));
    expect(ipLayerOf("ethernet", ethernet("0806", ipv4))).toBeUndefined();
  });

  it.each([
    ["A packet ends after 0 of the 1 byte of its IP header; record whole packets (tcpdump -s 0).", fromHex("")],
    ["A packet has IP version 5; only 4 and 6 exist, so the capture is damaged.", fromHex("55")],
    ["A packet ends after 19 of the 20 bytes of its IPv4 header; record whole packets (tcpdump -s 0).", ipv4.subarray(0, 19)],
    ["A packet ends after 27 of the 28 bytes of its IPv4 packet; record whole packets (tcpdump -s 0).", ipv4.subarray(0, 27)],
    ["A packet ends after 39 of the 40 bytes of its IPv6 header; record whole packets (tcpdump -s 0).", ipv6.subarray(0, 39)],
    ["A packet ends after 43 of the 44 bytes of its IPv6 packet; record whole packets (tcpdump -s 0).", ipv6.subarray(0, 43)],
    ["An IPv4 packet claims a header of 16 bytes and 28 in all; the capture is damaged.", concat(fromHex("44"), ipv4.subarray(1))],
    ["An IPv4 packet claims a header of 32 bytes and 28 in all; the capture is damaged.", concat(fromHex("48"), ipv4.subarray(1))],
  ])("%s", (sentence, bytes) => {
    expect(() => ipLayer(bytes)).toThrow(new CaptureError(sentence));
  });
});
