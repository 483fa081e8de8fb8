import type { LabId } from "#launch/implementation.mjs";
import type { Members } from "./host.ts";

/** How each lab's functions are reached, through the `#lab-N` imports: whoever imports this chooses the labs by those. */
export const labMembers: Partial<Record<LabId, () => Promise<Members<Record<string, unknown>>>>> = {
  "lab-1": async () => ({ ...(await import("#checks/lab-1-codec/members.ts")).members }),
  "lab-2": async () => ({ ...(await import("#checks/lab-2-user-pool/members.ts")).members }),
  "lab-3": async () => ({ ...(await import("#checks/lab-3-heartbeat/members.ts")).members }),
  "lab-4": async () => ({ ...(await import("#checks/lab-4-tun-server/members.ts")).members }),
  "lab-5": async () => ({ ...(await import("#checks/lab-5-arp-interface/members.ts")).members }),
};
