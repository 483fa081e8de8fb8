import { describe, expect, it } from "vitest";
import { copyToPlain, NotPlain } from "./plain.ts";

describe("copyToPlain", () => {
  it("copies plain data of every kind", () => {
    const value = { a: [1, "two", null, undefined, true, 3n, Number.NaN], b: Uint8Array.of(1, 2), c: { d: {} } };
    expect(copyToPlain(value)).toEqual(value);
  });

  it("shares nothing with the original", () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const value = { list: [bytes], inner: { x: 1 } };
    const copy = copyToPlain(value) as typeof value;
    bytes[0] = 99;
    value.inner.x = 99;
    value.list.push(bytes);
    expect(copy).toEqual({ list: [Uint8Array.of(1, 2, 3)], inner: { x: 1 } });
  });

  it("copies only the bytes of a view, as a plain Uint8Array", () => {
    const view = Buffer.from([1, 2, 3, 4]).subarray(1, 3);
    const copy = copyToPlain(view) as Uint8Array;
    expect(copy).toEqual(Uint8Array.of(2, 3));
    expect(copy.buffer.byteLength).toBe(2);
    expect(Object.getPrototypeOf(copy)).toBe(Uint8Array.prototype);
  });

  it.each([
    ["a function", () => 1, "the value is a function"],
    ["a symbol", Symbol("s"), "the value is a symbol"],
    ["a function inside", { list: [0, { run: () => 1 }] }, "the value.list[1].run is a function"],
    [
      "a getter",
      {
        get now() {
          return 1;
        },
      },
      "the value.now is a getter",
    ],
  ])("refuses %s and says where it is", (_name, value, message) => {
    expect(() => copyToPlain(value)).toThrow(NotPlain);
    expect(() => copyToPlain(value)).toThrow(message);
  });

  it("does not call a getter that it refuses", () => {
    let calls = 0;
    const value = {
      get now() {
        return ++calls;
      },
    };
    expect(() => copyToPlain(value)).toThrow(NotPlain);
    expect(calls).toBe(0);
  });

  it("refuses what holds itself", () => {
    const value: { self?: unknown } = {};
    value.self = value;
    expect(() => copyToPlain(value)).toThrow("nested too deeply, or holds itself");
  });

  it("takes the own properties of an object and leaves out what is not enumerable", () => {
    const value = Object.assign(Object.create({ inherited: 1 }) as object, { own: 2 });
    Object.defineProperty(value, "hidden", { value: 3, enumerable: false });
    expect(copyToPlain(value)).toEqual({ own: 2 });
  });

  it("keeps a property called __proto__ as data", () => {
    const copy = copyToPlain(JSON.parse('{"__proto__":{"polluted":true}}')) as object;
    expect(Object.keys(copy)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
  });

  it("asks a proxy once, so that it cannot answer differently later", () => {
    let answers = 0;
    const value = new Proxy(
      { x: 0 },
      {
        getOwnPropertyDescriptor: () => ({ value: ++answers, enumerable: true, configurable: true }),
      },
    );
    const copy = copyToPlain(value) as { x: number };
    expect(copy.x).toBe(copy.x);
    expect(copy).toEqual({ x: 1 });
  });
});
