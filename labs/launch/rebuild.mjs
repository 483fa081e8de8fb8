/** @typedef {import("esbuild").BuildOptions & { readonly write: false, readonly metafile: true }} BundleOptions */
/** @typedef {import("esbuild").BuildResult<BundleOptions>} BundleResult */

/**
 * How bundles are made. `knows` says whether it has made that one before, and would be quick.
 *
 * @typedef {{
 *   readonly build: (key: string, options: BundleOptions) => Promise<BundleResult>,
 *   readonly knows: (key: string) => boolean,
 * }} Builder
 */

/** Makes each bundle by itself. esbuild is loaded here: most commands find their bundle ready. @type {Builder} */
export const plainBuilder = {
  build: async (_key, options) => (await import("esbuild")).build(options),
  knows: () => false,
};

/**
 * Makes the same bundles again and again, for whoever waits for changes: files that have not changed are not read again. A process of
 * esbuild's stays beside this one until `close`.
 *
 * @returns {Builder & { readonly close: () => Promise<void> }} for each key, the options of the first time count
 */
export function createRebuilder() {
  /** @type {Map<string, Promise<import("esbuild").BuildContext<BundleOptions>>>} */
  const contexts = new Map();
  return {
    build: async (key, options) => {
      const context = contexts.get(key) ?? import("esbuild").then((esbuild) => esbuild.context(options));
      contexts.set(key, context);
      return (await context).rebuild();
    },
    knows: (key) => contexts.has(key),
    close: async () => {
      const open = [...contexts.values()];
      contexts.clear();
      for (const context of open) await (await context).dispose();
    },
  };
}
