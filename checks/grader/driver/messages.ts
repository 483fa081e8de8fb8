import type { Call, Outcome, ThrownError } from "#checks/harness/channel.ts";
import type { MemberShapes } from "#checks/harness/shape.ts";
import { decodeValue, encodeValue, WireFault } from "./wire-value.ts";

/** As many as the harness tells. */
const mostFrames = 5;
const longestText = 2_000;

/** What the grader asks of a driver. */
export type Question =
  | {
      readonly ask: "start";
      readonly shape: MemberShapes;
      /** Members that are known not to load, with the reason: they are not imported again. */
      readonly broken: Readonly<Record<string, string>>;
    }
  | { readonly ask: "load"; readonly member: string }
  /** A new check: nothing that the last one made is known any more. */
  | { readonly ask: "begin" }
  | { readonly ask: "call"; readonly call: Call }
  /** Answered at once, if the lab's code lets the driver run. */
  | { readonly ask: "pass" }
  /** Answered when nothing that was left behind can still fail at once. */
  | { readonly ask: "finish" };

/** A question with its number: new and unguessable each time. */
export type Request = Question & { readonly id: string };

/** What a driver says. */
export type Answer =
  | { readonly kind: "done"; readonly id: string }
  | { readonly kind: "outcome"; readonly id: string; readonly outcome: Outcome }
  /** The lab's code threw outside of any call, during the check that began with `id`. */
  | { readonly kind: "stray"; readonly id: string; readonly error: ThrownError };

/** One line, without its end. The grader's requests are trusted: the driver reads them with `JSON.parse` alone, except for the arguments. */
export function writeRequest(request: Request): string {
  if (request.ask !== "call") return JSON.stringify(request);
  const { on, member, args } = request.call;
  return JSON.stringify({ id: request.id, ask: "call", call: { on, member, args: args.map((argument) => encodeValue(argument)) } });
}

/** One line, without its end. */
export function writeAnswer(answer: Answer): string {
  switch (answer.kind) {
    case "done":
      return JSON.stringify(["done", answer.id]);
    case "stray":
      return JSON.stringify(["stray", answer.id, ...thrownParts(answer.error)]);
    case "outcome":
      return JSON.stringify(["outcome", answer.id, ...outcomeParts(answer.outcome)]);
    default:
      return answer satisfies never;
  }
}

function outcomeParts(outcome: Outcome): readonly unknown[] {
  switch (outcome.kind) {
    case "returned":
      return ["returned", encodeValue(outcome.value)];
    case "made":
      return ["made", outcome.handle];
    case "threw":
      return ["threw", ...thrownParts(outcome.error)];
    case "not-started":
      return ["not-started", clip(outcome.message)];
    case "unusable":
      return ["unusable", clip(outcome.message), ...(outcome.thrown === undefined ? [] : thrownParts(outcome.thrown))];
    default:
      return outcome satisfies never;
  }
}

function thrownParts({ name, message, frames }: ThrownError): readonly [string, string, readonly string[]] {
  return [clip(name), clip(message), frames.map(clip)];
}

/** What the reader takes, of whatever the lab's code has written. */
function clip(text: string): string {
  return text.length > longestText ? text.slice(0, longestText) : text;
}

/** Reads a line that a program of unknown intent has written. @throws {WireFault} */
export function readAnswer(line: string): Answer {
  const [kind, id, ...rest] = asArray(parse(line));
  if (typeof id !== "string") throw new WireFault("an answer has no number");
  switch (kind) {
    case "done":
      if (rest.length > 0) break;
      return { kind, id };
    case "stray":
      return { kind, id, error: readThrown(rest) };
    case "outcome":
      return { kind, id, outcome: readOutcome(rest) };
  }
  throw new WireFault("an answer is of no known kind");
}

function readOutcome([kind, first, ...rest]: readonly unknown[]): Outcome {
  switch (kind) {
    case "returned":
      if (rest.length > 0) break;
      return { kind, value: decodeValue(first) };
    case "made":
      if (rest.length > 0 || !Number.isSafeInteger(first)) break;
      return { kind, handle: first as number };
    case "threw":
      return { kind, error: readThrown([first, ...rest]) };
    case "not-started":
      if (rest.length > 0) break;
      return { kind, message: readText(first) };
    case "unusable":
      return { kind, message: readText(first), ...(rest.length === 0 ? {} : { thrown: readThrown(rest) }) };
  }
  throw new WireFault("an outcome is of no known kind");
}

function readThrown([name, message, frames, ...rest]: readonly unknown[]): ThrownError {
  if (rest.length > 0 || !Array.isArray(frames) || frames.length > mostFrames) throw new WireFault("an error is of no known form");
  return { name: readText(name), message: readText(message), frames: frames.map(readText) };
}

function readText(text: unknown): string {
  if (typeof text !== "string" || text.length > longestText) throw new WireFault("a text is none, or too long");
  return text;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new WireFault("a line is not JSON");
  }
}

function asArray(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new WireFault("an answer is of no known form");
  return value;
}
