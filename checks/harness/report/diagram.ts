import { columnsOf } from "./columns.ts";
import { fit, wrap } from "./style.ts";

/** Where something passes: between the lab and who stands left of it, or right of it. */
export type Side = "left" | "right";

/** The lines of a diagram, in which time goes down. Each function gives the lines of one thing that happens. */
export type Diagram = {
  /** Who stands where. */
  readonly heading: () => string;
  /** Words above an arrow. A `dashed` one was never sent. */
  readonly arrow: (clock: string, side: Side, to: "lab" | "partner", words: string, dashed?: boolean) => readonly string[];
  /** Something that concerns the lab alone, or everybody. */
  readonly note: (clock: string, words: string, fill?: string) => readonly string[];
};

type Names = { readonly left: string | undefined; readonly right: string | undefined };

/** @param clockWidth how many columns the clock takes, 0 for a story without time */
export function createDiagram(names: Names, clockWidth: number, width: number): Diagram {
  const partners = [names.left, names.right].filter((name) => name !== undefined).length;
  // Each partner, and the lab, is a line downwards.
  const gap = Math.max(8, Math.floor((width - clockWidth - 1 - partners) / Math.max(1, partners)));
  const inner = partners === 2 ? 2 * gap + 1 : gap;
  const empty = " ".repeat(gap);

  const row = (clock: string, inside: string) => `${clock.padStart(clockWidth)}│${inside}${partners === 0 ? "" : "│"}`.trimEnd();
  const inGap = (clock: string, side: Side, content: string) => {
    if (partners < 2) return row(clock, content);
    return row(clock, side === "left" ? `${content}│${empty}` : `${empty}│${content}`);
  };

  return {
    heading: () => {
      const blank = " ".repeat(clockWidth);
      if (partners === 0) return `${blank}lab`;
      if (names.left === undefined) return `${blank}lab${(names.right ?? "").padStart(inner - 1)}`;
      if (names.right === undefined) return blank + names.left + "lab".padStart(inner + 2 - names.left.length);
      const middle = "lab".padStart(gap + 3 - names.left.length);
      return blank + names.left + middle + names.right.padStart(inner + 2 - names.left.length - middle.length);
    },
    arrow: (clock, side, to, words, dashed = false) => {
      const toTheRight = (side === "left") === (to === "lab");
      const shaft = (dashed ? "- ".repeat(gap) : "─".repeat(gap)).slice(0, gap - 1);
      const lines = wrap(words, gap - 2);
      return [
        ...lines.map((line, index) => inGap(index === 0 ? clock : "", side, pad(` ${line}`, gap))),
        inGap("", side, toTheRight ? `${shaft}>` : `<${shaft}`),
      ];
    },
    note: (clock, words, fill = " ") => {
      if (partners === 0) return wrap(words, inner - 1).map((line, index) => row(index === 0 ? clock : "", ` ${line}`));
      return wrap(words, inner - 4).map((line, index) => row(index === 0 ? clock : "", center(` ${fit(line, inner - 4)} `, inner, fill)));
    },
  };
}

function pad(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columnsOf(text)));
}

function center(text: string, width: number, fill: string): string {
  const room = Math.max(0, width - columnsOf(text));
  return fill.repeat(Math.floor(room / 2)) + text + fill.repeat(Math.ceil(room / 2));
}
