import {
  anything,
  array,
  assert,
  bigInt,
  constantFrom,
  dictionary,
  double,
  jsonValue,
  letrec,
  oneof,
  property,
  string,
  uint8Array,
} from "fast-check";
import { describe, expect, it } from "vitest";
import type { Plain } from "#checks/harness/plain.ts";
import { decodeValue, encodeValue, WireFault } from "./wire-value.ts";

const seed = 4006;

const { plain } = letrec<{ plain: Plain }>((tie) => ({
  plain: oneof(
    { depthSize: "small", withCrossShrink: true },
    constantFrom(undefined, null, true, false, -0, Number.NaN, Number.POSITIVE_INFINITY, "__proto__", "\ud800"),
    double(),
    bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
    string({ unit: "binary" }),
    uint8Array(),
    array(tie("plain"), { maxLength: 4 }),
    dictionary(oneof(string(), constantFrom("__proto__", "constructor", "toString", "0")), tie("plain"), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
}));

/** Over the wire and back. */
function sent(value: Plain): Plain {
  return decodeValue(JSON.parse(JSON.stringify(encodeValue(value))));
}

function readIfValue(wire: unknown): void {
  try {
    encodeValue(decodeValue(wire));
  } catch (error) {
    expect(error).toBeInstanceOf(WireFault);
  }
}

describe("a value on the wire", () => {
  it("comes out as it went in, whatever it is", () => {
    assert(
      property(plain, (value) => {
        expect(sent(value)).toStrictEqual(value);
      }),
      { seed },
    );
  });

  it("keeps the bytes of a view, and not those around it", () => {
    expect(sent(Uint8Array.of(9, 1, 2, 9).subarray(1, 3))).toEqual(Uint8Array.of(1, 2));
  });

  it("keeps the order of an object's names", () => {
    expect(Object.keys(sent({ b: 1, a: 2 }) as object)).toEqual(["b", "a"]);
  });

  it("shares no prototype with what is written", () => {
    const got = sent(Object.fromEntries([["__proto__", { polluted: true }]])) as Record<string, unknown>;
    expect(Object.getPrototypeOf(got)).toBe(Object.prototype);
    expect(Object.hasOwn(got, "__proto__")).toBe(true);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("what somebody else has written", () => {
  it("is a value or a fault, never anything else", () => {
    assert(property(jsonValue({ maxDepth: 6 }), readIfValue), { seed });
    assert(property(array(oneof(constantFrom("array", "object", "bytes", "bigint", "number"), jsonValue())), readIfValue), { seed });
    assert(property(anything(), readIfValue), { seed });
  });

  it.each([
    ["an object", {}],
    ["an empty array", []],
    ["an unknown kind", ["map"]],
    ["too much behind a value", ["undefined", 1]],
    ["a name without a value", ["object", "a"]],
    ["a name that is none", ["object", 1, 1]],
    ["a name twice", ["object", "a", 1, "a", 1]],
    ["bytes that are not base64", ["bytes", "!!!!"]],
    ["a number that is none", ["number", "12"]],
    ["a bigint that is none", ["bigint", "0x10"]],
    ["a bigint without end", ["bigint", "9".repeat(1_001)]],
    ["what is nested too deeply", JSON.parse(`${'["array",'.repeat(21)}1${"]".repeat(21)}`)],
  ])("is refused: %s", (_, wire) => {
    expect(() => decodeValue(wire)).toThrow(WireFault);
  });

  it("is refused when it has too many parts", () => {
    const wire = ["array", ...Array.from({ length: 10 }, () => 1)];
    expect(decodeValue(wire, { depth: 2, values: 11 })).toHaveLength(10);
    expect(() => decodeValue(wire, { depth: 2, values: 10 })).toThrow("more than 10 parts");
  });
});
