import { mostPrinted } from "./worker-protocol.ts";

/**
 * Takes over this thread's standard output and error, and hands on what is printed, up to a bound. The channel is the one on which
 * results go, so that a line is never told with the wrong check, and is there even when its check never ends.
 *
 * @returns a function that begins anew: after it, as much may be printed again
 */
export function capturePrints(print: (text: string) => void): () => void {
  let left = mostPrinted;

  function write(chunk: string | Uint8Array, ...rest: readonly unknown[]): boolean {
    const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
    if (left > 0 && text !== "") print(text.length > left ? `${text.slice(0, left)}…` : text);
    left -= text.length;
    // Who waits until the text is out, waits for this.
    const done = rest.at(-1);
    if (typeof done === "function") queueMicrotask(() => done());
    return true;
  }

  process.stdout.write = write;
  process.stderr.write = write;
  return () => {
    left = mostPrinted;
  };
}
