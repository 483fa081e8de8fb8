import { toHex } from "#kit/bytes.ts";
import { counted } from "#kit/counted.ts";

const longest = 60;
/** How much of two long texts is shown in front of the place where they part. */
const before = 20;

/** A plain value in one short line. Bytes are hexadecimal, with their number. */
export function showValue(value: unknown): string {
  return cut(show(value));
}

/** Two values that differ, each in one short line that shows where they do. */
export function showPair(a: unknown, b: unknown): readonly [a: string, b: string] {
  const [left, right] = [show(a), show(b)];
  if (cut(left) !== cut(right)) return [cut(left), cut(right)];
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  const from = Math.max(0, at - before);
  return [cut(`…${left.slice(from)}`), cut(`…${right.slice(from)}`)];
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function show(value: unknown): string {
  if (value instanceof Uint8Array)
    return value.length === 0 ? "no bytes" : `${counted(value.length, "byte")} ${toHex(value.subarray(0, longest))}`;
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, inner]) => `${key}: ${show(inner)}`);
    return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
  }
  return String(value);
}
