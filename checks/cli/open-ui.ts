import type { CheckOptions } from "./check-options.ts";

export async function openInBrowser(_options: CheckOptions): Promise<number> {
  throw new Error("not yet");
}
