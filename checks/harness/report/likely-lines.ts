import type { LikelyMisconception } from "../likely-misconception.ts";
import { type Style, wrap } from "./style.ts";

const indent = "    ";

/** Likely mistakes in a teacher's words, each with the place where the handout explains it: one of them where they are several. */
export function likelyLines(likely: readonly LikelyMisconception[], { paint, width }: Style): readonly string[] {
  return likely.flatMap(({ name, says, section, fit }, index) => {
    const [first, next] = fit === "exact" ? ["looks like", "or like"] : ["similar to", "or to"];
    const label = `${indent}${index === 0 ? first : next.padEnd(first.length)} `;
    const [head = "", ...more] = wrap(`${label}"${name}": ${says}`, width, label.length);
    return [paint.yellow(label) + head.slice(label.length), ...more, " ".repeat(label.length) + section];
  });
}
