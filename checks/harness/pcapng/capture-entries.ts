import type { Millis } from "#contract/vocabulary.ts";
import type { FailureReport } from "../check-result.ts";
import type { StoryLine } from "../story.ts";
import type { ToldPacket } from "../story-packet.ts";

/** A packet as it will stand in the capture of a failure. */
export type CaptureEntry = {
  readonly at: Millis;
  readonly packet: ToldPacket;
  /** Whether it passed, or is what the check expected in vain. */
  readonly sent: boolean;
  /** Whether this is where it failed. One entry is. */
  readonly fails: boolean;
  readonly comments: readonly string[];
};

/** What stands in the capture of a failure, in order. Nothing when its story has no packets. */
export function captureEntries(failure: FailureReport): readonly CaptureEntry[] {
  const { expected, got, gotLine } = failure.comparison ?? {};
  const at = failure.at ?? 0;
  const passed = storyEntries(failure);
  const wrong =
    got === undefined || gotLine !== undefined ? [] : [{ at, packet: got, sent: true, fails: true, comments: why(failure, "got: ") }];
  const missing = got === undefined;
  const comments = missing
    ? ["missing: expected frame stands here", ...why(failure)]
    : ["expected: this, which was never sent, in place of the frame before"];
  const right = expected === undefined ? [] : [{ at, packet: expected, sent: false, fails: missing, comments }];
  const place = passed.findIndex(({ fails }) => fails) + 1 || passed.length;
  const all = [...passed.slice(0, place), ...wrong, ...right, ...passed.slice(place)];
  const last = all.at(-1);
  if (last === undefined || all.some(({ fails }) => fails)) return all;
  return [...all.slice(0, -1), { ...last, fails: true, comments: [...last.comments, ...why(failure, "after this: ")] }];
}

/** The story's lines with packets. What happened between them is said with the next one. */
function storyEntries(failure: FailureReport): readonly CaptureEntry[] {
  const entries: CaptureEntry[] = [];
  let before: string[] = [];
  for (const [index, line] of failure.story.entries()) {
    if (line.packet === undefined) {
      before.push(`before: ${line.verb} ${line.words}`);
      continue;
    }
    const fails = index === failure.comparison?.gotLine;
    const comments = [...(fails ? why(failure, "got: ") : []), stepIn(line, failure), ...together(before)];
    entries.push({ at: line.at, packet: line.packet, sent: true, fails, comments });
    before = [];
  }
  return entries;
}

/** `recv, t=5.000 s: ARP 10.0.0.9 is-at …` */
function stepIn({ at, verb, words }: StoryLine, failure: FailureReport): string {
  return `${verb}${failure.at === undefined ? "" : `, t=${(at / 1000).toFixed(3)} s`}: ${words}`;
}

/** The headline, and what was expected and what came, in words. Hexdumps are Wireshark's business. */
function why({ headline, detail }: FailureReport, before = ""): readonly string[] {
  const sides = detail.flatMap(({ text }) => {
    const [, side, words] = /^(expected|got) {2,}(\S.*)$/s.exec(text) ?? [];
    return side === undefined ? [] : [`${side}: ${words}`];
  });
  return [before + headline, ...sides];
}

/** What comes several times in a row is said once. */
function together(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line, index) => {
    if (line === lines[index - 1]) return [];
    const next = lines.findIndex((other, place) => place > index && other !== line);
    const times = (next < 0 ? lines.length : next) - index;
    return times === 1 ? [line] : [`${line}, ${times} times`];
  });
}
