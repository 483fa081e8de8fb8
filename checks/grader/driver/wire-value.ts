import type { Argument } from "#checks/harness/channel.ts";
import type { Plain } from "#checks/harness/plain.ts";

/**
 * Plain data as JSON that loses nothing. Strings, booleans, null and ordinary numbers stand for themselves; everything else is an array
 * whose first item says what it is. JSON objects never occur, so no key of anybody's can mean anything.
 */
export type WireValue = null | boolean | number | string | WireArray;
/** What it is, and what it is made of. */
interface WireArray extends ReadonlyArray<WireValue> {}

/** The other side wrote something that it cannot have meant. */
export class WireFault extends Error {
  override readonly name = "WireFault";
}

const deepest = 40;

/** Any argument, or any result, as JSON. Throws a `WireFault` for what is nested without end. */
export function encodeValue(value: Argument, depth = 0): WireValue {
  if (depth > deepest) throw new WireFault("a value is nested too deeply");
  switch (typeof value) {
    case "function":
    case "symbol":
      throw new WireFault(`a ${typeof value} is no data`);
    case "undefined":
      return ["undefined"];
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0) ? value : ["number", Object.is(value, -0) ? "-0" : String(value)];
    case "bigint":
      return ["bigint", value.toString()];
    case "boolean":
    case "string":
      return value;
    case "object":
      break;
  }
  if (value === null) return null;
  if (value instanceof Uint8Array) return ["bytes", Buffer.from(value.buffer, value.byteOffset, value.length).toString("base64")];
  if (Array.isArray(value)) return ["array", ...value.map((item: Argument) => encodeValue(item, depth + 1))];
  const members = Object.entries(value).flatMap(([key, item]): readonly WireValue[] => [key, encodeValue(item, depth + 1)]);
  return ["object", ...members];
}

/** How much a value may hold: what a hostile program writes must not cost the reader more than this. */
export type WireBounds = { readonly depth: number; readonly values: number };

/** Far above what any check asks for. */
const usualBounds: WireBounds = { depth: 20, values: 1_000_000 };

/**
 * The value that `wire`, parsed JSON of unknown making, stands for. What it returns shares nothing with it, and has ordinary prototypes
 * whatever its keys are called.
 *
 * @throws {WireFault} for everything that `encodeValue` does not write
 */
export function decodeValue(wire: unknown, bounds: WireBounds = usualBounds): Plain {
  let left = bounds.values;

  function decode(item: unknown, depth: number): Plain {
    if (depth > bounds.depth) throw new WireFault("a value is nested too deeply");
    if (--left < 0) throw new WireFault(`a value has more than ${bounds.values} parts`);
    if (item === null || typeof item === "string" || typeof item === "boolean") return item;
    if (typeof item === "number") return item;
    if (!Array.isArray(item)) throw new WireFault("an object stands where none can");
    const [kind, ...rest] = item as readonly unknown[];
    switch (kind) {
      case "undefined":
        return alone(undefined, rest, 0);
      case "number":
        return decodeNumber(alone(rest[0], rest, 1));
      case "bigint":
        return decodeBigInt(alone(rest[0], rest, 1));
      case "bytes":
        return decodeBytes(alone(rest[0], rest, 1));
      case "array":
        return rest.map((inner) => decode(inner, depth + 1));
      case "object":
        return decodeObject(rest, depth);
      default:
        throw new WireFault("a value is of no known kind");
    }
  }

  function decodeObject(members: readonly unknown[], depth: number): Plain {
    if (members.length % 2 !== 0) throw new WireFault("an object has a name without a value");
    const object: Record<string, Plain> = {};
    for (let index = 0; index < members.length; index += 2) {
      const name = members[index];
      if (typeof name !== "string") throw new WireFault("a name in an object is no text");
      if (Object.hasOwn(object, name)) throw new WireFault("an object has a name twice");
      // Defined, not assigned: "__proto__" is a name like any other.
      Object.defineProperty(object, name, { value: decode(members[index + 1], depth + 1), enumerable: true });
    }
    return object;
  }

  return decode(wire, 0);
}

function alone<T>(value: T, rest: readonly unknown[], length: number): T {
  if (rest.length !== length) throw new WireFault("a value has parts that do not belong to it");
  return value;
}

const namedNumbers: ReadonlyMap<unknown, number> = new Map([
  ["NaN", Number.NaN],
  ["-0", -0],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

function decodeNumber(text: unknown): number {
  const number = namedNumbers.get(text);
  if (number === undefined) throw new WireFault("a number is of no known kind");
  return number;
}

/** Longer numbers take time that grows with the square of their length. */
const longestBigInt = 1_000;

function decodeBigInt(text: unknown): bigint {
  if (typeof text !== "string" || text.length > longestBigInt || !/^-?\d+$/.test(text)) throw new WireFault("a bigint is not one");
  return BigInt(text);
}

function decodeBytes(text: unknown): Uint8Array {
  if (typeof text !== "string" || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text))
    throw new WireFault("bytes are not base64");
  return Uint8Array.from(Buffer.from(text, "base64"));
}
