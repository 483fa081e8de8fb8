import { NotImplemented } from "#kit/not-implemented.ts";

/** What a lab's mistake looks like from outside: the lab, and a sentence. */
export type LabFault = { readonly lab: string | undefined; readonly why: string };

/** Which lab an error comes from, by its message when the lab is not done, else by the first lab folder in its stack. */
export function labFaultOf(error: unknown): LabFault {
  if (error instanceof NotImplemented) return { lab: labIn(error.message), why: error.message };
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { lab: labIn(text), why: error instanceof Error ? `${error.name}: ${error.message}` : text };
}

/** `lab 2`, when the text names it or a file of it. */
export function labIn(text: string): string | undefined {
  const number = /\blab-([1-5])\b/.exec(text)?.[1];
  return number === undefined ? undefined : `lab ${number}`;
}

/** The sentence that stops the demo. */
export function stoppedBy({ lab, why }: LabFault): string {
  return lab === undefined ? why : `${lab[0]?.toUpperCase()}${lab.slice(1)} stops the demo: ${why}`;
}
