import { UsageError } from "#checks/command-line/usage-error.ts";
import { runWithHidden } from "#checks/grader/hidden/bundle-hidden.ts";
import { hiddenModules } from "#checks/grader/hidden/hidden-modules.ts";
import { runCommand } from "./command.ts";
import { gradeDiff } from "./grade-diff.ts";
import { gradeMerge } from "./grade-merge.ts";
import { gradeHelp, readGradeOptions } from "./grade-options.ts";
import { gradeRun } from "./grade-run.ts";
import { gradeSimilarity } from "./grade-similarity.ts";
import { subcommandOf } from "./grade-subcommands.ts";
import { gradeVerify } from "./grade-verify.ts";

await runCommand(gradeHelp, async () => {
  const options = readGradeOptions();
  const [command, ...words] = options.words;
  if (options.help || command === undefined) {
    if (!options.help && options.given.length > 0) throw new UsageError("Give the submissions: folders, archives or repositories.");
    console[options.help ? "log" : "error"](gradeHelp);
    return options.help ? 0 : 2;
  }
  const subcommand = subcommandOf(command, options.given);
  if (options.hidden !== undefined && hiddenModules === undefined) {
    // The whole program once more, with the instructor's checks in it; it sets the exit code.
    await runWithHidden("checks/cli/grade.ts", options.hidden);
    return Number(process.exitCode ?? 0);
  }
  switch (subcommand) {
    case "merge":
      return gradeMerge({ ...options, words });
    case "verify":
      return gradeVerify({ ...options, words });
    case "diff":
      return gradeDiff({ ...options, words });
    case "export-similarity":
      return gradeSimilarity({ ...options, words });
    case undefined:
      return gradeRun(options);
    default:
      return subcommand satisfies never;
  }
});
