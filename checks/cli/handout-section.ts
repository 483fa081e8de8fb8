import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readMarkdown } from "#checks/harness/markdown-page.ts";
import { root } from "#launch/root.mjs";

/**
 * Where a lab's handout explains a rule: `docs/lab-1-codec.md#ipv4-packet` for `docs/protocol.md#ipv4-packet`, when the handout has a
 * section of that name; the whole handout otherwise.
 */
export function handoutSection(handout: string, rule: string): string {
  if (rule.startsWith(`${handout}#`)) return rule;
  const anchor = rule.split("#")[1];
  const file = join(root, handout);
  if (anchor === undefined || !existsSync(file)) return handout;
  return readMarkdown(readFileSync(file, "utf8")).anchors.has(anchor) ? `${handout}#${anchor}` : handout;
}
