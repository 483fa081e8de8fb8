import type { Equivalent } from "./equivalent.ts";

const decoder = { lab: "lab-1", file: "message-decoder.ts" } as const;
const message = { lab: "lab-1", file: "message.ts" } as const;

const growth = "const larger = new Uint8Array(Math.min(wanted, Math.max(copied + part.length, 2 * copy.length)));";
const whole = "if (copied === 0 && chunk.length - offset >= wanted) return true;";
const tooLong = "if (length > 0xffff_ffff) throw new RangeError(`${data.length} bytes of data do not fit one message.`);";

/** Why some mutants of the codec survive. */
export const lab1Equivalents: readonly Equivalent[] = [
  {
    lab: "lab-1",
    file: "internet-checksum.ts",
    mutator: "ArithmeticOperator",
    context: "const last = bytes.length - 1;",
    original: "bytes.length - 1",
    replacement: "bytes.length + 1",
    reason: "what is read behind the end counts as 0, so an odd byte is added by the loop instead of by the line behind it",
  },
  {
    ...decoder,
    mutator: "MethodExpression",
    context: growth,
    original: "Math.min(wanted, Math.max(copied + part.length, 2 * copy.le…",
    replacement: "Math.max(wanted, Math.max(copied + part.length, 2 * copy.le…",
    reason: "takes memory for the whole announced message at once, which the rules allow: it is never above maxLength",
  },
  {
    ...decoder,
    mutator: "ArithmeticOperator",
    context: growth,
    original: "2 * copy.length",
    replacement: "2 / copy.length",
    reason: "the copy grows in smaller steps: slower, and the messages are the same",
  },
  {
    ...decoder,
    mutator: "ConditionalExpression",
    context: whole,
    original: "copied === 0 && chunk.length - offset >= wanted",
    replacement: "false",
    reason: "each message is copied, also one that lies whole in its chunk: slower, and the messages are the same",
  },
  {
    ...decoder,
    mutator: "EqualityOperator",
    context: whole,
    original: "chunk.length - offset >= wanted",
    replacement: "chunk.length - offset > wanted",
    reason: "a message that ends where its chunk ends is copied: slower, and the message is the same",
  },
  {
    ...decoder,
    mutator: "EqualityOperator",
    context: 'const headerOnly = length < headerLength && (type === typeNumbers["ip-request"] || type === typeNumbers.heartbeat);',
    original: "length < headerLength",
    replacement: "length <= headerLength",
    reason: "a message that announces five bytes is its header alone, whichever way it comes to five",
  },
  {
    ...decoder,
    mutator: "ConditionalExpression",
    context: "default:",
    original: "default: return undefined;",
    replacement: "default:",
    reason: "a function that ends without a return gives undefined as well",
  },
  {
    ...message,
    mutator: "ConditionalExpression",
    context: "default:",
    original: "default: return message satisfies never;",
    replacement: "default:",
    reason: "the compiler proves that nobody comes here",
  },
  {
    ...message,
    mutator: "ConditionalExpression",
    context: tooLong,
    original: "length > 0xffff_ffff",
    replacement: "false",
    reason: "only a message of four gigabytes would show it, and a check may not take that much memory",
  },
  {
    ...message,
    mutator: "EqualityOperator",
    context: tooLong,
    original: "length > 0xffff_ffff",
    replacement: "length >= 0xffff_ffff",
    reason: "only a message of four gigabytes would show it, and a check may not take that much memory",
  },
];
