import { isDeepStrictEqual } from "node:util";

/** An object in which two changes are joined, and the places that both sides changed: there the kit's value stands. */
export type MergedJson = { readonly text: string; readonly overruled: readonly string[] };

/**
 * Joins two changes of a JSON object, member by member, so that a dependency of the student's own and a new one of the kit's do not get
 * into each other's way.
 *
 * @throws {SyntaxError} when one of the texts is not JSON
 */
export function mergeJson(yours: string, base: string, next: string): MergedJson {
  const overruled: string[] = [];
  const merge = (yourValue: unknown, baseValue: unknown, nextValue: unknown, path: string): unknown => {
    if (isDeepStrictEqual(yourValue, baseValue) || isDeepStrictEqual(yourValue, nextValue)) return nextValue;
    if (isDeepStrictEqual(nextValue, baseValue)) return yourValue;
    if (!isObject(yourValue) || !isObject(nextValue)) {
      overruled.push(path);
      return nextValue;
    }
    const was = isObject(baseValue) ? baseValue : {};
    const names = new Set([...Object.keys(nextValue), ...Object.keys(yourValue)]);
    const members = [...names].map((name) => {
      const inner = path === "" ? name : `${path}.${name}`;
      return [name, merge(own(yourValue, name), own(was, name), own(nextValue, name), inner)] as const;
    });
    return Object.fromEntries(members.filter(([, value]) => value !== undefined));
  };
  const merged = merge(JSON.parse(yours), JSON.parse(base), JSON.parse(next), "");
  return { text: `${JSON.stringify(merged, undefined, 2)}\n`, overruled };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function own(object: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
