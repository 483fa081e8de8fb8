import { describe, expect, it } from "vitest";
import {
  ipv4,
  ipv4FromBytes,
  ipv4FromNumber,
  ipv4ToBytes,
  ipv4ToNumber,
  isIpv4,
  isMac,
  mac,
  macFromBytes,
  macToBytes,
} from "#kit/addresses.ts";

describe("IPv4 addresses", () => {
  it.each(["0.0.0.0", "13.8.0.2", "255.255.255.255", "1.20.199.249"])("%s is canonical", (text) => {
    expect(isIpv4(text)).toBe(true);
    expect(ipv4FromBytes(ipv4ToBytes(ipv4(text)))).toBe(text);
    expect(ipv4FromNumber(ipv4ToNumber(ipv4(text)))).toBe(text);
  });

  it.each(["", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "1.2.3.4 ", "1.2.3.4\n", "1.2.3.4.", "a.b.c.d", "-1.2.3.4"])(
    "%j is refused",
    (text) => {
      expect(isIpv4(text)).toBe(false);
      expect(() => ipv4(text)).toThrow(RangeError);
    },
  );

  it("reads the bytes at an offset and refuses to read past the end", () => {
    expect(ipv4FromBytes(Uint8Array.of(9, 13, 8, 0, 2), 1)).toBe("13.8.0.2");
    expect(() => ipv4FromBytes(Uint8Array.of(13, 8, 0), 0)).toThrow(RangeError);
  });
});

describe("MAC addresses", () => {
  it("go to bytes and back", () => {
    expect(macFromBytes(macToBytes(mac("02:00:00:00:0a:ff")))).toBe("02:00:00:00:0a:ff");
  });

  it.each(["02:00:00:00:00:0A", "02-00-00-00-00-01", "02:00:00:00:00", "02:00:00:00:00:01:02"])("%j is refused", (text) => {
    expect(isMac(text)).toBe(false);
    expect(() => mac(text)).toThrow(RangeError);
  });
});
