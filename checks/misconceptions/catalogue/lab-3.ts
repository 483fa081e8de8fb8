import { inSections } from "./sections.ts";

export const lab3Misconceptions = inSections("lab-3", "docs/lab-3-heartbeat.md", {
  "two-clocks": [
    {
      name: "hearing-delays-sending",
      check: "lab-3.hearing-delays-no-sending",
      says: "You seem to put your own heartbeat off when you hear one. The peer waits for yours, whatever it sends: the two clocks do not touch each other.",
    },
    {
      name: "sending-keeps-alive",
      check: "lab-3.sending-proves-nothing",
      says: "You seem to take your own sending for a sign of life. A packet to a dead host is sent as easily as any other: only hearing counts.",
    },
    {
      name: "never-listens",
      check: "lab-3.heard-restarts-silence",
      says: "You seem to do nothing when the peer is heard. Its silence begins anew each time, or it dies while it is talking.",
    },
    {
      name: "waits-for-the-first",
      check: "lab-3.never-heard",
      says: "You seem to watch a peer only once it has been heard. One that never says anything must be given up, too: its silence begins at once.",
    },
    {
      name: "credit",
      check: "lab-3.heard-often",
      says: "You seem to grant more time for each heartbeat. However often it is heard, a peer has deadAfter from the last time: set the clock to zero.",
    },
    {
      name: "sends-at-once",
      check: "lab-3.nothing-at-start",
      says: "You seem to send a heartbeat at the first tick. Both clocks start at zero when the machine is made: the first is due after sendEvery.",
    },
    {
      name: "sends-once",
      check: "lab-3.regular",
      says: "You seem to send one heartbeat and then no more. Sending sets the clock to zero, and then it runs again.",
    },
    {
      name: "peers-share-clocks",
      check: "lab-3.two-peers",
      says: "You seem to keep the clocks outside of createHeartbeat, where all peers share them. Each peer has clocks of its own.",
    },
    {
      name: "usual-timing",
      check: "lab-3.other-timings",
      says: "You seem to have 20 s or 60 s written into the code. The two durations are arguments, and may be any.",
    },
  ],
  boundaries: [
    {
      name: "due-too-late",
      check: "lab-3.due-at-send-every",
      says: "You seem to send when the time is more than sendEvery. It is due at exactly sendEvery: >=, not >.",
    },
    {
      name: "dead-too-early",
      check: "lab-3.dead-after",
      says: "You seem to give the peer up at exactly deadAfter. It has all of that time and dies when it is more: >, not >=.",
    },
    {
      name: "last-moment-lost",
      check: "lab-3.last-moment",
      says: "You seem not to listen to a peer whose time is just up. At exactly deadAfter it lives, and being heard then gives it all its time again.",
    },
    {
      name: "refuses-zero",
      check: "lab-3.tick-zero",
      says: "You seem to refuse a tick of 0. No time has passed, which is unusual and not wrong: nothing comes of it.",
    },
    {
      name: "dies-after-sending",
      check: "lab-3.death-comes-first",
      says: "You seem to ask about death only when a heartbeat is due. deadAfter may be shorter than sendEvery: the two questions do not depend on each other.",
    },
  ],
  "long-ticks": [
    {
      name: "storm",
      check: "lab-3.one-per-tick",
      says: "You seem to make up for each heartbeat that was missed in a long tick. The peer wants to know that you are here now: one a tick is enough.",
    },
    {
      name: "keeps-remainder",
      check: "lab-3.no-remainder",
      says: "You seem to subtract sendEvery and keep the rest. A long pause comes back as a burst then: sending sets the clock to zero.",
    },
    {
      name: "timetable",
      check: "lab-3.no-remainder",
      says: "You seem to send by a timetable, at the multiples of sendEvery. The time counts from the last heartbeat that was really sent.",
    },
    {
      name: "due-wins",
      check: "lab-3.dead-wins",
      says: "You seem to ask first whether a heartbeat is due. Ask first whether the peer is dead: to a dead one nothing is sent.",
    },
    {
      name: "two-actions",
      check: "lab-3.dead-wins",
      says: "You seem to send a heartbeat and give the peer up in one tick. At most one action a tick, and death wins.",
    },
    {
      name: "caps-ticks",
      check: "lab-3.very-long-tick",
      says: "You seem to cut a long tick down. An hour in one tick is an hour of silence: what to report is the business of whoever measures the time.",
    },
    {
      name: "thirty-two-bits",
      check: "lab-3.very-long-tick",
      says: "You seem to keep time with a bitwise operator, in 32 bits. After 25 days of milliseconds it becomes negative: add plain numbers.",
    },
    {
      name: "forgets-small-ticks",
      check: "lab-3.small-equals-large",
      says: "You seem to look at the last tick alone. Ticks may be small: add them up.",
    },
    {
      name: "rounds",
      check: "lab-3.recorded-session-a",
      says: "You seem to round each tick to whole seconds. What is added too much or too little grows with each tick: count milliseconds.",
    },
    {
      name: "seconds",
      check: "lab-3.recorded-session-b",
      says: "You seem to count whole seconds and lose the rest of each tick. Many small losses become minutes: count milliseconds.",
    },
  ],
  death: [
    {
      name: "dies-again",
      check: "lab-3.dead-once",
      says: "You seem to report death at each tick. It is told once; the session behind it is gone by the second time.",
    },
    {
      name: "sends-after-death",
      check: "lab-3.silent-after-death",
      says: "You seem to go on sending to a dead peer. After peer-dead each tick answers [].",
    },
    {
      name: "revives",
      check: "lab-3.no-revival",
      says: "You seem to let a late heartbeat bring a dead peer back. Its address may belong to somebody else by then: death is final.",
    },
  ],
  misuse: [
    {
      name: "lets-nan-in",
      check: "lab-3.tick-misuse",
      says: "You seem to compare only, and each comparison with NaN is false. Once it is in a sum it stays there for ever: ask Number.isInteger.",
    },
    {
      name: "adds-before-looking",
      check: "lab-3.tick-misuse",
      says: "You seem to move a clock before you refuse the tick. What is refused changes nothing: look first, then add.",
    },
    {
      name: "any-timing",
      check: "lab-3.timing-misuse",
      says: "You seem to accept a duration of 0. A heartbeat would be due at each tick: both durations are whole numbers of at least 1.",
    },
  ],
});
