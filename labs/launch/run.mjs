// Runs a TypeScript program of the kit: node labs/launch/run.mjs [--prefer-reference] PROGRAM.ts [its arguments]
//
// Node 20 does not read TypeScript, and a loader costs more time than most commands take; a bundle is made in a few hundredths of a second.
//
// The program reads its arguments by itself. Only where the labs' code comes from has to be known before it is bundled: `--from` says it,
// else it is labs/, or with --prefer-reference the reference where there is one.

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle } from "./bundle.mjs";
import { hasReference, implementationFrom } from "./implementation.mjs";
import { root } from "./root.mjs";

const words = process.argv.slice(2);
const preferReference = words[0] === "--prefer-reference";
if (preferReference) words.shift();
const program = words.shift();
if (program === undefined) {
  console.error("Name a program to run: node labs/launch/run.mjs PROGRAM.ts");
  process.exit(2);
}
const from = words.findLast((word, index) => word.startsWith("--from=") || words[index - 1] === "--from")?.replace(/^--from=/, "");
try {
  const implementation = implementationFrom(from ?? keptByNpm() ?? (preferReference && hasReference ? "reference" : "labs"));
  const { file } = await bundle(resolve(root, program), implementation);
  process.setSourceMapsEnabled(true);
  process.argv = [process.argv[0] ?? "node", file, ...words];
  await import(pathToFileURL(file).href);
} catch (error) {
  console.error(
    error instanceof Error && error.name !== "UsageError" && !("errors" in error)
      ? (error.stack ?? error.message)
      : String(error).replace(/^UsageError: /, ""),
  );
  process.exitCode ||= 2;
}

/** `npm run server --from labs` hands the flag to npm, which keeps it. Older versions of npm keep its value with it. */
function keptByNpm() {
  const value = process.env["npm_config_from"];
  if (value !== "true") return value;
  const command = `npm run ${process.env["npm_lifecycle_event"]}`;
  throw Object.assign(new Error(`npm keeps --from to itself. Put -- in front of the options: ${command} -- --from WHERE`), {
    name: "UsageError",
  });
}
