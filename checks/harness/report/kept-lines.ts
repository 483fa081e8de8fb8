import type { CheckResult } from "../check-result.ts";
import { localTime } from "./local-time.ts";
import { type Style, wrap } from "./style.ts";

/** What a failing check's input has to do with other runs. */
export function keptWords({ since, isNew }: NonNullable<CheckResult["kept"]>): string {
  return isNew ? "this input is tried first from now on, until it passes" : `your own regression: it has failed since ${localTime(since)}`;
}

/** Said once: inputs that failed before now pass. */
export function passesAgainLines(checks: readonly CheckResult[], { paint, width }: Style): readonly string[] {
  return checks.flatMap(({ id, passesSince }) =>
    passesSince === undefined
      ? []
      : wrap(`${id}: the input that failed before now passes (kept since ${localTime(passesSince)})`, width - 2, 2).map((line) =>
          paint.green(`  ${line}`),
        ),
  );
}
