/** Thrown by a skeleton: this part is not started. The checks count it apart from code that is wrong. */
export class NotImplemented extends Error {
  override readonly name = "NotImplemented";
}

/**
 * Stands where your code goes. Delete the call when you start.
 *
 * @param task the part that is missing, for example `"lab-1 internet checksum"`
 * @param handout where it is explained, for example `"docs/lab-1-codec.md#internet-checksum"`
 */
export function notImplemented(task: string, handout: string): never {
  throw new NotImplemented(`${task} is not implemented yet; ${handout} explains it.`);
}
