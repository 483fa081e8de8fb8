/** The user asked for something that cannot be. The message is one sentence: what is wrong, and what to do about it. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
