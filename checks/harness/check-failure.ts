/** A line below a failure's headline. Its kind decides the colour; the text reads well without one. */
export type DetailLine = { readonly kind: "expected" | "got" | "note" | "bytes"; readonly text: string };

/** The lab did something else than the check expected. The story tells how it came to that. */
export class CheckFailure extends Error {
  override readonly name = "CheckFailure";
  readonly detail: readonly DetailLine[];
  /** @param headline one sentence without a full stop: what was expected, what came */
  constructor(headline: string, detail: readonly DetailLine[] = []) {
    super(headline);
    this.detail = detail;
  }
}
