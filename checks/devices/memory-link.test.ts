import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createMemoryFrameLink, createMemoryLink, type MemoryLinkOptions } from "#devices/memory-link.ts";

/** What arrives at the far end, one list a batch, each packet by its first byte. */
function arrivals(options?: MemoryLinkOptions) {
  const link = createMemoryLink(options);
  const batches: number[][] = [];
  link.far.onPackets((batch) => batches.push(batch.map((packet) => packet[0] ?? -1)));
  const send = (...firstBytes: number[]) => firstBytes.map((byte) => link.near.write(Uint8Array.of(byte, 0)));
  return { ...link, batches, send };
}

const hundred = Array.from({ length: 100 }, (_, index) => index);

/** What arrives of a hundred packets. */
function survivors(options: MemoryLinkOptions): number[] {
  const { send, flush, batches } = arrivals(options);
  send(...hundred);
  flush();
  return batches.flat();
}

describe("an in-memory link", () => {
  it("delivers what was written as one batch, in order, and only when it is flushed", () => {
    const { send, flush, batches } = arrivals();
    expect(send(1, 2, 3)).toEqual([true, true, true]);
    expect(batches).toEqual([]);
    flush();
    flush();
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it("carries packets both ways", () => {
    const { near, far, flush } = createMemoryLink();
    const heard: string[] = [];
    near.onPackets(([packet]) => heard.push(`near ${packet?.join()}`));
    far.onPackets(([packet]) => heard.push(`far ${packet?.join()}`));
    near.write(Uint8Array.of(1));
    far.write(Uint8Array.of(2));
    flush();
    expect(heard.toSorted()).toEqual(["far 1", "near 2"]);
  });

  it("takes a copy of what is written, and takes back what it delivered", () => {
    const { near, far, flush } = createMemoryLink();
    const kept: Uint8Array[] = [];
    const seen: string[] = [];
    far.onPackets(([packet]) => {
      if (packet === undefined) return;
      kept.push(packet);
      seen.push(packet.join());
    });
    const packet = Uint8Array.of(1, 2);
    near.write(packet);
    packet.fill(9);
    flush();
    expect(seen).toEqual(["1,2"]);
    expect(kept[0]?.join()).toBe("165,165");
  });

  it("delivers a packet when its delay has passed, and not a millisecond before", () => {
    const { send, tick, batches } = arrivals({ delay: 10 });
    send(1);
    tick(4);
    send(2);
    tick(5);
    expect(batches).toEqual([]);
    tick(1);
    expect(batches).toEqual([[1]]);
    tick(4);
    expect(batches).toEqual([[1], [2]]);
  });

  it("lets an answer travel within one long tick, at its own time", () => {
    const { near, far, tick, inFlight } = createMemoryLink({ delay: 10 });
    let bounces = 0;
    const bounce = (device: typeof near) => device.onPackets((batch) => batch.forEach((packet) => device.write(packet) && bounces++));
    bounce(near);
    bounce(far);
    near.write(Uint8Array.of(1));
    tick(95);
    expect(bounces).toBe(9);
    expect(inFlight()).toBe(1);
  });

  it("ends a flush although two devices answer each other without delay", () => {
    const { near, far, flush, inFlight } = createMemoryLink();
    near.onPackets((batch) => batch.forEach(near.write));
    far.onPackets((batch) => batch.forEach(far.write));
    near.write(Uint8Array.of(1));
    flush();
    expect(inFlight()).toBe(1);
  });

  it("loses, doubles and reorders by its seed: the same again, and differently for another seed", () => {
    const bad = { loss: 0.2, duplication: 0.2, reordering: 0.2 };
    expect(survivors({ ...bad, seed: 1 })).toEqual(survivors({ ...bad, seed: 1 }));
    expect(survivors({ ...bad, seed: 1 })).not.toEqual(survivors({ ...bad, seed: 2 }));
  });

  it("loses about as many as it should, and tells the sender nothing", () => {
    const { send, flush, batches } = arrivals({ loss: 0.3 });
    expect(send(...hundred)).not.toContain(false);
    flush();
    const arrived = batches.flat();
    expect(arrived.length).toBeGreaterThan(55);
    expect(arrived.length).toBeLessThan(85);
    expect(arrived).toEqual(arrived.toSorted((a, b) => a - b));
  });

  it("doubles packets without losing one", () => {
    const { send, flush, batches } = arrivals({ duplication: 0.3 });
    send(...hundred);
    flush();
    const arrived = batches.flat();
    expect([...new Set(arrived)]).toEqual(hundred);
    expect(arrived.length).toBeGreaterThan(115);
    expect(arrived.length).toBeLessThan(145);
  });

  it("reorders packets without losing or doubling one", () => {
    const { send, flush, batches } = arrivals({ reordering: 0.3 });
    send(...hundred);
    flush();
    const arrived = batches.flat();
    expect(arrived).not.toEqual(hundred);
    expect(arrived.toSorted((a, b) => a - b)).toEqual(hundred);
  });

  it("makes the same choices for a packet whatever the other chances are", () => {
    expect(new Set(survivors({ loss: 0.3, duplication: 0.5 }))).toEqual(new Set(survivors({ loss: 0.3 })));
  });

  it("refuses an empty packet, one over its MTU, and one too many", () => {
    const { near, send } = arrivals({ mtu: 100, capacity: 2 });
    expect(near.mtu).toBe(100);
    expect(near.write(new Uint8Array(0))).toBe(false);
    expect(near.write(new Uint8Array(101))).toBe(false);
    expect(near.write(new Uint8Array(100))).toBe(true);
    expect(send(1, 2)).toEqual([true, false]);
  });

  it("closes one end: the other stays, and what it sends is lost", async () => {
    const { near, far, flush } = createMemoryLink();
    const events: unknown[] = [];
    near.onClose((error) => events.push(["near closed", error]));
    far.onClose(() => events.push("far closed"));
    near.onPackets(() => events.push("near received"));
    far.write(Uint8Array.of(1));
    await near.close();
    flush();
    expect(near.write(Uint8Array.of(1))).toBe(false);
    expect(events).toEqual([["near closed", undefined]]);
  });

  it("is cut with an error that both ends hear once, also who asks late", async () => {
    const { near, far, cut } = createMemoryLink();
    const errors: unknown[] = [];
    near.onClose((error) => errors.push(error));
    const error = new Error("unplugged");
    cut(error);
    cut(error);
    await near.close();
    const late = new Promise((resolve) => {
      far.onClose(resolve);
    });
    expect(await late).toBe(error);
    expect(errors).toEqual([error]);
  });

  it("can leave the delivery to the event loop", async () => {
    const { near, far } = createMemoryLink({ autoFlush: true });
    const batches: number[][] = [];
    far.onPackets((batch) => batches.push(batch.map((packet) => packet[0] ?? -1)));
    near.write(Uint8Array.of(1));
    near.write(Uint8Array.of(2));
    expect(batches).toEqual([]);
    await nextTurn();
    near.write(Uint8Array.of(3));
    await nextTurn();
    expect(batches).toEqual([[1, 2], [3]]);
  });

  it("carries frames as well, a header longer than packets", () => {
    const { near, far, flush } = createMemoryFrameLink({ mtu: 100 });
    const lengths: number[] = [];
    far.onFrames((batch) => lengths.push(...batch.map((frame) => frame.length)));
    expect(near.write(new Uint8Array(114))).toBe(true);
    expect(near.write(new Uint8Array(119))).toBe(false);
    flush();
    expect(lengths).toEqual([114]);
  });

  it.each<MemoryLinkOptions>([
    { loss: -0.1 },
    { loss: 1.1 },
    { reordering: Number.NaN },
    { duplication: 2 },
    { delay: -1 },
    { delay: 0.5 },
  ])("refuses %j", (options) => {
    expect(() => createMemoryLink(options)).toThrow(RangeError);
  });

  it("refuses to turn the clock back", () => {
    expect(() => createMemoryLink().tick(-1)).toThrow(RangeError);
  });
});

it("copies a Buffer too, whose slice() is a view", () => {
  const link = createMemoryLink();
  const arrived: number[] = [];
  link.far.onPackets((batch) => arrived.push(...batch.map((packet) => packet[0] ?? -1)));
  const buffer = Buffer.from([1, 2, 3]);
  link.near.write(buffer);
  buffer.fill(9);
  link.flush();
  expect(arrived).toEqual([1]);
  expect(buffer[0]).toBe(9);
});
