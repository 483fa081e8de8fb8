import { defineLab } from "#checks/harness/check.ts";
import { checks as constantTimeChecks } from "./constant-time.check.ts";
import { checks as freshPoolChecks } from "./fresh-pool.check.ts";
import { checks as hostChecks } from "./hosts.check.ts";
import { checks as modelChecks } from "./models.check.ts";
import { checks as networkChecks } from "./network.check.ts";
import { points } from "./points.ts";
import type { Lab2UnderCheck } from "./pool-workload.ts";
import { checks as releaseChecks } from "./release.check.ts";
import { checks as sessionCloseChecks } from "./session-close.check.ts";
import { checks as sessionTableChecks } from "./session-table.check.ts";

/** Lab 2, in the order in which the handout builds it. */
export const lab2 = defineLab<Lab2UnderCheck>({
  id: "lab-2",
  title: "user pool",
  handout: "docs/lab-2-user-pool.md",
  shape: {
    createAddressPool: { makes: { allocate: "call", release: "call", free: "call" } },
    createSessionTable: { makes: { open: "call", assign: "call", close: "call", addressOf: "call", ownerOf: "call" } },
    lendAndReturn: "call",
    comeAndGo: "call",
  },
  checks: [
    ...networkChecks,
    ...freshPoolChecks,
    ...hostChecks,
    ...releaseChecks,
    ...sessionTableChecks,
    ...sessionCloseChecks,
    ...constantTimeChecks,
    ...modelChecks,
  ],
  points,
});
