import type { ThrownError } from "./channel.ts";

const builtIn = [RangeError, TypeError, SyntaxError, ReferenceError] as const;
const mostFrames = 5;
const longestMessage = 600;

/** A thrown value as data, with the frames of the lab's own files only. */
export function describeThrown(error: unknown): ThrownError {
  if (!(error instanceof Error)) return { name: "a value that is no Error", message: shorten(safeText(error)), frames: [] };
  const nearest = builtIn.find((type) => error instanceof type);
  return {
    name: nearest?.name ?? safeText(error.name),
    message: shorten(safeText(error.message)),
    frames: labFrames(safeText(error.stack)),
  };
}

/** `lab-1-codec/message.ts:31:9 encodeMessage`, innermost first. */
function labFrames(stack: string): readonly string[] {
  const frames: string[] = [];
  for (const line of stack.split("\n")) {
    const found = /^\s*at (?:(.+?) \()?(?:file:\/\/)?([^()]*?\/(lab-\d-[a-z-]+\/[^()]*?:\d+:\d+))\)?$/.exec(line);
    if (found?.[3] === undefined || /\/checks\//.test(found[2] ?? "")) continue;
    frames.push(found[1] === undefined ? found[3] : `${found[3]} ${found[1]}`);
    if (frames.length === mostFrames) break;
  }
  return frames;
}

function safeText(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "(a value that cannot be shown)";
  }
}

function shorten(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}
