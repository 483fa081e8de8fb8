import { describe, expect, it } from "vitest";
import { NotImplemented } from "#kit/not-implemented.ts";
import type { Outcome } from "./channel.ts";
import { createHost } from "./host.ts";
import type { MemberShapes } from "./shape.ts";

/** A host of a lab with one function `f`. */
function hostOf(f: unknown, shape: MemberShapes = { f: "call" }) {
  return createHost({ f: async () => f }, shape);
}

/** A function with one array for all its calls. */
function sharing(fill: (bytes: Uint8Array, n: number) => unknown) {
  const bytes = new Uint8Array(3);
  return (n: number) => fill(bytes, n);
}

function takingTurns() {
  const arrays = [new Uint8Array(1), new Uint8Array(1)];
  return (n: number) => arrays[n % 2]?.fill(n);
}

const call = (f: unknown, ...args: readonly never[]): Promise<Outcome> => hostOf(f)({ member: "f", args });

describe("a host", () => {
  it("calls a function with the arguments and returns a plain copy", async () => {
    const kept = { sum: 0 };
    const host = hostOf((a: number, b: number) => Object.assign(kept, { sum: a + b }));
    const outcome = await host({ member: "f", args: [2, 3] });
    kept.sum = 99;
    expect(outcome).toEqual({ kind: "returned", value: { sum: 5 } });
  });

  it("lends bytes as a view with margins that are not zero", async () => {
    const outcome = await hostOf((bytes: Uint8Array) => ({
      own: Array.from(bytes),
      offset: bytes.byteOffset,
      around: Array.from(new Uint8Array(bytes.buffer)),
    }))({ member: "f", args: [Uint8Array.of(1, 2)] });
    expect(outcome).toEqual({
      kind: "returned",
      value: { own: [1, 2], offset: 3, around: [0xa5, 0xa5, 0xa5, 1, 2, 0xa5, 0xa5, 0xa5] },
    });
  });

  it("writes over the bytes that it lent, wherever they stood in the arguments, after the call and not before", async () => {
    const seen: Uint8Array[] = [];
    const original = Uint8Array.of(1, 2);
    const host = hostOf((a: Uint8Array, b: { list: Uint8Array[] }) => {
      seen.push(a, ...b.list);
      return seen.map((bytes) => bytes.slice());
    });
    const outcome = await host({ member: "f", args: [original, { list: [Uint8Array.of(3)] }] });
    expect(outcome).toEqual({ kind: "returned", value: [Uint8Array.of(1, 2), Uint8Array.of(3)] });
    expect(seen).toEqual([Uint8Array.of(0xa5, 0xa5), Uint8Array.of(0xa5)]);
    expect(original).toEqual(Uint8Array.of(1, 2));
  });

  it("writes over the bytes that it lent also when the function throws", async () => {
    let seen: Uint8Array | undefined;
    await hostOf((bytes: Uint8Array) => {
      seen = bytes;
      throw new Error("no");
    })({ member: "f", args: [Uint8Array.of(1)] });
    expect(seen).toEqual(Uint8Array.of(0xa5));
  });

  it.each<[string, () => unknown]>([
    ["an array that each call fills", () => sharing((bytes, n) => bytes.fill(n))],
    ["a part of such an array", () => sharing((bytes, n) => bytes.fill(n).subarray(1))],
    ["such an array in an object", () => sharing((bytes, n) => ({ packet: bytes.fill(n) }))],
    ["two such arrays that take turns", () => takingTurns()],
  ])("finds %s not to be the caller's own", async (_name, make) => {
    const host = hostOf(make());
    const outcomes: Outcome[] = [];
    for (const n of [1, 2, 3]) outcomes.push(await host({ member: "f", args: [n] }));
    expect(outcomes.at(-1)).toEqual({
      kind: "unusable",
      message: "what f returned was changed by a later call: what you return belongs to the caller",
    });
  });

  it("says which call has changed what another one returned", async () => {
    const list: number[] = [];
    const load = { list: async () => () => list, add: async () => (n: number) => list.push(n) };
    const host = createHost(load, { list: "call", add: "call" });
    expect(await host({ member: "list", args: [] })).toEqual({ kind: "returned", value: [] });
    expect(await host({ member: "add", args: [7] })).toEqual({
      kind: "unusable",
      message: "what list returned was changed by a call of add: what you return belongs to the caller",
    });
  });

  it.each<[string, (result: { bytes: unknown }) => void]>([
    ["throws when it is looked at", (result) => void Object.setPrototypeOf(result, null)],
    ["claims to hold bytes, and does not", (result) => void (result.bytes = Object.create(Uint8Array.prototype))],
  ])("takes a result for changed that later %s", async (_name, spoil) => {
    const target: { bytes: unknown } = { bytes: Uint8Array.of(1) };
    const result = new Proxy(target, {
      ownKeys: (object) => {
        if (Object.getPrototypeOf(object) === null) throw new Error("mine");
        return Reflect.ownKeys(object);
      },
    });
    const load = { make: async () => () => result, spoil: async () => () => spoil(target) };
    const host = createHost(load, { make: "call", spoil: "call" });
    expect(await host({ member: "make", args: [] })).toMatchObject({ kind: "returned" });
    expect(await host({ member: "spoil", args: [] })).toMatchObject({ kind: "unusable" });
  });

  it("lets a result be a view into what was lent, and the same object each time", async () => {
    const nothing: readonly never[] = [];
    const host = hostOf((bytes: Uint8Array) => ({ view: bytes.subarray(1), nothing }));
    for (const n of [1, 2, 3])
      expect(await host({ member: "f", args: [Uint8Array.of(0, n)] })).toEqual({
        kind: "returned",
        value: { view: Uint8Array.of(n), nothing: [] },
      });
  });

  it("tells a thrown error as data", async () => {
    const outcome = await call(() => {
      throw new RangeError("too large");
    });
    expect(outcome).toMatchObject({ kind: "threw", error: { name: "RangeError", message: "too large" } });
  });

  it("knows the skeleton's error", async () => {
    const outcome = await call(() => {
      throw new NotImplemented("lab-1 is not implemented yet");
    });
    expect(outcome).toEqual({ kind: "not-started", message: "lab-1 is not implemented yet" });
  });

  it.each([
    ["a function", () => () => 1, "what f returned is a function"],
    ["a getter", () => Object.defineProperty({}, "x", { get: () => 1, enumerable: true }), "what f returned.x is a getter"],
    ["a promise", async () => 1, "f returned a promise, and should answer at once"],
    ["a promise that fails", () => Promise.reject(new Error("no")), "f returned a promise, and should answer at once"],
  ])("finds %s as a result unusable", async (_name, f, message) => {
    expect(await call(f)).toEqual({ kind: "unusable", message });
  });

  it.each([undefined, null, 3, {}])("finds a member that is %j unusable, and not a TypeError of the lab's", async (member) => {
    expect(await call(member)).toEqual({ kind: "unusable", message: "there is no function f in your code; is it exported?" });
  });

  it("finds a member whose file does not load unusable, and not an error of the call", async () => {
    const load = { f: () => Promise.reject(new RangeError("at import")), g: async () => () => 1 };
    const host = createHost(load, { f: "call", g: "call" });
    expect(await host({ member: "f", args: [] })).toMatchObject({
      kind: "unusable",
      message: "the file with f cannot be loaded",
      thrown: { name: "RangeError", message: "at import" },
    });
    expect(await host({ member: "g", args: [] })).toEqual({ kind: "returned", value: 1 });
  });

  it("loads each member once", async () => {
    let loads = 0;
    const host = createHost({ f: async () => (loads++, () => 1) }, { f: "call" });
    await host({ member: "f", args: [] });
    await host({ member: "f", args: [] });
    expect(loads).toBe(1);
  });

  it("calls functions of objects on those objects, however deep", async () => {
    const lab = { codec: { inner: { value: 7, read(this: { value: number }) { return this.value; } } } }; // biome-ignore format: one line
    const host = createHost({ codec: async () => lab.codec }, { codec: { inner: { read: "call" } } });
    expect(await host({ member: "codec.inner.read", args: [] })).toEqual({ kind: "returned", value: 7 });
    expect(await host({ member: "codec.inner.write", args: [] })).toEqual({
      kind: "unusable",
      message: "codec.inner has no function write",
    });
    expect(await host({ member: "codec.other.read", args: [] })).toEqual({
      kind: "unusable",
      message: "codec.other has no function read",
    });
    const empty = createHost({ codec: async () => undefined }, { codec: { inner: { read: "call" } } });
    expect(await empty({ member: "codec.inner.read", args: [] })).toEqual({
      kind: "unusable",
      message: "there is no codec in your code; is it exported?",
    });
  });

  it("waits where the contract says that a promise comes", async () => {
    const host = hostOf(async (n: number) => n + 1, { f: "promise" });
    expect(await host({ member: "f", args: [1] })).toEqual({ kind: "returned", value: 2 });
    const failing = hostOf(async () => Promise.reject(new TypeError("no")), { f: "promise" });
    expect(await failing({ member: "f", args: [] })).toMatchObject({ kind: "threw", error: { name: "TypeError" } });
  });

  it("carries calls out in the order in which they are made, also while a member loads", async () => {
    const order: string[] = [];
    const load = {
      slow: async () => {
        await new Promise((done) => setImmediate(done));
        return () => order.push("slow");
      },
      fast: async () => () => order.push("fast"),
    };
    const host = createHost(load, { slow: "call", fast: "call" });
    await Promise.all([host({ member: "slow", args: [] }), host({ member: "fast", args: [] })]);
    expect(order).toEqual(["slow", "fast"]);
  });
});

function createPool(first: number) {
  let next = first;
  return { take: () => next++ };
}

describe("objects that the lab makes", () => {
  const shape: MemberShapes = {
    createPool: { makes: { take: "call" } },
    createTable: { makes: { open: "call" } },
    nested: { create: { makes: { take: "call" } } },
  };
  const lab = {
    createPool: async () => createPool,
    createTable: async () => (pool: { take: () => number }) => ({ open: (name: string) => `${name}:${pool.take()}` }),
    nested: async () => ({ create: createPool }),
  };

  it("stay with the lab and are named by a handle", async () => {
    const host = createHost(lab, shape);
    expect(await host({ member: "createPool", args: [5] })).toEqual({ kind: "made", handle: 0 });
    expect(await host({ member: "createPool", args: [50] })).toEqual({ kind: "made", handle: 1 });
    expect(await host({ on: 0, member: "take", args: [] })).toEqual({ kind: "returned", value: 5 });
    expect(await host({ on: 1, member: "take", args: [] })).toEqual({ kind: "returned", value: 50 });
    expect(await host({ on: 0, member: "take", args: [] })).toEqual({ kind: "returned", value: 6 });
  });

  it("can be arguments, and are the object itself there", async () => {
    const host = createHost(lab, shape);
    await host({ member: "createPool", args: [5] });
    await host({ member: "createTable", args: [{ handle: 0 }] });
    expect(await host({ on: 1, member: "open", args: ["a"] })).toEqual({ kind: "returned", value: "a:5" });
    expect(await host({ on: 0, member: "take", args: [] })).toEqual({ kind: "returned", value: 6 });
  });

  it("may be made by a function of an object", async () => {
    const host = createHost(lab, shape);
    expect(await host({ member: "nested.create", args: [3] })).toEqual({ kind: "made", handle: 0 });
    expect(await host({ on: 0, member: "take", args: [] })).toEqual({ kind: "returned", value: 3 });
  });

  it.each([undefined, null, 3, "x"])("have to be objects: %j is unusable", async (wrong) => {
    const host = createHost({ createPool: async () => () => wrong }, shape);
    expect(await host({ member: "createPool", args: [] })).toEqual({
      kind: "unusable",
      message: `createPool returned ${wrong}, and not an object`,
    });
  });

  it("have to have their functions", async () => {
    const host = createHost({ createPool: async () => () => ({}) }, shape);
    await host({ member: "createPool", args: [] });
    expect(await host({ on: 0, member: "take", args: [] })).toEqual({
      kind: "unusable",
      message: "what createPool returned has no function take",
    });
  });

  it("are unknown under another number: that is the check's fault", async () => {
    await expect(createHost(lab, shape)({ on: 4, member: "take", args: [] })).rejects.toThrow("There is no object number 4.");
  });
});
