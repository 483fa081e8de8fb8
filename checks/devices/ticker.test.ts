import { connect } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Connection } from "#contract/lab-4-tun-server.ts";
import { parseEndpoint } from "#devices/endpoint.ts";
import { createManualTicker } from "#devices/manual-ticker.ts";
import { listenTcp } from "#devices/tcp-listener.ts";
import { startTicker } from "#devices/ticker.ts";

describe("a ticker, by a clock that the test moves", () => {
  let time = 0;
  beforeEach(() => {
    time = 1000.25;
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Lets the timer fire after the clock has moved by `elapsed`. */
  const fire = (elapsed: number) => {
    time += elapsed;
    vi.advanceTimersByTime(100);
  };
  /** The same, and the event loop turns often enough for the tick. */
  const pass = async (elapsed: number) => {
    fire(elapsed);
    for (let turn = 0; turn < 10; turn++) await nextTurn();
  };
  const start = (options?: { longest: number }) => {
    const ticks: number[] = [];
    const ticker = startTicker({ every: 100, now: () => time, ...options });
    ticker.onTick((elapsed) => ticks.push(elapsed));
    return { ...ticker, ticks };
  };

  it("reports whole milliseconds and keeps the fraction for the next tick", async () => {
    const { ticks, stop } = start();
    for (let tick = 0; tick < 4; tick++) await pass(100.25);
    expect(ticks).toEqual([100, 100, 100, 101]);
    stop();
  });

  it("reports what was measured, not what was asked for", async () => {
    const { ticks, stop } = start();
    await pass(257);
    await pass(100);
    expect(ticks).toEqual([257, 100]);
    stop();
  });

  it("does not tick before a millisecond has passed", async () => {
    const { ticks, stop } = start();
    await pass(0.5);
    await pass(0.25);
    expect(ticks).toEqual([]);
    await pass(0.25);
    expect(ticks).toEqual([1]);
    stop();
  });

  it("holds no more against the peers than its longest tick, and forgets the rest", async () => {
    const { ticks, stop } = start({ longest: 30_000 });
    await pass(3_600_000);
    await pass(100);
    expect(ticks).toEqual([30_000, 100]);
    stop();
  });

  it("lets the event loop turn a few times after a stall, so that a full socket is read", async () => {
    const { ticks, stop } = start();
    fire(1000);
    for (let turn = 0; turn < 4; turn++) await nextTurn();
    expect(ticks).toEqual([]);
    for (let turn = 0; turn < 4; turn++) await nextTurn();
    expect(ticks).toEqual([1000]);
    stop();
  });

  it("is silent once it is stopped, also with a tick on its way", async () => {
    const { ticks, stop } = start();
    await pass(100);
    fire(100);
    stop();
    await pass(100);
    await pass(100);
    expect(ticks).toEqual([100]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a ticker in a real event loop", () => {
  it("ticks after a stall only when what waited in the socket was read", async () => {
    const listener = await listenTcp("[::1]:0");
    const connected = new Promise<Connection>((resolve) => {
      listener.onConnection(resolve);
    });
    const client = connect(parseEndpoint(listener.address));
    const connection = await connected;
    const story: string[] = [];
    connection.onData((chunk) => story.push(Buffer.from(chunk).toString()));
    const ticker = startTicker({ every: 5 });
    const ticked = new Promise<number>((resolve) => {
      ticker.onTick((elapsed) => {
        if (story.length === 0) return;
        story.push("tick");
        resolve(elapsed);
      });
    });
    client.write("first");
    await new Promise<void>((resolve) => {
      connection.onData(() => resolve());
    });
    client.write("heartbeat");
    // The process is held up: nothing runs, and the heartbeat waits to be read.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    expect(await ticked).toBeGreaterThanOrEqual(50);
    expect(story).toEqual(["first", "heartbeat", "tick"]);
    ticker.stop();
    client.destroy();
    await listener.close();
  });

  it("keeps no process alive after it is stopped", async () => {
    const ticker = startTicker({ every: 1 });
    await new Promise((resolve) => {
      ticker.onTick(resolve);
    });
    ticker.stop();
    expect(process.getActiveResourcesInfo().filter((name) => name === "Immediate")).toEqual([]);
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses a period of %s ms", (every) => {
    expect(() => startTicker({ every })).toThrow(RangeError);
  });
});

describe("a ticker by hand", () => {
  it("ticks when it is told to, and not after it is stopped", () => {
    const ticker = createManualTicker();
    const ticks: number[] = [];
    ticker.onTick((elapsed) => ticks.push(elapsed));
    ticker.tick(20_000);
    ticker.tick(0);
    expect(() => ticker.tick(-1)).toThrow(RangeError);
    ticker.stop();
    ticker.tick(1);
    expect(ticks).toEqual([20_000, 0]);
  });
});
