import { harmless } from "../harmless.ts";

/** HTML that is finished: nothing in it is to be escaped again. */
export type Markup = { readonly markup: string };

export type Content = Markup | string | number | undefined | readonly Content[];

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** HTML from a template. Whatever is put in is escaped, for an element's content and for a quoted attribute, unless it is markup. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return { markup: parts.map((part, index) => (index === 0 ? part : render(values[index - 1]) + part)).join("") };
}

export function render(content: Content): string {
  if (content === undefined) return "";
  if (typeof content === "number") return String(content);
  if (typeof content === "string") return escaped(harmless(content));
  if ("markup" in content) return content.markup;
  return content.map(render).join("");
}

/** Text that is one's own already, such as a terminal's colours, made safe for an element's content and for a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => entities[char] ?? char);
}
