import { isatty } from "node:tty";
import { type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";

export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

export type Log = Logger & {
  /** Writes what waits, at once. It may overtake a line that is being written: prefer `finish`. */
  readonly flushNow: () => void;
  /** Writes what still waits. After it nothing can be logged. */
  readonly finish: () => Promise<void>;
};

/** How much text may wait for a slow reader of the log, in bytes. More is thrown away: the log must not hold up the traffic. */
const mostWaiting = 1024 * 1024;

/** A reader that takes nothing at all is not waited for any longer than this, in milliseconds. */
const patience = 1000;

/** One line an event, on standard output: JSON, or on a terminal as people read it. */
export function createLog(level: LogLevel, onTerminal = isatty(1)): Log {
  const output = pino.destination({ dest: 1, sync: false, maxLength: mostWaiting });
  const destination: DestinationStream = onTerminal ? { write: (line) => output.write(forTerminal(line)) } : output;
  const levelByName = { level: (label: string) => ({ level: label }) };
  const logger = pino({ level, base: null, timestamp: stdTimeFunctions.isoTime, formatters: levelByName }, destination);

  let isRead = true;
  output.on("error", () => {
    isRead = false;
  });
  const flushNow = (): void => {
    try {
      output.flushSync();
    } catch {
      // Nobody reads it.
    }
  };
  const finish = (): Promise<void> =>
    new Promise((resolve) => {
      if (!isRead) return resolve();
      const timer = setTimeout(() => {
        // Pino would write the rest when the process exits, and wait. And Node would wait for the thread whose write does not end: so this is
        // the last thing that is done, after all cleaning up.
        output.destroy();
        process.on("exit", () => process.kill(process.pid, "SIGKILL"));
        resolve();
      }, patience).unref();
      output.once("close", () => {
        clearTimeout(timer);
        resolve();
      });
      output.end();
    });
  return Object.assign(logger, { flushNow, finish });
}

/** `14:03:07 info  connected  session 3, peer [::1]:51234` */
export function forTerminal(line: string): string {
  const { level, time, msg, ...fields }: Record<string, unknown> = JSON.parse(line);
  const clock = new Date(String(time)).toTimeString().slice(0, 8);
  const details = Object.entries(fields).map(([name, value]) => (name === "note" ? String(value) : `${name} ${inWords(value)}`));
  return `${clock} ${String(level).padEnd(5)} ${String(msg)}${details.length > 0 ? `  ${details.join(", ")}` : ""}\n`;
}

function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).join(" ");
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([name, each]) => `${name} ${inWords(each)}`)
    .join(" ");
}
