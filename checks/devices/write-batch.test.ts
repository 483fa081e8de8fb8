import { describe, expect, it } from "vitest";
import { createWriteBatches } from "#devices/write-batch.ts";

/** A sink that remembers each write. With `backlog` the bytes stay with it, until it is told to `takeAll`. */
function createSink({ backlog = false } = {}) {
  const given: Uint8Array[] = [];
  const writes: string[] = [];
  let waiting: (() => void)[] = [];
  return {
    given,
    writes,
    writableLength: 0,
    write(bytes: Uint8Array, onTaken: () => void) {
      given.push(bytes);
      writes.push(Buffer.from(bytes).toString("latin1"));
      if (backlog) this.writableLength += bytes.length;
      waiting.push(onTaken);
      return !backlog;
    },
    takeAll() {
      const taken = waiting;
      waiting = [];
      this.writableLength = 0;
      for (const onTaken of taken) onTaken();
    },
  };
}

const bytes = (text: string) => Buffer.from(text, "latin1");
const filled = (length: number, value: number) => new Uint8Array(length).fill(value);
const endOfBatch = () => Promise.resolve();

describe("what is written during a batch", () => {
  it("leaves in one write, in order, when the batch has ended", async () => {
    const sink = createSink();
    const batch = createWriteBatches()(sink);
    for (const text of ["one ", "two ", "three"]) batch.add(bytes(text));
    expect(sink.writes).toEqual([]);
    expect(batch.length()).toBe(13);
    await endOfBatch();
    expect(sink.writes).toEqual(["one two three"]);
    expect(batch.length()).toBe(0);
    batch.add(bytes("four"));
    await endOfBatch();
    expect(sink.writes).toEqual(["one two three", "four"]);
  });

  it("is copied: the caller may use the bytes again at once", async () => {
    const sink = createSink();
    const batch = createWriteBatches()(sink);
    const reused = bytes("a");
    batch.add(reused);
    reused.fill("b");
    batch.add(reused);
    await endOfBatch();
    expect(sink.writes).toEqual(["ab"]);
  });

  it("leaves at once when it is flushed, and only once", async () => {
    const sink = createSink();
    const batch = createWriteBatches()(sink);
    batch.add(bytes("now"));
    batch.flush();
    expect(sink.writes).toEqual(["now"]);
    batch.flush();
    await endOfBatch();
    expect(sink.writes).toEqual(["now"]);
  });

  it("is kept apart for each connection", async () => {
    const [first, second] = [createSink(), createSink()];
    const batchFor = createWriteBatches();
    const [a, b] = [batchFor(first), batchFor(second)];
    a.add(bytes("a1"));
    b.add(bytes("b1"));
    a.add(bytes("a2"));
    await endOfBatch();
    expect(first.writes).toEqual(["a1a2"]);
    expect(second.writes).toEqual(["b1"]);
  });

  it("goes to a few hundred connections without losing one", async () => {
    const batchFor = createWriteBatches();
    const sinks = Array.from({ length: 300 }, () => createSink());
    const batches = sinks.map((sink) => batchFor(sink));
    for (const round of ["x", "y"]) for (const [index, batch] of batches.entries()) batch.add(bytes(`${round}${index} `));
    await endOfBatch();
    expect(sinks.map(({ writes }) => writes.join(""))).toEqual(sinks.map((_, index) => `x${index} y${index} `));
  });

  it("takes bounded memory, however many connections have something to send", async () => {
    const batchFor = createWriteBatches();
    const sinks = Array.from({ length: 200 }, () => createSink());
    for (const sink of sinks) batchFor(sink).add(filled(100_000, 1));
    await endOfBatch();
    const memory = new Set(sinks.flatMap(({ given }) => given.map(({ buffer }) => buffer)));
    expect(sinks.every(({ given }) => given[0]?.length === 100_000)).toBe(true);
    expect(memory.size).toBeLessThanOrEqual(64);
  });

  it("may be more than a block: whole messages, in order", async () => {
    const sink = createSink();
    const batch = createWriteBatches()(sink);
    for (let value = 1; value <= 5; value++) batch.add(filled(100_000, value));
    await endOfBatch();
    expect(sink.given.map(({ length }) => length)).toEqual([200_000, 200_000, 100_000]);
    expect(new Set(sink.writes.join(""))).toEqual(new Set(["\x01", "\x02", "\x03", "\x04", "\x05"]));
  });

  it("may be one message larger than a block", async () => {
    const sink = createSink();
    const batch = createWriteBatches()(sink);
    batch.add(bytes("before"));
    const large = filled(300_000, 7);
    batch.add(large);
    large.fill(8);
    batch.add(bytes("behind"));
    await endOfBatch();
    expect(sink.writes.join("")).toBe(`before${"\x07".repeat(300_000)}behind`);
    expect(sink.given.map((given) => given[given.length - 1])).toEqual(["e".charCodeAt(0), 7, "d".charCodeAt(0)]);
  });

  it("is not written over while a slow sink holds on to it", async () => {
    const sink = createSink({ backlog: true });
    const batch = createWriteBatches()(sink);
    for (const value of [1, 2, 3, 4, 5]) {
      batch.add(filled(100_000, value));
      await endOfBatch();
    }
    expect(sink.given.map((given) => [given.length, given[0], given[given.length - 1]])).toEqual([
      [100_000, 1, 1],
      [200_000, 2, 3],
    ]);
    expect(batch.length()).toBe(200_000);
  });

  it("stays together while a slow sink has a backlog, and leaves when that is gone", async () => {
    const sink = createSink({ backlog: true });
    const batch = createWriteBatches()(sink);
    for (const text of ["one ", "two ", "three ", "four "]) {
      batch.add(bytes(text));
      await endOfBatch();
    }
    batch.flush();
    expect(sink.writes).toEqual(["one "]);
    expect(batch.length()).toBe(15);
    sink.takeAll();
    expect(sink.writes).toEqual(["one ", "two three four "]);
    expect(batch.length()).toBe(0);
    sink.takeAll();
    batch.add(bytes("five"));
    await endOfBatch();
    expect(sink.writes).toEqual(["one ", "two three four ", "five"]);
  });

  it("holds little memory for many small messages that slow sinks do not take, whatever others are sent meanwhile", async () => {
    const batchFor = createWriteBatches();
    const slow = Array.from({ length: 4 }, () => createSink({ backlog: true }));
    const slowBatches = slow.map((sink) => batchFor(sink));
    const busy = batchFor(createSink());
    for (let index = 0; index < 5000; index++) {
      for (const batch of slowBatches) batch.add(filled(33, 1));
      busy.add(filled(4000, 2));
      await endOfBatch();
    }
    const held = slow.flatMap(({ given }) => given);
    const memory = new Set(held.map(({ buffer }) => buffer));
    expect(held.length).toBeLessThan(40);
    expect([...memory].reduce((sum, { byteLength }) => sum + byteLength, 0)).toBeLessThan(200_000);
    expect(slowBatches.map((batch) => batch.length())).toEqual(slow.map(({ writableLength }) => 5000 * 33 - writableLength));
  });
});
