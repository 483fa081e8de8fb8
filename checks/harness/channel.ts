import type { Plain } from "./plain.ts";

/** An object that the lab made, named by a number: the object itself stays on the lab's side. */
export type Handle = { readonly handle: number };

/** An argument: plain data in which handles may stand. */
export type Argument = Plain | Handle | readonly Argument[] | { readonly [key: string]: Argument };

/** One call of a lab's function: a member of the lab (`"ipv4Packet.parse"`), or of an object that it made. */
export type Call = { readonly on?: number; readonly member: string; readonly args: readonly Argument[] };

/** What became of a call. */
export type Outcome =
  | { readonly kind: "returned"; readonly value: Plain }
  | { readonly kind: "made"; readonly handle: number }
  | { readonly kind: "threw"; readonly error: ThrownError }
  /** The lab still holds the skeleton's `notImplemented(…)` there. */
  | { readonly kind: "not-started"; readonly message: string }
  /** There is no answer to judge: no such function, a file that does not load, a result that is no plain data. Never an error that a check expects. */
  | { readonly kind: "unusable"; readonly message: string; readonly thrown?: ThrownError };

/** An error of the lab's, as data. */
export type ThrownError = {
  /** The nearest built-in class (`RangeError`), or the error's own name. */
  readonly name: string;
  readonly message: string;
  /** The frames of the lab's own files, innermost first: `address-pool.ts:31:9 release`. */
  readonly frames: readonly string[];
};

/** How a check reaches a lab: in this process, or over a pipe. Calls are carried out in the order in which they are made. */
export type Channel = (call: Call) => Promise<Outcome>;
