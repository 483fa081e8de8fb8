import { type Builder, plainBuilder } from "#launch/rebuild.mjs";
import { createLabThreads, type LabThreads } from "./lab-threads.ts";
import { createPreparer, type Preparer } from "./prepare.ts";

/** What labs are checked with. */
export type Workbench = { readonly prepare: Preparer; readonly threads: LabThreads };

/**
 * @param builder how bundles are made: whoever checks the same labs again and again gives one that remembers
 * @param threads those that may have been started already
 */
export function createWorkbench(builder: Builder = plainBuilder, threads = createLabThreads()): Workbench {
  return { prepare: createPreparer(builder), threads };
}
