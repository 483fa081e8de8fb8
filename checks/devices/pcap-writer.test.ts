import { EventEmitter, once } from "node:events";
import { mkdir, open, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { parseCapture } from "#checks/harness/capture/pcap-file.ts";
import type { DeviceError } from "#devices/device-error.ts";
import { createPcapWriter } from "#devices/pcap-writer.ts";
import { toHex } from "#kit/bytes.ts";
import { resultOf } from "./child-program.ts";
import { deviceRejectionOf } from "./device-error-of.ts";
import { withSmallDisk } from "./namespace.ts";
import { temporaryFolder } from "./temporary-folder.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

type Written = Promise<{ bytesWritten: number }>;

/** Puts something in the way of every write to a file from now on. It is given the real write, and may have it take fewer bytes. */
async function onWrite(folder: string, intervene: (write: (mostBytes?: number) => Written) => Written): Promise<void> {
  const file = await open(join(folder, "any"), "w");
  const prototype = Object.getPrototypeOf(file) as { write: (bytes: Uint8Array, offset: number, length?: number) => Written };
  await file.close();
  const { write } = prototype;
  vi.spyOn(prototype, "write").mockImplementation(function (this: unknown, bytes, offset) {
    return intervene((mostBytes) => write.call(this, bytes, offset, Math.min(mostBytes ?? bytes.length, bytes.length - offset)));
  });
}

const failure = (code: string) => Object.assign(new Error(`${code}: made up`), { code });

async function start(options: { maxBytes?: number } = {}) {
  const folder = await temporaryFolder();
  const path = join(folder, "capture.pcap");
  const problems: DeviceError[] = [];
  let time = 1_700_000_000_000;
  const writer = await createPcapWriter(path, {
    linkType: "raw-ip",
    now: () => (time += 0.25),
    onProblem: (problem) => problems.push(problem),
    ...options,
  });
  const codes = () => problems.map(({ code }) => code);
  const packets = async () => parseCapture(await readFile(path), path).packets.map(({ bytes }) => bytes);
  return { ...writer, folder, path, problems, codes, packets };
}

const packet = (value: number, length = 100) => new Uint8Array(length).fill(value);

describe("a capture file", () => {
  it("has, byte for byte, the header and the record that libpcap describes", async () => {
    const { write, close, path } = await start();
    write(Uint8Array.of(0x45, 0, 0, 20));
    await close();
    // 1 700 000 000 s is 0x6553f100; a quarter of a millisecond later is 250 us.
    const header = "d4c3b2a1 0200 0400 00000000 00000000 00000400 65000000";
    expect(toHex(await readFile(path))).toBe(`${header} 00f15365 fa000000 04000000 04000000 45000014`.replaceAll(" ", ""));
  });

  it("says that it holds Ethernet frames when it does", async () => {
    const path = join(await temporaryFolder(), "frames.pcap");
    const { write, close } = await createPcapWriter(path, { linkType: "ethernet" });
    write(packet(1, 60));
    await close();
    const { linkType, packets } = parseCapture(await readFile(path), path);
    expect(linkType).toBe("ethernet");
    expect(packets.map(({ bytes }) => bytes.length)).toEqual([60]);
  });

  it("stamps packets with the system's clock", async () => {
    const path = join(await temporaryFolder(), "now.pcap");
    const before = Date.now();
    const { write, close } = await createPcapWriter(path, { linkType: "raw-ip" });
    write(packet(1));
    await close();
    const { startMicroseconds } = parseCapture(await readFile(path), path);
    expect(startMicroseconds / 1000).toBeGreaterThan(before - 60_000);
    expect(startMicroseconds / 1000).toBeLessThan(Date.now() + 60_000);
  });

  it("takes copies, and keeps thousands of packets in order", async () => {
    const { write, close, packets, codes } = await start();
    const reused = new Uint8Array(1500);
    const count = 5000;
    for (let index = 0; index < count; index++) {
      new DataView(reused.buffer).setUint32(0, index);
      write(reused);
      if (index % 200 === 0) await nextTurn();
    }
    await close();
    const recorded = await packets();
    expect(recorded.map((bytes) => Buffer.from(bytes).readUInt32BE(0))).toEqual(Array.from({ length: count }, (_, index) => index));
    expect(codes()).toEqual([]);
  });

  it("takes packets of every length, and cuts what readers would refuse", async () => {
    const { write, close, packets } = await start();
    const lengths = [0, 1, 65_535, 65_553, 262_144, 20];
    for (const length of [...lengths, 300_000, 20]) write(packet(7, length));
    await close();
    expect((await packets()).map((bytes) => bytes.length)).toEqual([...lengths, 262_144, 20]);
  });

  it("ends at its limit, says so once, and holds whole packets only", async () => {
    const { write, close, packets, path, problems } = await start({ maxBytes: 1000 });
    for (let value = 1; value <= 20; value++) write(packet(value));
    await close();
    expect((await packets()).map(([first]) => first)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await stat(path)).size).toBe(24 + 8 * 116);
    expect(problems.map(({ code }) => code)).toEqual(["recording-full"]);
    expect(problems[0]?.message).toBe(`Recording to ${path} has ended at its limit of 1000 bytes; traffic goes on without it.`);
  });

  it("survives a disk that fails, says so once, and leaves a readable file", async () => {
    const { write, close, packets, folder, problems } = await start();
    write(packet(1));
    await vi.waitFor(async () => expect(await packets()).toHaveLength(1));
    await onWrite(folder, () => Promise.reject(failure("ENOSPC")));
    for (let value = 2; value < 10; value++) {
      write(packet(value));
      await nextTurn();
    }
    await close();
    expect((await packets()).map(([first]) => first)).toEqual([1]);
    expect(problems.map(({ code }) => code)).toEqual(["recording-failed"]);
    expect(problems[0]?.message).toContain("has ended (the disk is full); traffic goes on without it.");
  });

  it("writes on when a file takes only a part at once", async () => {
    const { write, close, packets, folder, codes } = await start();
    await onWrite(folder, (writeFile) => writeFile(7));
    write(packet(1));
    await close();
    expect(await packets()).toHaveLength(1);
    expect(codes()).toEqual([]);
  });

  it("bounds what waits for a slow disk, and says once that packets are missing", async () => {
    const { write, close, packets, folder, codes } = await start();
    const gate = new EventEmitter();
    const held = once(gate, "open");
    await onWrite(folder, (writeFile) => held.then(() => writeFile()));
    const count = 300;
    for (let index = 0; index < count; index++) {
      write(packet(index, 60_000));
      if (index === 0) await nextTurn();
    }
    expect(codes()).toEqual(["recording-behind"]);
    gate.emit("open");
    await close();
    const recorded = await packets();
    expect(recorded.length).toBeGreaterThan(100);
    expect(recorded.length).toBeLessThan(150);
    expect(recorded.map(([first]) => first)).toEqual(recorded.map((_, index) => index & 0xff));
  });

  it("can be closed twice, and takes nothing after that", async () => {
    const { write, close, packets } = await start();
    write(packet(1));
    await Promise.all([close(), close()]);
    write(packet(2));
    await nextTurn();
    expect(await packets()).toHaveLength(1);
  });

  it("says in one sentence why it cannot be made", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "is-a-folder"));
    const why = async (name: string) => deviceRejectionOf(createPcapWriter(join(folder, name), { linkType: "raw-ip" }));
    expect(await why("missing/a.pcap")).toMatchObject({
      code: "recording-failed",
      message: `${join(folder, "missing/a.pcap")} cannot be recorded to (there is no such folder); name a file in a folder that you may write to.`,
    });
    expect((await why("is-a-folder")).message).toContain("(it is a folder)");
  });

  it("survives a real disk that becomes full", async (context) => {
    const result = await resultOf<{ recorded: number; written: number; codes: string[] }>("small-disk", { within: withSmallDisk(context) });
    expect(result.codes).toEqual(["recording-failed"]);
    expect(result.written).toBe(2000);
    expect(result.recorded).toBeGreaterThan(0);
    expect(result.recorded).toBeLessThan(2000);
  });
});
