import type { Layout } from "./wire/layout.ts";

/** A line below a failure's headline. Its kind decides the colour; the text reads well without one. */
export type DetailLine = { readonly kind: "expected" | "got" | "note" | "bytes"; readonly text: string };

/** Bytes that are not the expected ones, and how to read them. */
export type ComparedBytes = { readonly expected: Uint8Array; readonly got: Uint8Array; readonly layout: Layout };

/** The lab did something else than the check expected. The story tells how it came to that. */
export class CheckFailure extends Error {
  override readonly name = "CheckFailure";
  readonly detail: readonly DetailLine[];
  readonly compared: ComparedBytes | undefined;
  /**
   * @param headline one sentence without a full stop: what was expected, what came
   * @param compared the bytes themselves, for a capture
   */
  constructor(headline: string, detail: readonly DetailLine[] = [], compared?: ComparedBytes) {
    super(headline);
    this.detail = detail;
    this.compared = compared;
  }
}
