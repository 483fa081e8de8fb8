import { setTimeout as delay } from "node:timers/promises";
import type { Millis } from "#contract/vocabulary.ts";
import { exitCode, firstStopSignal } from "../way-out.ts";
import { type Answers, askServers } from "./ask-servers.ts";
import type { StatusReport } from "./status-report.ts";
import { statusTable } from "./status-table.ts";

const refreshEvery: Millis = 1000;

/** What a terminal does at these words (ECMA-48, and the alternate screen of xterm). */
const terminal = {
  enter: "\x1b[?1049h\x1b[?25l",
  leave: "\x1b[?25h\x1b[?1049l",
  home: "\x1b[H",
  clearLine: "\x1b[K",
  clearBelow: "\x1b[J",
} as const;

/**
 * Asks a running server who is connected, and prints it: once, or on a terminal again every second until Ctrl+C.
 *
 * @param listen which server, if several run
 * @returns the exit code
 */
export async function showStatus(listen: string | undefined, output: NodeJS.WriteStream = process.stdout): Promise<number> {
  if (process.platform === "win32") return complain("--status needs Unix sockets, which Node has not on Windows; use --metrics there.");
  const first = chooseReport(await askServers(), listen);
  if (typeof first === "string") return complain(first);
  if (!output.isTTY) {
    for (const line of statusTable(first)) console.log(line);
    return exitCode.stopped;
  }
  return watchStatus(first, output);
}

async function watchStatus(first: StatusReport, output: NodeJS.WriteStream): Promise<number> {
  const stopped = firstStopSignal().then(() => undefined);
  const leave = (): void => void output.write(terminal.leave);
  process.once("exit", leave);
  output.write(terminal.enter);
  const next = async (): Promise<StatusReport | string> => {
    await delay(refreshEvery);
    return chooseReport(await askServers(), first.listen);
  };
  let report: StatusReport | string | undefined = first;
  while (typeof report === "object") {
    // The last line stays free for the hint.
    const lines = [
      ...statusTable(report, { columns: output.columns, rows: output.rows - 1 }),
      "Ctrl+C ends this view. The server goes on.",
    ];
    output.write(`${terminal.home}${lines.map((line) => `${line}${terminal.clearLine}`).join("\n")}${terminal.clearBelow}`);
    report = await Promise.race([stopped, next()]);
  }
  process.off("exit", leave);
  leave();
  return report === undefined ? exitCode.stopped : complain(report);
}

/** The report that was asked for, or a sentence that says why there is none. */
export function chooseReport({ reports, silent }: Answers, listen: string | undefined): StatusReport | string {
  const asked = reports.filter((report) => listen === undefined || report.listen === listen);
  const [report, ...others] = asked;
  if (report !== undefined && others.length === 0) return report;
  const addresses = [...new Set(reports.map((each) => each.listen))];
  if (report !== undefined)
    return listen === undefined && addresses.length > 1
      ? `${asked.length} servers run here, so choose one with --listen: ${addresses.join(", ")}.`
      : `${asked.length} servers listen on ${report.listen}, in networks of their own; stop all but one to see it.`;
  const which = listen === undefined ? "No server of yours runs here" : `No server of yours listens on ${listen} here`;
  if (silent > 0) return `${which} that answers, but ${silent} that is silent; it may be stopped, or short of file descriptors.`;
  if (addresses.length > 0) return `${which}; these run: ${addresses.join(", ")}.`;
  return `${which}; start one with npm run server, or ask as the user who did.`;
}

function complain(sentence: string): number {
  console.error(sentence);
  return exitCode.couldNotRun;
}
