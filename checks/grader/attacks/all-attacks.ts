import { answeringAttacks } from "./answering.attacks.ts";
import type { Attack } from "./attack.ts";
import { endingAttacks } from "./ending.attacks.ts";
import { exhaustingAttacks } from "./exhausting.attacks.ts";
import { forgingAttacks } from "./forging.attacks.ts";
import { patchingAttacks } from "./patching.attacks.ts";
import { printingAttacks } from "./printing.attacks.ts";
import { readingAttacks } from "./reading.attacks.ts";
import { stayingAttacks } from "./staying.attacks.ts";

/** Every hostile submission that the grader is tried with. */
export const allAttacks: readonly Attack[] = [
  ...endingAttacks,
  ...patchingAttacks,
  ...answeringAttacks,
  ...readingAttacks,
  ...forgingAttacks,
  ...exhaustingAttacks,
  ...stayingAttacks,
  ...printingAttacks,
];
