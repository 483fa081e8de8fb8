import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "#launch/root.mjs";
import { manifestName, parseManifest, versionWords } from "./manifest.ts";

/** Which kit this is, in words: `4over6-lab-kit 0.2.0 (3fa4c2d81b07), a student's hand-out`. */
export function kitVersion(): string {
  const { name, version }: { name: string; version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const file = join(root, manifestName);
  if (!existsSync(file)) return `${name} ${version}, the whole kit`;
  const manifest = parseManifest(readFileSync(file, "utf8"));
  if (typeof manifest === "string") return `${name} ${version}; ${manifestName} ${manifest}`;
  return `${manifest.kit} ${versionWords(manifest)}, a student's hand-out`;
}
