import { setFlagsFromString } from "node:v8";

/**
 * The V8 of Node 20 turns code into optimized code after few rounds: a third of the time that a lab's checks take, and they are over before it pays.
 * Later versions wait longer by themselves, and do not know this option.
 */
export function optimizeLate(): void {
  if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=400000");
}
