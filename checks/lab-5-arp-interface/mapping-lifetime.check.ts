import type { Check } from "#checks/harness/check.ts";
import { expectThrows } from "#checks/harness/expect.ts";
import { scenario } from "#checks/harness/scenario.ts";
import type { Lab5UnderCheck } from "./floods.ts";
import { isAt } from "./frames.ts";
import { card, gateway, other, peer } from "./hosts.ts";
import { expectNothing, expectPacket, expectQuestion, type LinkStep, onLink, receive, send, steps, tick, ticks } from "./link-steps.ts";

const rule = "docs/protocol.md#mapping-lifetime";

/** The peer after its network card was replaced. */
const moved = { ip: peer.ip, mac: card(15) };

/** A time that is none. It is refused, and nothing else happens. */
function refuseTick(elapsed: number): LinkStep {
  return async ({ networkInterface, outbox, story }) => {
    outbox.expectEmpty();
    story.tell("tick", `${elapsed} ms`);
    await expectThrows(networkInterface.tick(elapsed), "RangeError", `tick(${elapsed})`);
  };
}

export const checks: readonly Check<Lab5UnderCheck>[] = [
  {
    id: "lab-5.mapping-lives-30-s",
    title: "At 29 999 ms a mapping is still used",
    rule,
    hints: [
      "Look at the comparison with 30000.",
      "The mapping is 29 999 ms old. Is that 30 seconds?",
      "A mapping is dead when its age is >= 30000, and used before that.",
    ],
    run: scenario(onLink(), [receive(isAt(peer)), tick(29_999), send("a", peer), expectPacket("a", peer)]),
  },
  {
    id: "lab-5.mapping-expires",
    title: "At 30 000 ms a mapping is dead, and is asked for again",
    rule,
    hints: [
      "Look at the comparison with 30000.",
      "Age 30 000: is it dead, or is that the last moment of its life?",
      "Dead when age >= 30000. Then `send` asks and queues, as for any unknown next hop.",
    ],
    run: scenario(onLink(), [
      receive(isAt(peer)),
      tick(30_000),
      send("a", peer),
      expectQuestion(peer),
      receive(isAt(moved)),
      expectPacket("a", moved),
      send("b", peer),
      expectPacket("b", moved),
    ]),
  },
  {
    id: "lab-5.expires-in-small-ticks",
    title: "Three hundred ticks of 100 ms end a mapping",
    rule,
    hints: [
      "Look at how `tick` adds up time.",
      "No single tick in this story is 30 s long.",
      "Keep a running time, and for each mapping the point in it at which it ends.",
    ],
    run: scenario(onLink(), [
      receive(isAt(peer)),
      ticks(299, 100),
      tick(99),
      send("a", peer),
      expectPacket("a", peer),
      tick(1),
      send("b", peer),
      expectQuestion(peer),
    ]),
  },
  {
    id: "lab-5.use-does-not-refresh",
    title: "Using a mapping does not make it live longer",
    rule,
    hints: [
      "Look at what a `send` to a known next hop changes.",
      "That we sent to a MAC does not prove that anybody is there.",
      "Only learning sets the time of a mapping.",
    ],
    run: scenario(onLink(), [
      receive(isAt(peer)),
      ...Array.from({ length: 5 }, () => steps(tick(5000), send("a", peer), expectPacket("a", peer))),
      tick(4999),
      send("b", peer),
      expectPacket("b", peer),
      tick(1),
      send("c", peer),
      expectQuestion(peer),
    ]),
  },
  {
    id: "lab-5.learning-refreshes",
    title: "Learning the same mapping again starts its 30 s again",
    rule,
    hints: [
      "Look at what happens when a mapping is learned that is there already.",
      "Nothing new was said, but the neighbour has just shown that it is there.",
      "Set the time at every lesson. (And mind that Map.set does not move a key to the end.)",
    ],
    run: scenario(onLink(), [
      receive(isAt(peer)),
      tick(1000),
      receive(isAt(other)),
      tick(19_000),
      receive(isAt(peer)),
      expectNothing(),
      tick(11_000),
      send("a", other),
      expectQuestion(other),
      send("b", peer),
      expectPacket("b", peer),
      tick(18_999),
      send("c", peer),
      expectPacket("c", peer),
      tick(1),
      send("d", peer),
      expectQuestion(peer),
    ]),
  },
  {
    id: "lab-5.mappings-expire-apart",
    title: "Each mapping has its own 30 s",
    rule,
    hints: [
      "Look at where the time of a mapping is kept.",
      "Two neighbours are learned ten seconds apart. When is each forgotten?",
      "Keep one time for each mapping, beside its MAC.",
    ],
    run: scenario(onLink(), [
      receive(isAt(peer)),
      tick(10_000),
      receive(isAt(other)),
      tick(20_000),
      send("a", peer),
      expectQuestion(peer),
      send("b", other),
      expectPacket("b", other),
      tick(9_999),
      send("c", other),
      expectPacket("c", other),
      tick(1),
      send("d", other),
      expectQuestion(other),
    ]),
  },
  {
    id: "lab-5.long-tick",
    title: "One tick of an hour ends every question and every mapping",
    rule,
    hints: [
      "Look at what `tick` does when it is much longer than 30 s.",
      "Several things may be over at once.",
      "Remove all entries that are over, not only the first.",
    ],
    run: scenario(onLink(), [
      receive(isAt(peer)),
      receive(isAt(other)),
      send("a", gateway),
      expectQuestion(gateway),
      tick(3_600_000),
      send("b", peer),
      expectQuestion(peer),
      send("c", other),
      expectQuestion(other),
      send("d", gateway),
      expectQuestion(gateway),
      receive(isAt(gateway)),
      expectPacket("d", gateway),
    ]),
  },
  {
    id: "lab-5.tick-sends-nothing",
    title: "Time makes things expire and never sends a frame",
    rule: "docs/protocol.md#the-arp-interface",
    hints: [
      "Look at what `tick` returns.",
      "Should an unanswered request be repeated by itself? There may be nothing left to send.",
      "Return [] from `tick`, always. The next `send` asks again.",
    ],
    run: scenario(onLink(), [
      receive(isAt(other)),
      send("a", peer),
      expectQuestion(peer),
      ...[0, 1, 998, 1, 3999, 1, 5000, 30_000, 0, 86_400_000].map(tick),
    ]),
  },
  {
    id: "lab-5.tick-misuse",
    title: "A negative, fractional or endless time is refused",
    rule: "docs/protocol.md#the-arp-interface",
    hints: [
      "Look at the first line of `tick`.",
      "A caller's mistake is thrown, unlike a peer's.",
      "Throw a RangeError unless Number.isInteger(elapsed) and elapsed >= 0, before anything is changed.",
    ],
    run: scenario(onLink(), [
      receive(isAt(peer)),
      ...[-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(refuseTick),
      tick(0),
      tick(29_999),
      send("a", peer),
      expectPacket("a", peer),
      tick(1),
      send("b", peer),
      expectQuestion(peer),
    ]),
  },
];
