import { describe, expect, expectTypeOf, it } from "vitest";
import { isFactory, isFunction, type ShapeOf } from "./shape.ts";

describe("the shape of a contract", () => {
  it("follows from its types", () => {
    type Contract = {
      readonly checksum: (bytes: Uint8Array) => number;
      readonly parse: (bytes: Uint8Array) => { readonly ok: true } | { readonly ok: false; readonly why: string };
      readonly list: () => readonly string[];
      readonly nothing: () => void;
      readonly maybe: () => string | undefined;
      readonly codec: { readonly parse: (bytes: Uint8Array) => number };
      readonly create: () => { readonly take: () => number; readonly close: () => Promise<void> };
    };
    expectTypeOf<ShapeOf<Contract>>().toEqualTypeOf<{
      readonly checksum: "call";
      readonly parse: "call";
      readonly list: "call";
      readonly nothing: "call";
      readonly maybe: "call";
      readonly codec: { readonly parse: "call" };
      readonly create: { readonly makes: { readonly take: "call"; readonly close: "promise" } };
    }>();
  });

  it("is a function's, a factory's or an object's", () => {
    const shapes = ["call", "promise", { makes: { take: "call" } }, { parse: "call" }] as const;
    expect(shapes.map(isFunction)).toEqual([true, true, true, false]);
    expect(shapes.map(isFactory)).toEqual([false, false, true, false]);
  });
});
