import { defineLab } from "#checks/harness/check.ts";
import { checks as answeringChecks } from "./answering.check.ts";
import { checks as arpFramesChecks } from "./arp-frames.check.ts";
import { checks as askingChecks } from "./asking.check.ts";
import type { Lab5UnderCheck } from "./floods.ts";
import { checksThatAsk as learningByAskingChecks, checks as learningChecks } from "./learning.check.ts";
import { checks as mappingLifetimeChecks } from "./mapping-lifetime.check.ts";
import { points } from "./points.ts";
import { checks as receivingChecks } from "./receiving.check.ts";
import { checks as replayChecks } from "./replay.check.ts";
import { checks as robustnessChecks } from "./robustness.check.ts";
import { checks as unansweredChecks } from "./unanswered.check.ts";
import { checks as wholeChecks } from "./whole.check.ts";

/** Lab 5, in the order in which the handout builds it. */
export const lab5 = defineLab<Lab5UnderCheck>({
  id: "lab-5",
  title: "ARP interface",
  handout: "docs/lab-5-arp-interface.md",
  shape: {
    createNetworkInterface: { makes: { send: "call", receive: "call", tick: "call" } },
    sendToMany: "call",
    hearFromMany: "call",
  },
  checks: [
    ...receivingChecks,
    ...answeringChecks,
    ...learningChecks,
    ...askingChecks,
    ...learningByAskingChecks,
    ...arpFramesChecks,
    ...mappingLifetimeChecks,
    ...unansweredChecks,
    ...replayChecks,
    ...wholeChecks,
    ...robustnessChecks,
  ],
  points,
});
