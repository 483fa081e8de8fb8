import { describe, expect, it, type TestContext } from "vitest";
import type { CapturedPacket } from "#checks/harness/capture/pcap-file.ts";
import { equalBytes } from "#kit/bytes.ts";
import { describeArp } from "#kit/describe.ts";
import { arpMessage } from "#lab-1/arp-message.ts";
import { ethernetFrame } from "#lab-1/ethernet-frame.ts";
import { ipv4Packet } from "#lab-1/ipv4-packet.ts";
import { hasReference } from "#launch/implementation.mjs";
import { kernel, startArpHost, us } from "./arp-host.ts";
import { type OwnHost, ownHost } from "./server-network.ts";

const replaced = "02:00:00:00:00:0c";

async function hostWithPing(context: TestContext): Promise<OwnHost> {
  const host = await ownHost(context);
  if (!host.works("ping -V")) context.skip("the program ping is missing");
  return host;
}

/** `3 packets transmitted, 3 received, 0% packet loss` */
function ping(host: OwnHost, options: string): string {
  return (
    /\d+ packets transmitted.*? packet loss/.exec(host.run(`ping -q -n -w 20 ${options} ${us.ip} || true`))?.[0] ?? "ping said nothing"
  );
}

const neighbours = (host: OwnHost) => host.run("ip neigh show dev tap0").trim();

/** The recording in words, read by lab 1's codecs: ARP and pings. Every frame must serialize to itself. */
function wordsOf(frames: readonly CapturedPacket[]): readonly string[] {
  return frames.flatMap(({ bytes }) => {
    const frame = ethernetFrame.parse(bytes);
    if (!frame.ok) throw new Error(`A frame of the recording was refused: ${frame.error.reason}.`);
    expect(equalBytes(ethernetFrame.serialize(frame.value), bytes)).toBe(true);
    const { etherType, payload } = frame.value;
    if (etherType === 0x0806) {
      const message = arpMessage.parse(payload);
      if (!message.ok) throw new Error(`An ARP message of the recording was refused: ${message.error.reason}.`);
      return [describeArp(message.value)];
    }
    // The kernel talks IPv6 to every link that is new.
    if (etherType !== 0x0800) return [];
    const packet = ipv4Packet.parse(payload);
    if (!packet.ok) throw new Error(`A packet of the recording was refused: ${packet.error.reason}.`);
    expect(equalBytes(ipv4Packet.serialize(packet.value), payload)).toBe(true);
    return packet.value.protocol === 1 ? [`ICMP ${packet.value.payload[0]} ${packet.value.source} > ${packet.value.destination}`] : [];
  });
}

const question = (target: string, asker: string) => `ARP who-has ${target} tell ${asker}`;
const reply = ({ ip, mac }: { readonly ip: string; readonly mac: string }) => `ARP ${ip} is-at ${mac}`;
const echo = (type: "request" | "reply", from: string, to: string) => `ICMP ${type === "request" ? 8 : 0} ${from} > ${to}`;

describe.skipIf(!hasReference)("lab 5's interface on a real link", () => {
  it("is found by the kernel, and answers its ping", async (context) => {
    const host = await hostWithPing(context);
    const arpHost = await startArpHost(host);
    expect(ping(host, "-c 1")).toBe("1 packets transmitted, 1 received, 0% packet loss");
    expect(neighbours(host)).toMatch(new RegExp(`^${us.ip} lladdr ${us.mac} (REACHABLE|STALE|DELAY)`, "m"));
    expect(wordsOf(await arpHost.end()).slice(0, 4)).toEqual([
      question(us.ip, kernel.ip),
      reply(us),
      echo("request", kernel.ip, us.ip),
      // The kernel's question has taught where it is: there is nothing to ask.
      echo("reply", us.ip, kernel.ip),
    ]);
  });

  it("finds the kernel, and its ping that had to wait is answered", async (context) => {
    const host = await ownHost(context);
    const arpHost = await startArpHost(host);
    expect(await arpHost.pingKernel()).toBe(1);
    expect(await arpHost.pingKernel()).toBe(2);
    const words = wordsOf(await arpHost.end()).filter((line) => !line.startsWith(question(us.ip, kernel.ip)) && line !== reply(us));
    expect(words).toEqual([
      question(kernel.ip, us.ip),
      reply(kernel),
      echo("request", us.ip, kernel.ip),
      echo("reply", kernel.ip, us.ip),
      echo("request", us.ip, kernel.ip),
      echo("reply", kernel.ip, us.ip),
    ]);
  });

  it("is found again when the kernel has forgotten it", async (context) => {
    const host = await hostWithPing(context);
    const arpHost = await startArpHost(host);
    expect(ping(host, "-c 1")).toMatch(/1 received/);
    host.run("ip neigh flush dev tap0");
    expect(neighbours(host)).not.toContain(us.mac);
    expect(ping(host, "-c 1")).toMatch(/1 received/);
    expect(wordsOf(await arpHost.end()).filter((line) => line === question(us.ip, kernel.ip)).length).toBeGreaterThanOrEqual(2);
  });

  it("learns that the kernel's card was replaced", async (context) => {
    const host = await hostWithPing(context);
    const arpHost = await startArpHost(host);
    expect(ping(host, "-c 1")).toMatch(/1 received/);
    host.run(`ip link set dev tap0 address ${replaced}`);
    expect(ping(host, "-c 1")).toMatch(/1 received/);
    const last = (await arpHost.end())
      .map(({ bytes }) => ethernetFrame.parse(bytes))
      .filter((frame) => frame.ok && frame.value.source === us.mac);
    expect(last.at(-1)).toMatchObject({ value: { destination: replaced, etherType: 0x0800 } });
  });

  it("answers a thousand pings without loss, small and large ones", async (context) => {
    const host = await hostWithPing(context);
    const arpHost = await startArpHost(host);
    expect(ping(host, "-A -c 1000")).toBe("1000 packets transmitted, 1000 received, 0% packet loss");
    expect(ping(host, "-A -c 100 -s 1472")).toBe("100 packets transmitted, 100 received, 0% packet loss");
    const words = wordsOf(await arpHost.end());
    expect(words.filter((line) => line === echo("request", kernel.ip, us.ip)).length).toBe(1100);
    expect(words.filter((line) => line === echo("reply", us.ip, kernel.ip)).length).toBe(1100);
  });
});
