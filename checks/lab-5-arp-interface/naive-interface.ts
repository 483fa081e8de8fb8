import type { Ipv4Address, MacAddress, Millis } from "#contract/vocabulary.ts";

/**
 * An interface that is slow and obviously right: it forgets nothing that it has heard, and looks through plain lists for what still counts.
 * Packets are words here.
 */
export type NaiveInterface = {
  /** Where a packet goes at once, or whether its next hop is asked for. */
  readonly send: (word: string, nextHop: Ipv4Address) => { readonly to: MacAddress } | "asks" | "waits";
  /** An ARP message in a frame that counts was heard. The words that are sent now. */
  readonly hear: (senderIp: Ipv4Address, senderMac: MacAddress) => readonly string[];
  readonly tick: (elapsed: Millis) => void;
  /** How many packets wait for this next hop. */
  readonly waiting: (nextHop: Ipv4Address) => number;
};

type Lesson = { readonly ip: Ipv4Address; readonly mac: MacAddress; readonly at: Millis };
type Question = { readonly ip: Ipv4Address; readonly at: Millis; readonly words: readonly string[] };

export function naiveInterface(): NaiveInterface {
  let now: Millis = 0;
  const lessons: Lesson[] = [];
  let questions: readonly Question[] = [];
  const questionFor = (ip: Ipv4Address) => questions.find((question) => question.ip === ip);

  return {
    send: (word, nextHop) => {
      const lesson = lessons.findLast(({ ip, at }) => ip === nextHop && now - at < 30_000);
      if (lesson !== undefined) return { to: lesson.mac };
      if (questionFor(nextHop) === undefined) {
        questions = [...questions, { ip: nextHop, at: now, words: [word] }];
        return "asks";
      }
      questions = questions.map((question) => (question.ip === nextHop ? { ...question, words: [...question.words, word] } : question));
      return "waits";
    },
    hear: (senderIp, senderMac) => {
      const words = questionFor(senderIp)?.words ?? [];
      questions = questions.filter(({ ip }) => ip !== senderIp);
      lessons.push({ ip: senderIp, mac: senderMac, at: now });
      return words;
    },
    tick: (elapsed) => {
      now += elapsed;
      questions = questions.filter(({ at }) => now - at < 5000);
    },
    waiting: (nextHop) => questionFor(nextHop)?.words.length ?? 0,
  };
}
