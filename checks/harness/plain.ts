/** What can cross from a lab to a check, in one process or between two: data without behaviour. */
export type Plain =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly Plain[]
  | { readonly [key: string]: Plain };

/** The lab returned something that is not plain data. */
export class NotPlain extends Error {
  override readonly name = "NotPlain";
}

const deepest = 16;

/**
 * A copy that shares nothing with `value`. What is compared later is this copy, so a getter or a proxy of the lab's cannot answer one
 * thing now and another thing then. Throws `NotPlain` for functions, getters, symbols and what is nested without end.
 */
export function copyToPlain(value: unknown, where = "the value", depth = 0): Plain {
  if (depth > deepest) throw new NotPlain(`${where} is nested too deeply, or holds itself`);
  switch (typeof value) {
    case "undefined":
    case "boolean":
    case "number":
    case "bigint":
    case "string":
      return value;
    case "object":
      break;
    case "function":
    case "symbol":
      throw new NotPlain(`${where} is a ${typeof value}`);
  }
  if (value === null) return null;
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, i) => copyToPlain(value[i], `${where}[${i}]`, depth + 1));
  const copy: Record<string, Plain> = {};
  for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    if (!property.enumerable) continue;
    if (!("value" in property)) throw new NotPlain(`${where}.${key} is a getter`);
    Object.defineProperty(copy, key, { value: copyToPlain(property.value, `${where}.${key}`, depth + 1), enumerable: true });
  }
  return copy;
}
