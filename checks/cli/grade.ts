import { runWithHidden } from "#checks/grader/hidden/bundle-hidden.ts";
import { hiddenModules } from "#checks/grader/hidden/hidden-modules.ts";
import { runCommand } from "./command.ts";
import { gradeDiff } from "./grade-diff.ts";
import { gradeMerge } from "./grade-merge.ts";
import { gradeHelp, readGradeOptions } from "./grade-options.ts";
import { gradeRun } from "./grade-run.ts";
import { gradeSimilarity } from "./grade-similarity.ts";
import { gradeVerify } from "./grade-verify.ts";

await runCommand(gradeHelp, async () => {
  const options = readGradeOptions();
  const [command, ...words] = options.words;
  if (options.help || command === undefined) {
    console[options.help ? "log" : "error"](gradeHelp);
    return options.help ? 0 : 2;
  }
  if (options.hidden !== undefined && hiddenModules === undefined) {
    // The whole program once more, with the instructor's checks in it; it sets the exit code.
    await runWithHidden("checks/cli/grade.ts", options.hidden);
    return Number(process.exitCode ?? 0);
  }
  switch (command) {
    case "merge":
      return gradeMerge({ ...options, words });
    case "verify":
      return gradeVerify({ ...options, words });
    case "diff":
      return gradeDiff({ ...options, words });
    case "export-similarity":
      return gradeSimilarity({ ...options, words });
    default:
      return gradeRun(options);
  }
});
