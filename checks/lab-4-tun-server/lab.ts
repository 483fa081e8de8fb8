import { defineLab } from "#checks/harness/check.ts";
import type { CheckedLab4 } from "./checked-lab.ts";
import { checks as closingChecks } from "./closing.check.ts";
import { checks as downloadChecks } from "./download.check.ts";
import { checks as framingChecks } from "./framing.check.ts";
import { checks as grantChecks } from "./grant.check.ts";
import { checks as heartbeatChecks } from "./heartbeat.check.ts";
import { checks as modelChecks } from "./model.check.ts";
import { points } from "./points.ts";
import { checks as replayChecks } from "./replay.check.ts";
import { checks as shellChecks } from "./shell.check.ts";
import { checks as stagedShellChecks } from "./staged-shell.check.ts";
import { checks as timeChecks } from "./time.check.ts";
import { checks as tolerancesChecks } from "./tolerances.check.ts";
import { checks as uploadChecks } from "./upload.check.ts";

/** Lab 4, in the order in which the handout builds it. */
export const lab4 = defineLab<CheckedLab4>({
  id: "lab-4",
  title: "TUN server",
  handout: "docs/lab-4-tun-server.md",
  shape: {
    createAddressPool: { makes: { allocate: "call", release: "call", free: "call" } },
    createSessionTable: { makes: { open: "call", assign: "call", close: "call", addressOf: "call", ownerOf: "call" } },
    createServerCore: { makes: { connect: "call", receive: "call", disconnect: "call", receiveFromTun: "call", tick: "call" } },
    createServerAtWork: {
      makes: {
        start: "promise",
        tick: "call",
        fromInternet: "call",
        toInternet: "promise",
        refusedWrites: "call",
        bytesTaken: "call",
        untilHeard: "promise",
        untilOpen: "promise",
        deleteDevice: "call",
        stop: "promise",
        stillOpen: "call",
        end: "promise",
      },
    },
    createStagedShell: {
      makes: {
        connect: "call",
        leave: "call",
        tick: "call",
        failAccept: "call",
        deleteDevice: "call",
        stop: "promise",
        asked: "call",
        losses: "call",
      },
    },
  },
  checks: [
    ...grantChecks,
    ...uploadChecks,
    ...framingChecks,
    ...downloadChecks,
    ...heartbeatChecks,
    ...timeChecks,
    ...closingChecks,
    ...tolerancesChecks,
    ...modelChecks,
    ...replayChecks,
    ...shellChecks,
    ...stagedShellChecks,
  ],
  points,
});
