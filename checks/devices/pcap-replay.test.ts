import { describe, expect, it } from "vitest";
import { createPcapReplay, type ReplayOptions } from "#devices/pcap-replay.ts";

const capture = [0, 1500, 1500, 4000].map((atMicroseconds, index) => ({ atMicroseconds, bytes: Uint8Array.of(index, 7) }));

function start(options?: ReplayOptions, packets = capture) {
  const replay = createPcapReplay(packets, options);
  const batches: number[][] = [];
  replay.device.onPackets((batch) => {
    batches.push(batch.map(([first]) => first ?? -1));
    for (const packet of batch) packet.fill(0);
  });
  return { ...replay, batches };
}

describe("a replayed capture", () => {
  it("arrives by the capture's own times", () => {
    const { tick, batches, remaining } = start();
    tick(0);
    expect(batches).toEqual([[0]]);
    tick(1);
    expect(batches).toEqual([[0]]);
    tick(1);
    expect(batches).toEqual([[0], [1, 2]]);
    expect(remaining()).toBe(1);
    tick(2);
    expect(batches).toEqual([[0], [1, 2], [3]]);
    expect(remaining()).toBe(0);
  });

  it("arrives at once when nobody wants to wait, in batches that a device would make", () => {
    const many = Array.from({ length: 300 }, (_, index) => ({ atMicroseconds: index * 1_000_000, bytes: Uint8Array.of(index) }));
    const { finish, batches } = start({}, many);
    finish();
    expect(batches.map(({ length }) => length)).toEqual([128, 128, 44]);
    expect(batches.flat()).toEqual(many.map((_, index) => index & 0xff));
  });

  it("leaves the capture as it is", () => {
    start().finish();
    const { finish, batches } = start();
    finish();
    expect(batches.flat()).toEqual([0, 1, 2, 3]);
  });

  it("brings only one direction, when it is told which", () => {
    const { finish, batches } = start({ arrives: ([first = 0]) => first % 2 === 1 });
    finish();
    expect(batches.flat()).toEqual([1, 3]);
  });

  it("hands over what is written", () => {
    const written: string[] = [];
    const { device } = start({ mtu: 3, onWritten: (packet) => written.push(packet.join()) });
    expect([device.write(Uint8Array.of(1, 2)), device.write(new Uint8Array(4)), device.write(new Uint8Array(0))]).toEqual([
      true,
      false,
      false,
    ]);
    expect(written).toEqual(["1,2"]);
  });

  it("stops when the device is closed, also in the middle", async () => {
    const { device, finish, remaining } = start(
      {},
      Array.from({ length: 300 }, () => ({ atMicroseconds: 0, bytes: Uint8Array.of(1) })),
    );
    let closed = 0;
    device.onClose(() => closed++);
    device.onPackets(() => void device.close());
    finish();
    expect(closed).toBe(1);
    expect(remaining()).toBe(172);
    expect(device.write(Uint8Array.of(1))).toBe(false);
  });

  it("refuses to turn the clock back", () => {
    expect(() => start().tick(-1)).toThrow(RangeError);
  });
});
