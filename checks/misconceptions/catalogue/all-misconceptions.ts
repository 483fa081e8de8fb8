import { lab1Misconceptions } from "./lab-1.ts";
import { lab2Misconceptions } from "./lab-2.ts";
import { lab3Misconceptions } from "./lab-3.ts";
import { lab4Misconceptions } from "./lab-4.ts";
import { lab5Misconceptions } from "./lab-5.ts";
import type { Misconception } from "./misconception.ts";

/** Every misconception that the kit can name. */
export const allMisconceptions: readonly Misconception[] = [
  ...lab1Misconceptions,
  ...lab2Misconceptions,
  ...lab3Misconceptions,
  ...lab4Misconceptions,
  ...lab5Misconceptions,
];
