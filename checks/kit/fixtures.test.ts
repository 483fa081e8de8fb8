import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import { captureFile, captureNames, readFixture } from "#checks/harness/capture/fixture-captures.ts";
import { checksumCounts, count, ipLayersOf, kindOf } from "#checks/harness/capture/packet-counts.ts";

// What every replay of the captures relies on. A capture that was changed, emptied or mixed up with another fails here by name.
// fixtures/captures/README.md tells people the same numbers; fixtures-tunnel.test.ts and fixtures-arp.test.ts look inside.

it("holds these captures and no others", () => {
  const files = readdirSync(dirname(captureFile("arp-linux-kernel"))).filter((file) => file.endsWith(".pcap"));
  expect(files.toSorted()).toStrictEqual(captureNames.map((name) => `${name}.pcap`));
});

describe.each([
  {
    name: "4over6-session-a.tcp6",
    sha256: "78f5b8c8302310c72c0f8cfab895171aa1e49caf4a7dbb092e7ab0fb4694bebd",
    linkType: "ethernet",
    packets: 62,
    startMicroseconds: 1_795_300_553_408_090,
    lastMicroseconds: 41_002_967,
    kinds: { TCP: 62 },
    checksums: { "TCP wrong": 62 },
  },
  {
    name: "4over6-session-a.tun",
    sha256: "08969a024864764441f2e9ec6237210c84ca3b5c0e50c23bed1d89d52ef0005d",
    linkType: "raw-ip",
    packets: 36,
    startMicroseconds: 1_795_300_553_510_756,
    lastMicroseconds: 26_936_227,
    kinds: { "ICMP 8": 5, "ICMP 0": 4, "ICMP 3": 1, TCP: 23, "ICMPv6 133": 3 },
    checksums: { "IPv4 header right": 33, "ICMP right": 10, "TCP right": 23, "ICMPv6 right": 3 },
  },
  {
    name: "4over6-session-b.tcp6",
    sha256: "d5b634b36f3e8346f117426c31f11d0bc04c804e7dd380bcba60f3bf1ef39037",
    linkType: "ethernet",
    packets: 72,
    startMicroseconds: 1_795_300_672_282_096,
    lastMicroseconds: 21_000_711,
    kinds: { TCP: 72 },
    checksums: { "TCP wrong": 72 },
  },
  {
    name: "arp-linux-kernel",
    sha256: "171299d33f94f2aee077b2ac0399891ed8b8e999bd2577055df06ddce837ddcd",
    linkType: "ethernet",
    packets: 24,
    startMicroseconds: 1_795_300_699_027_142,
    lastMicroseconds: 3_703_562,
    kinds: { "no IP": 7, "ICMP 8": 4, "ICMP 0": 4, "ICMP 3": 1, fragment: 6, UDP: 2 },
    checksums: { "IPv4 header right": 17, "ICMP right": 9, "UDP wrong": 2 },
  },
] as const)("$name", ({ name, sha256, ...expected }) => {
  it("is the file that was recorded", () => {
    expect(
      createHash("sha256")
        .update(readFileSync(captureFile(name)))
        .digest("hex"),
    ).toBe(sha256);
  });

  it("holds so many whole packets of each kind, with these checksums right and wrong", async () => {
    const capture = await readFixture(name);
    const { linkType, startMicroseconds, packets } = capture;
    const layers = ipLayersOf(capture);
    expect({
      linkType,
      packets: packets.length,
      startMicroseconds,
      lastMicroseconds: packets.at(-1)?.atMicroseconds,
      kinds: count(layers.map(kindOf)),
      checksums: checksumCounts(layers),
    }).toStrictEqual(expected);
    expect(packets.filter(({ bytes, originalLength }) => bytes.length !== originalLength)).toStrictEqual([]);
  });
});
