import { describe, expect, it } from "vitest";
import { checksumVerdicts } from "#checks/harness/capture/checksums.ts";
import { readFixture } from "#checks/harness/capture/fixture-captures.ts";
import { ethernetLayer, ipLayer } from "#checks/harness/capture/ip-layers.ts";
import { ipLayersOf, kindOf } from "#checks/harness/capture/packet-counts.ts";
import { concat, toHex } from "#kit/bytes.ts";

/** The hosts are 02:00:00:00:00:0a, :0b and :0c: the last digit names them. */
const lastOf = (address: string) => address.slice(-1);

describe("the ARP capture", () => {
  it("holds these frames, in this order", async () => {
    const { packets } = await readFixture("arp-linux-kernel");
    const story = packets.map(({ bytes }, index) => {
      const { source, destination, etherType, payload } = ethernetLayer(bytes);
      const to = `${index + 1} ${lastOf(source)}>${destination === "ff:ff:ff:ff:ff:ff" ? "all" : lastOf(destination)}`;
      if (etherType !== 0x0806) return `${to} ${kindOf(ipLayer(payload))}`;
      const [senderIp, targetIp] = [payload.subarray(14, 18), payload.subarray(24, 28)].map((address) => address.join("."));
      return payload[7] === 1 ? `${to} who-has ${targetIp} tell ${senderIp}` : `${to} ${senderIp} is-at ${lastOf(source)}`;
    });
    expect(story).toStrictEqual([
      "1 a>all who-has 192.0.2.2 tell 192.0.2.1",
      "2 b>a 192.0.2.2 is-at b",
      "3 a>b ICMP 8",
      "4 b>a ICMP 0",
      "5 a>b ICMP 8",
      "6 b>a ICMP 0",
      "7 a>b fragment",
      "8 a>b fragment",
      "9 a>b fragment",
      "10 b>a fragment",
      "11 b>a fragment",
      "12 b>a fragment",
      "13 b>a ICMP 8",
      "14 a>b ICMP 0",
      "15 a>all who-has 192.0.2.99 tell 192.0.2.1",
      "16 a>all who-has 192.0.2.99 tell 192.0.2.1",
      "17 c>all who-has 192.0.2.2 tell 192.0.2.2",
      "18 a>all who-has 192.0.2.2 tell 192.0.2.1",
      "19 c>a 192.0.2.2 is-at c",
      "20 a>c ICMP 8",
      "21 c>a ICMP 0",
      "22 a>all UDP",
      "23 a>c UDP",
      "24 c>a ICMP 3",
    ]);
  });

  it("holds ARP messages of 28 bytes without padding, each sent by the host that it names", async () => {
    const { packets } = await readFixture("arp-linux-kernel");
    const arp = packets.map(({ bytes }) => ethernetLayer(bytes)).filter(({ etherType }) => etherType === 0x0806);
    expect(arp.map(({ payload }) => payload.length)).toStrictEqual([28, 28, 28, 28, 28, 28, 28]);
    for (const { source, payload } of arp) {
      expect(toHex(payload.subarray(0, 7))).toBe("00010800060400");
      expect(toHex(payload.subarray(8, 14))).toBe(source.replaceAll(":", ""));
    }
    const targets = arp.map(({ payload }) => `${payload[7]} ${toHex(payload.subarray(18, 24))}`);
    const [question, answer] = ["1 000000000000", "2 02000000000a"];
    expect(targets).toStrictEqual([question, answer, question, question, question, question, answer]);
  });

  it("fragments an echo of 3008 bytes and its answer, whose checksums are right when they are whole", async () => {
    const fragments = ipLayersOf(await readFixture("arp-linux-kernel")).filter((packet) => packet?.isFragment);
    const whole = [fragments.slice(0, 3), fragments.slice(3)].map((parts) => {
      expect(parts.map((part) => part?.fragmentOffset)).toStrictEqual([0, 1480, 2960]);
      expect(new Set(parts.map((part) => part?.identification)).size).toBe(1);
      return concat(...parts.map((part) => part?.payload ?? new Uint8Array()));
    });
    expect(whole.map((message) => [message[0], message.length])).toStrictEqual([
      [8, 3008],
      [0, 3008],
    ]);
    const [first] = fragments;
    for (const payload of whole)
      expect(first && checksumVerdicts({ ...first, isFragment: false, payload }).map(({ right }) => right)).toStrictEqual([true, true]);
  });

  it("has three wrong UDP checksums: packets 22 and 23, and the one that the ICMP error of packet 24 quotes", async () => {
    const layers = ipLayersOf(await readFixture("arp-linux-kernel"));
    const wrong = layers.flatMap((layer, index) => (layer && checksumVerdicts(layer).some(({ right }) => !right) ? [index + 1] : []));
    expect(wrong).toStrictEqual([22, 23]);
    const error = layers[23];
    const quoted = ipLayer(error?.payload.subarray(8) ?? new Uint8Array());
    expect(checksumVerdicts(quoted)).toStrictEqual([
      { of: "IPv4 header", right: true },
      { of: "UDP", right: false },
    ]);
    expect(layers.filter((layer) => (layer?.version === 4 ? layer.header.length > 20 : false))).toHaveLength(2);
  });
});
