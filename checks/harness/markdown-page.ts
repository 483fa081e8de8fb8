/** What a Markdown file has to do with links: where it points, and what others may point to in it. */
export type MarkdownPage = {
  readonly links: readonly { readonly target: string; readonly line: number }[];
  /** What may stand behind `#` in a link to this page. */
  readonly anchors: ReadonlySet<string>;
  /** What this reader does not understand, and therefore cannot vouch for. */
  readonly problems: readonly string[];
};

const fence = /^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*(?<marks>`{3,}|~{3,})/;
const codeSpan = /(?<!`)(?<marks>`+)(?!`)(?:(?!\n[ \t]*\n)[^])+?(?<!`)\k<marks>(?!`)/g;
const heading = /^ {0,3}#{1,6}[ \t]+(?<text>.*?)(?:[ \t]+#+)?[ \t]*$/gm;
const inlineLink = /\]\(\s*(?:<(?<angled>[^<>\n]*)>|(?<plain>(?:[^\s()]|\([^\s()]*\))*))(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)/g;
const definition = /^ {0,3}\[(?<label>[^\]\n]+)\]:[ \t]*<?(?<target>[^\s>]+)/gm;
const reference = /\[(?<text>[^[\]]+)\]\[(?<label>[^[\]]*)\]/g;
const attribute = /\s(?<name>href|src|id|name)\s*=\s*["'](?<value>[^"']*)["']/g;

/** Reads as much of Markdown as this takes: code is set aside, and links and headings are found in what remains. */
export function readMarkdown(source: string): MarkdownPage {
  const problems: string[] = [];
  const prose = withoutCodeBlocks(source.replace(/\r\n/g, "\n").replace(/<!--[^]*?-->/g, blank), problems);
  const text = prose.replace(codeSpan, blank);
  const lineOf = (index: number) => text.slice(0, index).split("\n").length;

  const links: { target: string; line: number }[] = [];
  const anchors = new Set(slugs(Array.from(prose.matchAll(heading), (match) => match.groups?.["text"] ?? "")));
  for (const match of text.matchAll(inlineLink))
    links.push({ target: match.groups?.["angled"] ?? match.groups?.["plain"] ?? "", line: lineOf(match.index) });
  for (const match of text.replace(inlineLink, blank).matchAll(/\]\(/g))
    problems.push(`line ${lineOf(match.index)}: a link that cannot be read`);

  const labels = new Set<string>();
  for (const match of text.matchAll(definition)) {
    labels.add((match.groups?.["label"] ?? "").toLowerCase());
    links.push({ target: match.groups?.["target"] ?? "", line: lineOf(match.index) });
  }
  for (const match of text.matchAll(reference)) {
    const label = (match.groups?.["label"] || match.groups?.["text"] || "").toLowerCase();
    if (!labels.has(label)) problems.push(`line ${lineOf(match.index)}: [${label}] is not defined`);
  }
  for (const tag of text.matchAll(/<[a-z][^<>]*>/gi))
    for (const { groups } of tag[0].matchAll(attribute)) {
      const value = groups?.["value"] ?? "";
      if (groups?.["name"] === "href" || groups?.["name"] === "src") links.push({ target: value, line: lineOf(tag.index) });
      else anchors.add(value);
    }
  return { links, anchors, problems };
}

/** The anchors that GitHub gives to headings, in their order: a heading that comes again gets a number. */
export function slugs(headings: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return headings.map((text) => {
    const base = slug(text);
    let anchor = base;
    while (seen.has(anchor)) {
      const count = (seen.get(base) ?? 0) + 1;
      seen.set(base, count);
      anchor = `${base}-${count}`;
    }
    seen.set(anchor, 0);
    return anchor;
  });
}

/** Lower case; letters, digits, `_` and `-` stay, each space becomes `-`, everything else goes. */
function slug(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<[^<>]*>/g, "")
    .replace(/(?<![\p{L}\p{N}])_([^_]+)_(?![\p{L}\p{N}])/gu, "$1")
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{Nd}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");
}

/** Spaces of the same shape, so that what follows keeps its line. */
function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

function withoutCodeBlocks(source: string, problems: string[]): string {
  let open: { readonly marks: string; readonly line: number } | undefined;
  const lines = source.split("\n").map((line, index) => {
    if (open !== undefined) {
      const end = line.replace(/^[\s>]*/, "").trimEnd();
      if (end.startsWith(open.marks) && end.split("").every((mark) => mark === open?.marks[0])) open = undefined;
      return "";
    }
    const marks = fence.exec(line)?.groups?.["marks"];
    if (marks === undefined) return line;
    open = { marks, line: index + 1 };
    return "";
  });
  if (open !== undefined) problems.push(`line ${open.line}: a code block that does not end`);
  return lines.join("\n");
}
