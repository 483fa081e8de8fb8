/** The host cannot be prepared. The message is one sentence for people: what is wrong, and what to do about it. */
export class HostError extends Error {
  override readonly name = "HostError";
}
