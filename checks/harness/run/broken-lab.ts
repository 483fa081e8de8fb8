import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Implementation, implementationFrom } from "#launch/implementation.mjs";
import type { Limits } from "./limits.ts";

/** Two functions of lab 1 that are right, in as few words as can be. The other files are missing: no test here needs them. */
export const right = {
  "internet-checksum.ts": `
export const internetChecksum = (bytes: Uint8Array): number => {
  let sum = 0;
  for (let i = 0; i < bytes.length; i += 2) sum += (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0);
  while (sum > 0xffff) sum = (sum % 0x10000) + Math.floor(sum / 0x10000);
  return 0xffff - sum;
};
`,
  "message.ts": `
const types = { "ip-request": 100, heartbeat: 104 };
export const encodeMessage = (message: { type: keyof typeof types }): Uint8Array => Uint8Array.of(5, 0, 0, 0, types[message.type]);
`,
};

/** Checks of lab 1 that the two functions pass. */
export const checksumCheck = "lab-1.checksum-example";
export const carryCheck = "lab-1.checksum-carry";
export const encodeCheck = "lab-1.encode-header-only";

/** Generous where the kit's own start is meant, and short where a test waits for the end of what has none. */
export const shortLimits: Limits = { check: 1_500, laterCheck: 700, loading: 1_500, starting: 30_000, heap: 96, memory: 512 };

/** A checksum that does something else when it is called. */
export function checksumThat(does: string): string {
  return right["internet-checksum.ts"].replace("let sum = 0;", `${does}\n  let sum = 0;`);
}

/** Lab 1 in a folder of its own: the right files, but for those that are given. They go when the test is done. */
export function labWith(files: Readonly<Record<string, string>>): Implementation {
  const home = mkdtempSync(join(tmpdir(), "kit-lab-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const folder = join(home, "lab-1-codec");
  mkdirSync(folder);
  for (const [name, text] of Object.entries({ ...right, ...files })) writeFileSync(join(folder, name), text);
  return { ...implementationFrom("labs"), "lab-1": folder };
}
