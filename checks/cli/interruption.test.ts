import { expect, it } from "vitest";
import { listenForInterruption } from "./interruption.ts";

it("a signal asks for an end in good order, and is remembered as an exit code", () => {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    const before = process.listenerCount(signal);
    const interruption = listenForInterruption();
    expect([interruption.signal.aborted, interruption.exitCode()]).toEqual([false, undefined]);
    process.emit(signal, signal);
    expect([interruption.signal.aborted, interruption.exitCode()]).toEqual([true, code]);
    interruption.forget();
    expect(process.listenerCount(signal)).toBe(before);
  }
});
