/** A capture that cannot be used. Its message is one sentence for people: what is wrong, and what to do about it. */
export class CaptureError extends Error {
  override readonly name = "CaptureError";
}
