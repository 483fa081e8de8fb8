import { labNamed } from "#checks/command-line/lab-named.ts";
import { registry } from "#checks/harness/registry.ts";
import { terminalStyle } from "#checks/harness/report/style.ts";
import { readHintLevels, rememberHintLevel } from "#checks/progress/hint-memory.ts";
import { runCommand } from "./command.ts";
import { findCheck } from "./find-check.ts";
import { handoutSection } from "./handout-section.ts";
import { hintLines, hintListLines } from "./hint-lines.ts";
import { hintHelp, readHintOptions } from "./hint-options.ts";

/** A lab's name, in any of the ways in which people write it. */
const labName = /^(?:labs\/)?(?:lab-?)?[1-9](?:-[a-z-]*)?\/?$/;

await runCommand(hintHelp, async () => {
  const { name, level, color, help } = readHintOptions();
  if (help || name === undefined) {
    console.log(hintHelp);
    return 0;
  }
  const style = terminalStyle(color);
  const levels = readHintLevels();
  const labs = await Promise.all(Object.values(registry).map((load) => load()));
  if (labName.test(name)) {
    const id = labNamed(name);
    const lines = labs.filter((lab) => lab.id === id).flatMap((lab) => hintListLines(lab, levels, style));
    console.log(lines.join("\n"));
    return 0;
  }
  const { lab, check } = findCheck(labs, name);
  const shown = level ?? Math.min(check.hints.length, (levels[check.id] ?? 0) + 1);
  console.log(hintLines(check, shown, handoutSection(lab.handout, check.rule), style).join("\n"));
  if (!rememberHintLevel(check.id, shown))
    console.log("(.kit/ cannot be written, so this is not remembered: --level N shows the next hint.)");
  return 0;
});
