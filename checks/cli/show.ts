import { resolve } from "node:path";
import { didYouMean } from "#checks/command-line/near-names.ts";
import { UsageError } from "#checks/command-line/usage-error.ts";
import { CaptureError } from "#checks/harness/capture/capture-error.ts";
import { terminalStyle } from "#checks/harness/report/style.ts";
import { type DescribedRecording, describeRecording } from "#checks/harness/show/describe-recording.ts";
import { type Recording, readRecording } from "#checks/harness/show/read-recording.ts";
import { showLines } from "#checks/harness/show/show-lines.ts";
import { userFolder } from "#launch/root.mjs";
import { runCommand } from "./command.ts";
import { readShowOptions, showHelp } from "./show-options.ts";

await runCommand(showHelp, async () => {
  const options = readShowOptions();
  if (options.help) {
    console.log(showHelp);
    return 0;
  }
  const recording = await read(options.file);
  const described = describeRecording(recording);
  for (const wanted of options.only) expectSome(wanted, described);
  console.log(showLines(options.file, recording, described, options, terminalStyle(options.color)).join("\n"));
  return 0;
});

/** A file that cannot be used is the user's to mend. */
async function read(file: string): Promise<Recording> {
  try {
    return await readRecording(resolve(userFolder, file), file);
  } catch (error) {
    throw error instanceof CaptureError ? new UsageError(error.message) : error;
  }
}

/** Nothing is shown for a word that fits no packet: it may be misspelt. */
function expectSome(wanted: string, { packets }: DescribedRecording): void {
  if (packets.some(({ tags }) => tags.has(wanted))) return;
  const kinds = [...new Set(packets.flatMap(({ tags }) => [...tags]))].filter((tag) => !/[.:]/.test(tag)).toSorted();
  throw new UsageError(
    `--only ${wanted}: no packet here fits.${didYouMean(wanted, kinds)} There are: ${kinds.join(", ")}; or give an address.`,
  );
}
