import { soakLines } from "#checks/end-to-end/soak/report-lines.ts";
import { soak } from "#checks/end-to-end/soak/soak.ts";
import { terminalStyle } from "#checks/harness/report/style.ts";
import { counted } from "#kit/counted.ts";
import { runCommand } from "./command.ts";
import { readSoakOptions, soakHelp } from "./soak-options.ts";

await runCommand(soakHelp, async () => {
  const { color, help, ...options } = readSoakOptions();
  if (help) {
    console.log(soakHelp);
    return 0;
  }
  const style = terminalStyle(color);
  const { visitors, duration, seed, from } = options;
  console.log(
    `${style.paint.bold("4over6 soak")}  ${counted(visitors, "client")} at a time for ${duration / 60_000} min, seed ${seed}, labs from ${from}\n`,
  );
  const report = await soak(options);
  console.log(soakLines(report, style).join("\n"));
  return report.faults.length === 0 ? 0 : 1;
});
