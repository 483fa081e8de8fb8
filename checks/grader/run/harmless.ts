/** Control characters but for line feeds and tabs, and those that make a text read in another order than it stands. */
const invisible = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A lone half of a pair cannot be written as UTF-8. */
const halves = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Text of a submission, so that a terminal, a web page or a CI log shows it and obeys none of it: control characters become visible, and
 * what a CI system would take for a command (`::error`, `##[group]`, `##vso[…]`) gets a space in it.
 */
export function harmless(text: string): string {
  return text
    .replace(/\r\n/g, "\n")
    .replace(invisible, visible)
    .replace(halves, "\ufffd")
    .replace(/^(\s*):(?=:[a-z])/gim, "$1: ")
    .replace(/#(?=#[a-z]*\[)/gi, "# ");
}

/** The same, and no longer than `longest` characters: the end gives way. */
export function harmlessUpTo(longest: number, text: string): string {
  return text.length > longest ? `${harmless(text.slice(0, longest))}…` : harmless(text);
}

/** ESC is shown as ␛; what Unicode has no picture for, as its number. */
function visible(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}

/** A value of strings, arrays and objects, with every text in it made harmless. Bytes and all else stay as they are. */
export function allHarmless<T>(value: T, longest: number): T {
  if (typeof value === "string") return harmlessUpTo(longest, value) as T;
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => allHarmless(item, longest)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, allHarmless(item, longest)])) as T;
}
