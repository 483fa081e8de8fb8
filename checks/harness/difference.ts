/** Where two plain values part. */
export type Difference = {
  /** How to reach the place: `.dns[1]`, or nothing for the values themselves. */
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
};

/** The first place where `actual` is not `expected`, in the order of the expected value's keys; `undefined` when there is none. */
export function firstDifference(actual: unknown, expected: unknown, path = ""): Difference | undefined {
  const here: Difference = { path, expected, actual };
  // 0 and -0 are one number on the wire; NaN is itself.
  if (actual === expected || Object.is(actual, expected)) return undefined;
  if (!isObject(actual) || !isObject(expected)) return here;
  if (expected instanceof Uint8Array || actual instanceof Uint8Array) {
    const same = expected instanceof Uint8Array && actual instanceof Uint8Array && Buffer.compare(actual, expected) === 0;
    return same ? undefined : here;
  }
  if (Array.isArray(expected) !== Array.isArray(actual)) return here;
  if (Array.isArray(expected) && Array.isArray(actual)) {
    for (let index = 0; index < Math.max(expected.length, actual.length); index++) {
      const difference = firstDifference(actual[index], expected[index], `${path}[${index}]`);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const difference = firstDifference(actual[key], expected[key], `${path}.${key}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
