/** A file of the instructor's, as it was found: what it exports is not looked at yet. */
export type HiddenModule = {
  /** In the folder, with `/`. */
  readonly name: string;
  readonly source: string;
  readonly exports: Readonly<Record<string, unknown>>;
};

/**
 * The instructor's own checks. There are none in the kit: when a folder is given, the grader is bundled anew with its files in this
 * module's place, so that they share one harness with the kit's own checks.
 */
export const hiddenModules: readonly HiddenModule[] | undefined = undefined;
