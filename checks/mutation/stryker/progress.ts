import type { Reporter } from "@stryker-mutator/api/report";
import { counted } from "#kit/counted.ts";

/** Counts the mutants that were tried, in a terminal's last line, which is gone when all are. */
export function createProgress(terminal: Pick<NodeJS.WriteStream, "isTTY" | "write"> = process.stderr): Reporter {
  let all = 0;
  let tried = 0;
  let survived = 0;
  const show = (text: string) => void (terminal.isTTY && terminal.write(`\r\u001b[K${text}`));
  return {
    onMutationTestingPlanReady: ({ mutantPlans }) => {
      all = mutantPlans.length;
    },
    onMutantTested: ({ status }) => {
      tried++;
      if (status === "Survived") survived++;
      show(`  ${tried} of ${counted(all, "mutant")} tried, ${survived} survived`);
    },
    onMutationTestReportReady: () => show(""),
  };
}
