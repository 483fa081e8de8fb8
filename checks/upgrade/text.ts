import { hashOf } from "./manifest.ts";

/** The bytes as text, or `undefined` for what is no UTF-8 text. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

/** Git and editors on Windows may write CRLF: the text is the same. */
export function plainLines(text: string): string {
  return text.replaceAll("\r\n", "\n");
}

/** Whether these bytes, or the same text with other line ends, have this hash. */
export function hasHash(bytes: Uint8Array, hash: string | undefined): boolean {
  if (hash === undefined) return false;
  if (hashOf(bytes) === hash) return true;
  const text = textOf(bytes);
  return text?.includes("\r\n") === true && hashOf(Buffer.from(plainLines(text))) === hash;
}
