// Bundles submissions, one after the other. Reading what somebody wrote to break the reader may be the end of this process, and is then
// nobody else's.
import { type BundleOrder, makeBundle, tryFile } from "./make-bundle.ts";

/** What the bundler is told to do, and what it says. */
export type BundlerOrder = ({ readonly do: "bundle" } & BundleOrder) | { readonly do: "try"; readonly text: string };
export type BundlerAnswer = { readonly text: string } | { readonly error: string };

async function perform(order: BundlerOrder): Promise<BundlerAnswer> {
  try {
    if (order.do === "bundle") return { text: await makeBundle(order) };
    await tryFile(order.text);
    return { text: "" };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Its reader is gone for good.
    if (/service (was stopped|is no longer running)/i.test(message)) process.exit(1);
    return { error: message };
  }
}

process.on("message", (order: BundlerOrder) => void perform(order).then((answer) => process.send?.(answer)));
process.on("disconnect", () => process.exit());
