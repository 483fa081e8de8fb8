import { fileTrouble } from "#checks/command-line/file-trouble.ts";
import { didYouMean } from "#checks/command-line/near-names.ts";

/**
 * Runs a command and sets the exit code that it returns. Wrong usage is told in one sentence, anything else that is thrown is a fault of
 * the kit and keeps its stack. Output that cannot be written is told, too, and no success.
 */
export async function runCommand(help: string, command: () => number | Promise<number>): Promise<void> {
  let isCut = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // Who reads no further, as in `npm run hint lab-1 | head`, has read enough.
    if (isCut || error.code === "EPIPE") return;
    isCut = true;
    process.exitCode = 2;
    console.error(`The output is not complete: ${fileTrouble(error)}.`);
  });
  try {
    const code = await command();
    if (!isCut) process.exitCode = code;
  } catch (error) {
    process.exitCode = 2;
    if (error instanceof Error && error.name === "UsageError") console.error(error.message);
    else if (isArgumentError(error)) console.error(`${argumentSentence(error, help)}\n\n${help}`);
    else console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  }
}

/** What `parseArgs` throws for a flag that is not one. */
function isArgumentError(error: unknown): error is Error {
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}

/** The first sentence of what `parseArgs` says, and the option that was perhaps meant. */
function argumentSentence(error: Error, help: string): string {
  const [sentence = ""] = error.message.split(/\.?\s+To specify|\n/);
  const valueless = /^Option '(?:-\w, )?(--[\w-]+)(?: <value>)?' argument (?:missing|is ambiguous)/.exec(sentence)?.[1];
  if (valueless !== undefined) return `${valueless} needs a value behind it.`;
  const wrong = /Unknown option '--?([\w-]+)'/.exec(sentence)?.[1];
  const options = [...new Set(help.match(/--[a-z][a-z-]*/g))];
  return wrong === undefined ? sentence : `${sentence}.${didYouMean(`--${wrong}`, options)}`;
}
