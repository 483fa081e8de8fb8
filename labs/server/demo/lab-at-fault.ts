import type { BuildFailure } from "esbuild";
import { TunnelError } from "../client/tunnel-error.ts";
import { isExplained } from "../way-out.ts";

/** The story cannot go on. The message is a sentence for people. */
export class StoryError extends Error {
  override readonly name = "StoryError";
}

/** What a lab's mistake looks like from outside: the lab, and a sentence. */
export type LabFault = {
  readonly lab: string | undefined;
  readonly why: string;
  /** Where it happened, when only that can tell. */
  readonly stack: readonly string[];
};

const mostLines = 6;

/** Which lab an error comes from, by the first lab that it names: in its message when that lab is not done, else in its stack. */
export function labFaultOf(error: unknown): LabFault {
  if (error instanceof StoryError || error instanceof TunnelError) return { lab: undefined, why: error.message, stack: [] };
  const { name, message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  if (isExplained(error)) return { lab: labIn(message), why: message, stack: [] };
  return { lab: labIn(stack), why: `${name}: ${message}`, stack: stack.split("\n").slice(1, mostLines) };
}

/** What the bundler says of a file that it cannot read; `undefined` for any other error. */
export function syntaxFaultOf(error: unknown): Pick<LabFault, "lab" | "why"> | undefined {
  if (!(error instanceof Error) || !("errors" in error)) return undefined;
  const [first] = (error as BuildFailure).errors;
  if (first === undefined) return undefined;
  const { file = "", line = 0 } = first.location ?? {};
  return { lab: labIn(file), why: `${file}:${line}: ${first.text}.` };
}

/** `lab 2`, when the text names it or a file of it. */
export function labIn(text: string): string | undefined {
  const number = /\blab-([1-5])\b/.exec(text)?.[1];
  return number === undefined ? undefined : `lab ${number}`;
}

/** The sentence that ends the story. */
export function stoppedBy({ lab, why }: Pick<LabFault, "lab" | "why">): string {
  return lab === undefined ? why : `${lab.replace("l", "L")} stops the demo: ${why}`;
}
