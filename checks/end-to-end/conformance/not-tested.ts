/** Thrown by a case that cannot be tested here. Its message says why. */
export class NotTested extends Error {
  override readonly name = "NotTested";
}
