import type { LabId } from "#launch/implementation.mjs";
import type { CheckResult, Trace } from "../check-result.ts";
import type { StoryLine } from "../story.ts";
import type { StoryLink, ToldPacket } from "../story-packet.ts";
import type { Asked } from "./again-command.ts";
import { inOneLine } from "./columns.ts";
import { createDiagram, type Diagram, type Side } from "./diagram.ts";
import { failureLines } from "./failure-lines.ts";
import { type Style, wrap } from "./style.ts";

/** Somebody whom a lab deals with, and what passes between them. */
type Partner = { readonly name: string; readonly links: readonly StoryLink[] };
type Partners = { readonly [Where in Side]?: Partner };

const partnersOf: Readonly<Record<LabId, Partners>> = {
  "lab-1": { left: { name: "wire", links: ["ethernet", "raw-ip", "four-over-six"] } },
  "lab-2": {},
  "lab-3": { left: { name: "peer", links: ["four-over-six"] } },
  "lab-4": { left: { name: "clients", links: ["four-over-six"] }, right: { name: "TUN", links: ["raw-ip"] } },
  "lab-5": { left: { name: "neighbours", links: ["ethernet"] }, right: { name: "upper layer", links: ["raw-ip"] } },
};

/** Time that passes is drawn across all. */
const timePasses = "·";
const isTick = ({ verb }: StoryLine) => verb === "tick" || verb === "ticks";

/** More equal ticks than this in a row are drawn as one. */
const mostTicks = 3;

/**
 * A whole scenario as a sequence diagram, and how it ended.
 *
 * @param asked what was asked for, and has to be asked for again
 */
export function traceLines(result: CheckResult, style: Style, asked: Asked = {}): readonly string[] {
  const { trace, failure } = result;
  if (trace === undefined) return failureLines(result, style, [], asked);
  const { paint, width } = style;
  const runs = trace.earlierRuns > 0 ? [paint.dim(`  the last of ${trace.earlierRuns + 1} runs of this scenario`)] : [];
  return [
    ...wrap(`${result.id}  ${result.title}`, width, 2).map((line) => paint.bold(line)),
    ...runs,
    "",
    ...diagramLines(result, trace, style),
    "",
    ...(failure === undefined ? ending(result, style) : failureLines({ ...result, failure: { ...failure, story: [] } }, style, [], asked)),
  ];
}

function diagramLines(result: CheckResult, { story, timed }: Trace, { paint, width }: Style): readonly string[] {
  const clockOf = (at: number) => (timed ? `${(at / 1000).toFixed(3)} s ` : "");
  // In front of the clock there is room for the mark at the failing line.
  const clockWidth = 2 + Math.max(0, ...story.map(({ at }) => clockOf(at).length));
  const partners = partnersIn(result, story);
  const diagram = createDiagram({ left: partners.left?.name, right: partners.right?.name }, clockWidth, width);
  const { expected, got, gotLine } = result.failure?.comparison ?? {};
  const wrong = gotLine === undefined ? undefined : story[gotLine];

  let shown = "";
  const lines = foldTicks(story).flatMap((line) => {
    const now = clockOf(line.at);
    const drawn = lineOf(line, diagram, partners, now === shown ? "" : now);
    shown = now;
    return line === wrong ? drawn.map((text) => paint.red(`>${text.slice(1)}`)) : drawn;
  });
  const side = expected === undefined || got !== undefined ? undefined : sideOf(expected, partners);
  const missing =
    expected === undefined || side === undefined
      ? []
      : diagram.arrow("", side, "partner", "missing here", true).map((text) => paint.red(`>${text.slice(1)}`));
  return [paint.dim(diagram.heading()), ...lines, ...missing];
}

function lineOf(line: StoryLine, diagram: Diagram, partners: Partners, clock: string): readonly string[] {
  const { verb, words, packet } = line;
  const text = inOneLine(`${verb} ${words}`.trim());
  const side = packet && sideOf(packet, partners);
  if (packet !== undefined && side !== undefined)
    return diagram.arrow(clock, side, packet.direction === "to-lab" ? "lab" : "partner", text);
  return diagram.note(clock, text, isTick(line) ? timePasses : " ");
}

/** Fifty ticks of 100 ms are one line, which stands where the last of them ends. */
function foldTicks(story: readonly StoryLine[]): readonly StoryLine[] {
  const folded: StoryLine[] = [];
  for (let index = 0; index < story.length; ) {
    const line = story[index] as StoryLine;
    let end = index + 1;
    while (isTick(line) && story[end]?.verb === line.verb && story[end]?.words === line.words) end++;
    if (end - index > mostTicks) folded.push({ ...line, at: story[end - 1]?.at ?? line.at, words: `${line.words}, ${end - index} times` });
    else folded.push(...story.slice(index, end));
    index = end;
  }
  return folded;
}

/** Partners with whom something passes in this story. */
function partnersIn({ id, failure }: CheckResult, story: readonly StoryLine[]): Partners {
  const all = partnersOf[id.split(".")[0] as LabId];
  const packets = [failure?.comparison?.expected, ...story.map(({ packet }) => packet)].filter((packet) => packet !== undefined);
  const takesPart = (side: Side) => packets.some((packet) => sideOf(packet, all) === side);
  return {
    ...(all.left !== undefined && takesPart("left") && { left: all.left }),
    ...(all.right !== undefined && takesPart("right") && { right: all.right }),
  };
}

function sideOf({ link }: ToldPacket, partners: Partners): Side | undefined {
  return (["left", "right"] as const).find((side) => partners[side]?.links.includes(link));
}

function ending({ status, id, earned, points, missing }: CheckResult, { paint, width }: Style): readonly string[] {
  if (status === "not-started") return wrap(`not started: ${missing}`, width, 2);
  return wrap(`ok ${id}  ${points === 0 ? "extra" : `${earned}/${points} points`}`, width, 2).map((line) => paint.green(line));
}
