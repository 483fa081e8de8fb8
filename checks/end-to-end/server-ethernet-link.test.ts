import { describe, expect, it } from "vitest";
import { createManualTicker } from "#devices/manual-ticker.ts";
import { createMemoryFrameLink } from "#devices/memory-link.ts";
import { ipv4, mac } from "#kit/addresses.ts";
import { fromHex, toHex } from "#kit/bytes.ts";
import { hasReference } from "#launch/implementation.mjs";
import { createEthernetLink } from "#server/ethernet-link.ts";
import { checksum, pingPacket } from "./server-packets.ts";

const us = "02000a040602";
const kernel = "020000000001";
const [ourIp, kernelIp] = ["0a040602", "0a040601"];
const everybody = "ffffffffffff";

/** An Ethernet frame, written by hand. */
const frame = (to: string, from: string, type: string, payload: Uint8Array) => Buffer.concat([fromHex(`${to}${from}${type}`), payload]);
const arp = (operation: "request" | "reply", sender: string, target: string) =>
  fromHex(`0001 0800 06 04 000${operation === "request" ? 1 : 2} ${sender} ${target}`);
const question = frame(everybody, us, "0806", arp("request", `${us}${ourIp}`, `000000000000${kernelIp}`));
const answer = frame(us, kernel, "0806", arp("reply", `${kernel}${kernelIp}`, `${us}${ourIp}`));

/** Lab 5's interface at the near end of a link in memory, and what is seen at both. */
function setUp(link = createMemoryFrameLink()) {
  const ticker = createManualTicker();
  const losses: string[] = [];
  const device = createEthernetLink({
    frames: link.near,
    ticker,
    mac: mac("02:00:0a:04:06:02"),
    ip: ipv4("10.4.6.2"),
    gateway: ipv4("10.4.6.1"),
    onLoss: (loss) => losses.push(loss),
  });
  const batches: string[][] = [];
  const onLink: string[] = [];
  device.onPackets((batch) => batches.push(batch.map((packet) => toHex(packet))));
  link.far.onFrames((batch) => onLink.push(...batch.map((bytes) => toHex(bytes))));
  /** The kernel sends frames; all of them arrive at once. */
  const arrive = (...frames: readonly Uint8Array[]) => {
    for (const bytes of frames) link.far.write(bytes);
    link.flush();
  };
  /** What has been sent since the last time. */
  const sent = () => {
    link.flush();
    return onLink.splice(0);
  };
  return { device, ticker, losses, batches, arrive, sent, link };
}

const ping = pingPacket({ from: "13.8.0.2", to: "198.51.100.2" });
const other = pingPacket({ from: "13.8.0.3", to: "203.0.113.9", sequence: 2 });

describe.skipIf(!hasReference)("the server's Ethernet link", () => {
  it("asks for the gateway, whatever the destination, and then sends what had to wait", () => {
    const { device, arrive, sent } = setUp();
    expect(device.write(ping)).toBe(true);
    expect(device.write(other)).toBe(true);
    expect(sent()).toEqual([toHex(question)]);
    arrive(answer);
    expect(sent()).toEqual([ping, other].map((packet) => toHex(frame(kernel, us, "0800", packet))));
    expect(device.write(ping)).toBe(true);
    expect(sent()).toEqual([toHex(frame(kernel, us, "0800", ping))]);
  });

  it("tells the kernel where it is", () => {
    const { arrive, sent } = setUp();
    arrive(frame(everybody, kernel, "0806", arp("request", `${kernel}${kernelIp}`, `000000000000${ourIp}`)));
    expect(sent()).toEqual([toHex(frame(kernel, us, "0806", arp("reply", `${us}${ourIp}`, `${kernel}${kernelIp}`)))]);
  });

  it("hands up packets for clients byte by byte, and a batch as one batch", () => {
    const { arrive, batches, losses } = setUp();
    // All that a header can hold: type of service, identification, "do not fragment", an option (RFC 2113).
    const unusual = Buffer.from(fromHex("46b8001c 12344000 40110000 c6336402 0d080002 94040000 01020304"));
    unusual.writeUInt16BE(checksum(unusual.subarray(0, 24)), 10);
    const packets = [ping, other, unusual];
    arrive(...packets.map((packet) => frame(us, kernel, "0800", packet)));
    // Ethernet fills up short frames; what it put behind a packet is not part of it.
    arrive(frame(us, kernel, "0800", Buffer.concat([ping, new Uint8Array(18)])));
    expect(batches).toEqual([packets.map((packet) => toHex(packet)), [toHex(ping)]]);
    expect(losses).toEqual([]);
  });

  it("counts what cannot be read, and ignores what is for others", () => {
    const { arrive, batches, losses, device } = setUp();
    const damaged = Buffer.from(ping);
    damaged.writeUInt8(63, 8);
    arrive(frame(us, kernel, "0800", damaged), Uint8Array.of(1, 2, 3));
    expect(losses).toEqual(["malformed-packet", "malformed-frame"]);
    arrive(frame("333300000016", kernel, "86dd", new Uint8Array(40)), frame("020000000099", kernel, "0800", ping));
    expect(losses).toHaveLength(2);
    expect(batches).toEqual([]);
    expect(device.write(damaged)).toBe(false);
    expect(device.write(new Uint8Array(3))).toBe(false);
  });

  it("takes its time from the ticker: what waits is dropped, and a mapping forgotten", () => {
    const { device, ticker, arrive, sent } = setUp();
    device.write(ping);
    ticker.tick(5000);
    arrive(answer);
    expect(sent()).toEqual([toHex(question)]);
    ticker.tick(29_999);
    device.write(ping);
    expect(sent()).toEqual([toHex(frame(kernel, us, "0800", ping))]);
    ticker.tick(1);
    device.write(ping);
    expect(sent()).toEqual([toHex(question)]);
  });

  it("says what the link does not take: to the shell its own packets, as a loss the rest", () => {
    const link = createMemoryFrameLink();
    const { device, arrive, losses } = setUp({ ...link, near: { ...link.near, write: () => false } });
    arrive(answer);
    expect(device.write(ping)).toBe(false);
    expect(losses).toEqual([]);
    arrive(frame(everybody, kernel, "0806", arp("request", `${kernel}${kernelIp}`, `000000000000${ourIp}`)));
    expect(losses).toEqual(["refused-by-device"]);
  });

  it("has the link's MTU, closes it, and ends with it", async () => {
    const { device, link } = setUp(createMemoryFrameLink({ mtu: 1400 }));
    expect(device.mtu).toBe(1400);
    const ends: (Error | undefined)[] = [];
    device.onClose((error) => ends.push(error));
    await device.close();
    expect(link.near.write(question)).toBe(false);
    expect(ends).toEqual([undefined]);
  });
});
