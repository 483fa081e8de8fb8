const exitCodes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

type Signal = keyof typeof exitCodes;

/** Whether the user wants the program to end. */
export type Interruption = {
  readonly signal: AbortSignal;
  /** The exit code of a program that a signal has ended; `undefined` while none came. */
  readonly exitCode: () => number | undefined;
  readonly forget: () => void;
};

/** Waits for Ctrl+C and its like. The first time something is brought to an end in good order; the second time at once. */
export function listenForInterruption(): Interruption {
  const controller = new AbortController();
  let code: number | undefined;
  const listener = (signal: Signal) => {
    if (code !== undefined) process.exit(code);
    code = exitCodes[signal];
    controller.abort();
  };
  const signals = Object.keys(exitCodes) as Signal[];
  for (const signal of signals) process.on(signal, listener);
  return {
    signal: controller.signal,
    exitCode: () => code,
    forget: () => {
      for (const signal of signals) process.off(signal, listener);
    },
  };
}
