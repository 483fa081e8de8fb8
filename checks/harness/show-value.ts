import { toHex } from "#kit/bytes.ts";

const longest = 60;

/** A plain value in one short line. Bytes are hexadecimal, with their number. */
export function showValue(value: unknown): string {
  const text = show(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function show(value: unknown): string {
  if (value instanceof Uint8Array) return value.length === 0 ? "no bytes" : `${value.length} bytes ${toHex(value)}`;
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${key}: ${show(inner)}`)
      .join(", ")} }`;
  return String(value);
}
