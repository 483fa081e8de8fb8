// Runs a TypeScript program of the kit: node labs/launch/run.mjs PROGRAM.ts [its arguments]
//
// Node 20 does not read TypeScript, and a loader costs more time than most commands take; a bundle is made in a few hundredths of a second.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";
import { implementationFrom } from "./implementation.mjs";
import { root } from "./root.mjs";

const program = process.argv[2];
if (program === undefined) {
  console.error("Name a program to run: node labs/launch/run.mjs PROGRAM.ts");
  process.exit(2);
}
// The program itself reads its arguments; only where the labs' code comes from has to be known before it is bundled.
const fromArgument = process.argv.find((word, index) => word.startsWith("--from=") || process.argv[index - 1] === "--from");
try {
  const implementation = implementationFrom(fromArgument?.replace(/^--from=/, "") ?? "labs");
  const { file } = await bundle(resolve(root, program), implementation);
  process.setSourceMapsEnabled(true);
  process.argv.splice(1, 2, file);
  await import(pathToFileURL(file).href);
} catch (error) {
  console.error(error instanceof Error && !("errors" in error) ? (error.stack ?? error.message) : String(error));
  process.exitCode ||= 2;
}
