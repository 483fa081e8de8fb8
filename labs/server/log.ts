import { type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";
import type { ServerOptions } from "./server-options.ts";

/** How much text may wait for a slow reader of the log, in bytes. More is thrown away: the log must not hold up the traffic. */
const mostWaiting = 1024 * 1024;

export type Log = Logger & {
  /** Writes what still waits. For the last moments of the program. */
  readonly flushNow: () => void;
};

/** One line an event: JSON, or on a terminal as people read it. */
export function createLog(level: ServerOptions["logLevel"], onTerminal = process.stdout.isTTY): Log {
  const output = pino.destination({ dest: 1, sync: false, maxLength: mostWaiting });
  const destination: DestinationStream = onTerminal ? { write: (line) => output.write(forTerminal(line)) } : output;
  const logger = pino(
    { level, base: null, timestamp: stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    destination,
  );
  const flushNow = (): void => {
    try {
      output.flushSync();
    } catch {
      // Nobody reads any more.
    }
  };
  return Object.assign(logger, { flushNow });
}

/** `14:03:07 info  connected  session 3, peer [::1]:51234` */
function forTerminal(line: string): string {
  const { level, time, msg, ...fields }: Record<string, unknown> = JSON.parse(line);
  const clock = String(time).slice(11, 19);
  const details = Object.entries(fields).map(([name, value]) => (name === "note" ? String(value) : `${name} ${asWords(value)}`));
  return `${clock} ${String(level).padEnd(5)} ${String(msg)}${details.length > 0 ? `  ${details.join(", ")}` : ""}\n`;
}

function asWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(asWords).join(" ");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, each]) => `${name} ${asWords(each)}`)
    .join(" ");
}
