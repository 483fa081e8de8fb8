/**
 * A submission that cannot be taken as a whole: no archive, a bomb, a repository that leads elsewhere. Its message is why, without a
 * subject: "is no zip archive". It is the submission's fault, and nothing of it counts.
 */
export class UnreadableSubmission extends Error {
  override readonly name = "UnreadableSubmission";
}
