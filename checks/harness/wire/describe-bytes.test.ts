import { describe, expect, it } from "vitest";
import { fromHex } from "#kit/bytes.ts";
import { describeBytes } from "./describe-bytes.ts";
import { ethernetLayout, ipv4Layout, textLayout } from "./layouts.ts";

describe("describeBytes", () => {
  it("gives each header a line that begins with its name", () => {
    const bytes = fromHex("ffffffffffff 020000000001 0800 45000014 00000000 40010000 0a000001 0a000002");
    expect(describeBytes(bytes, ethernetLayout)).toEqual([
      "Ethernet  destination ff:ff:ff:ff:ff:ff  source 02:00:00:00:00:01",
      "          etherType 0x0800",
      "IPv4      version 4  headerLength 5  typeOfService 0x00",
      "          totalLength 20  identification 0x0000  flags 0",
      "          fragmentOffset 0  timeToLive 64  protocol 1",
      "          headerChecksum 0x0000  source 10.0.0.1  destination 10.0.0.2",
    ]);
  });

  it("is never wide", () => {
    const longest = fromHex(`4f00ffff ffffffff ffffffff ffffffff ffffffff ${"ff".repeat(1000)}`);
    for (const line of describeBytes(longest, ipv4Layout)) expect(line.length).toBeLessThanOrEqual(72);
  });

  it("says so when there is not even one field", () => {
    expect(describeBytes(new Uint8Array(), ipv4Layout)).toEqual(["0 bytes, too few for IPv4"]);
    expect(describeBytes(fromHex("3132"), textLayout)).toEqual(["text      payload 2 bytes 3132"]);
  });
});
