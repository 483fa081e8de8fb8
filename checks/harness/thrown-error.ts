import type { ThrownError } from "./channel.ts";

const builtIn = [RangeError, TypeError, SyntaxError, ReferenceError] as const;
const mostFrames = 5;
const longestMessage = 600;

/** A thrown value as data, with the frames of the lab's own files only. Never throws, whatever was thrown. */
export function describeThrown(error: unknown): ThrownError {
  if (!isA(Error, error)) return { name: "a value that is no Error", message: shorten(safeText(() => error)), frames: [] };
  const nearest = builtIn.find((type) => isA(type, error));
  let frames: readonly string[] | undefined;
  return {
    name: safeText(() => (nearest ?? error).name),
    message: shorten(safeText(() => error.message)),
    // The first stack that is read costs the whole source map. Most errors are what a check expects, and nobody reads theirs.
    get frames() {
      frames ??= labFrames(safeText(() => error.stack));
      return frames;
    },
  };
}

/** Whether it is one. A proxy, or a class that answers for itself, may throw when it is asked. */
function isA<T extends Error>(type: abstract new (...args: never) => T, error: unknown): error is T {
  try {
    return error instanceof type;
  } catch {
    return false;
  }
}

/** `lab-1-codec/message.ts:31:9 encodeMessage`, innermost first. */
function labFrames(stack: string): readonly string[] {
  const frames: string[] = [];
  for (const line of stack.split("\n")) {
    const at = /\/(lab-\d-[a-z-]+\/[^():]+:\d+:\d+)\)?$/.exec(line.replaceAll("\\", "/"));
    // The checks of a lab stand in a folder of the same name.
    if (at?.[1] === undefined || line.slice(0, at.index).endsWith("checks")) continue;
    const called = /^\s*at (?:async )?(.+?) \(/.exec(line)?.[1];
    // What a file does while it loads, a bundle calls by the file's path.
    frames.push(called === undefined || called.includes("/") ? at[1] : `${at[1]} ${called}`);
    if (frames.length === mostFrames) break;
  }
  return frames;
}

function safeText(read: () => unknown): string {
  try {
    return String(read());
  } catch {
    return "(a value that cannot be shown)";
  }
}

function shorten(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}
