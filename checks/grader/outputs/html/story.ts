import type { CheckGrade } from "../../model/grade.ts";
import { bounded } from "../harmless.ts";
import { colouredStory } from "../story-text.ts";
import { escaped, type Markup } from "./markup.ts";

/** Of a single story, before it is marked up. */
const longestStory = 6_000;

/** What the terminal's colours are here: elements without a meaning of their own, as short as there are. */
const colours: Readonly<Record<number, string>> = { 1: "<b>", 2: "<i>", 31: "<b class=r>", 32: "<b class=g>", 33: "<b class=y>" };
const ends: Readonly<Record<string, string>> = {
  "<b>": "</b>",
  "<i>": "</i>",
  "<b class=r>": "</b>",
  "<b class=g>": "</b>",
  "<b class=y>": "</b>",
};

/** A failure as the terminal tells it, colours and all, for a `<pre>`: at most so many characters of text. */
export function storyMarkup(check: CheckGrade, most: number = longestStory): Markup {
  const lines = bounded(colouredStory(check).join("\n"), Math.min(most, longestStory)).split("\n");
  return { markup: lines.map(lineMarkup).join("\n") };
}

/** One line. An escape sequence that is no colour, and a colour that is not closed, do no harm: each line is closed by itself. */
function lineMarkup(line: string): string {
  const open: string[] = [];
  let markup = "";
  for (const [index, part] of line.split("\u001b[").entries()) {
    const [, code, text = part] = (index > 0 && /^(\d+)m([\s\S]*)$/.exec(part)) || [];
    const element = code === undefined ? undefined : colours[Number(code)];
    if (element !== undefined) {
      open.push(element);
      markup += element;
    } else if (code !== undefined) markup += ends[open.pop() ?? ""] ?? "";
    markup += escaped(text.replaceAll("\u001b", ""));
  }
  return (
    markup +
    open
      .toReversed()
      .map((element) => ends[element] ?? "")
      .join("")
  );
}
