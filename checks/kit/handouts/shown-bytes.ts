/** A hexdump that a document shows. */
export type ShownBytes = {
  /** The line on which it begins, counted from 1. */
  readonly line: number;
  /** What its first line says about where it begins. */
  readonly offset: number;
  readonly bytes: Uint8Array;
  /** Its lines, without what stands in front of the offset. */
  readonly text: readonly string[];
};

const dumpLine = /(?<text>(?<offset>[0-9a-f]{4}) {2}(?<hex>[0-9a-f]{2}(?: {1,2}[0-9a-f]{2}){0,15}) {2,}\S.*)$/;

/** The hexdumps in the code blocks of a Markdown page. Lines whose offsets follow each other are one. */
export function shownBytes(markdown: string): readonly ShownBytes[] {
  const dumps: ShownBytes[] = [];
  let inCode = false;
  for (const [index, line] of markdown.split("\n").entries()) {
    if (/^\s*```/.test(line)) inCode = !inCode;
    const { text, offset, hex } = dumpLine.exec(line)?.groups ?? {};
    if (!inCode || text === undefined || offset === undefined || hex === undefined) continue;
    const at = Number.parseInt(offset, 16);
    const bytes = Uint8Array.from(hex.trim().split(/ +/), (pair) => Number.parseInt(pair, 16));
    const last = dumps.at(-1);
    const follows = last !== undefined && last.line + last.text.length === index + 1 && last.offset + last.bytes.length === at;
    if (follows) dumps[dumps.length - 1] = { ...last, bytes: Uint8Array.of(...last.bytes, ...bytes), text: [...last.text, text] };
    else dumps.push({ line: index + 1, offset: at, bytes, text: [text] });
  }
  return dumps;
}
