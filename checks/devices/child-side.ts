/** For a program that a test starts: tells the test something. */
export function tell(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** For a program that a test starts: ends it when the test ends or is killed. */
export function endWithTest(): void {
  process.stdin.on("close", () => process.exit());
  process.stdin.resume();
}
