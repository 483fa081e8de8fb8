import type { GiveUpReason } from "./client-core.ts";

/** The tunnel cannot be, or has ended. The message is a sentence or two for people: what happened, and what to do about it. */
export class TunnelError extends Error {
  override readonly name = "TunnelError";
  readonly reason: GiveUpReason | "not-connected" | "device-closed" | "ping-unanswered";

  constructor(reason: TunnelError["reason"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
