import { harmless } from "./harmless.ts";

/**
 * Text as one line of GitHub's Markdown in which nothing is markup, a link or a mention: whatever could be, is a character reference.
 * Fit for a cell of a table.
 */
export function markdownText(text: string): string {
  return harmless(text)
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[^\p{Letter}\p{Mark}\p{Number} ,;'"()/%…·–—?=-]/gu, (char) => (char === "." ? char : reference(char)))
    .replace(/^[-=]/, reference)
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}${reference(".")}`);
}

/** Lines as preformatted text, in which nothing is markup. */
export function markdownBlock(text: string): string {
  return `<pre>\n${harmless(text).replace(/[&<>]/g, reference)}\n</pre>`;
}

/** A table. Cells are Markdown already. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}

/** As many of the parts, in their order, as take at most so many bytes together; the last line says when some are missing. */
export function withinBytes(parts: readonly string[], most: number): string {
  const note = "\nThere is more than fits here; the HTML report has all of it.\n";
  const kept: string[] = [];
  let room = most - Buffer.byteLength(note);
  for (const part of parts) {
    room -= Buffer.byteLength(part) + 1;
    if (room < 0) return `${kept.join("\n")}\n${note}`;
    kept.push(part);
  }
  return `${kept.join("\n")}\n`;
}

function reference(char: string): string {
  return `&#${char.codePointAt(0) ?? 0};`;
}
