import { describe, expect, it } from "vitest";
import { createHeartbeat } from "#lab-3/heartbeat.ts";

const create = (sendEvery = 20_000, deadAfter = 60_000) => createHeartbeat({ sendEvery, deadAfter });
const sent = [{ kind: "send-heartbeat" }];
const dead = [{ kind: "peer-dead" }];

describe("a heartbeat", () => {
  it("is due at the very millisecond, and the peer dead one millisecond after its time", () => {
    const heartbeat = create();
    expect([19_999, 1, 19_999, 1, 20_000, 0, 1].map(heartbeat.tick)).toEqual([[], sent, [], sent, sent, [], dead]);
  });

  it("keeps two clocks: hearing does not put off sending, sending does not put off death", () => {
    const heartbeat = create();
    heartbeat.tick(15_000);
    heartbeat.heard();
    expect([5_000, 20_000, 20_000, 15_000, 1].map(heartbeat.tick)).toEqual([sent, sent, sent, [], dead]);
  });

  it("sends one heartbeat for a long tick and keeps no remainder", () => {
    expect([59_999, 1, 0].map(create().tick)).toEqual([sent, [], []]);
    const heartbeat = create();
    heartbeat.tick(39_999);
    expect([19_999, 1].map(heartbeat.tick)).toEqual([[], sent]);
  });

  it("lets dead win over due, tells it once, and wakes nobody after it", () => {
    const heartbeat = create();
    expect(heartbeat.tick(1_000_000_000)).toEqual(dead);
    heartbeat.heard();
    expect([0, 1, 20_000, 60_001].map(heartbeat.tick)).toEqual([[], [], [], []]);
  });

  it("measures any timing, also death before the first heartbeat", () => {
    expect([1, 1, 1].map(create(1, 1).tick)).toEqual([sent, dead, []]);
    expect([10, 1, 100].map(create(100, 10).tick)).toEqual([[], dead, []]);
  });

  it("watches one peer: two heartbeats share nothing", () => {
    const [one, other] = [create(), create()];
    one.tick(60_001);
    expect(other.tick(19_999)).toEqual([]);
  });
});

describe("misuse", () => {
  const notDurations = [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];

  it.each([0, ...notDurations])("a timing of %d is refused", (value) => {
    expect(() => create(value, 60_000)).toThrow(RangeError);
    expect(() => create(20_000, value)).toThrow(`deadAfter is ${value}; it must be a whole number of milliseconds, at least 1.`);
  });

  it.each(notDurations)("a tick of %d is refused, and no time passes", (elapsed) => {
    const heartbeat = create();
    heartbeat.tick(19_999);
    expect(() => heartbeat.tick(elapsed)).toThrow(RangeError);
    expect([0, 1].map(heartbeat.tick)).toEqual([[], sent]);
  });

  it("very long durations are whole numbers too", () => {
    expect([1e300, 1e300].map(create(1, 1e300).tick)).toEqual([sent, dead]);
  });
});
