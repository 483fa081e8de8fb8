import type { Change, Patch } from "./patch.ts";

const heartbeat = { lab: "lab-3", file: "heartbeat.ts" } as const;
const core = { lab: "lab-4", file: "server-core.ts" } as const;

/** A server that lives ten times as fast, so that no test has to wait for a minute. */
export const tenTimesAsFast: Change = {
  ...core,
  replace: [
    "const open = new Map<SessionId, Session>();",
    "timing = { sendEvery: 2000, deadAfter: 6000 };\n  const open = new Map<SessionId, Session>();",
  ],
};

export const timingPatches: readonly Patch[] = [
  {
    ...heartbeat,
    fault: "never gives anybody up",
    replace: ["if (sinceHeard > deadAfter) {", "if (sinceHeard > 10 * deadAfter) {"],
    fails: ["silent-client", "stalled-client"],
  },
  {
    ...heartbeat,
    fault: "gives clients up after a third of the time",
    replace: ["if (sinceHeard > deadAfter) {", "if (sinceHeard > deadAfter / 3 + 10) {"],
    fails: ["silent-client"],
  },
  {
    ...heartbeat,
    fault: "counts from the grant, whatever is heard",
    replace: ["heard() {", "heard() {\n      return;"],
    fails: ["heartbeats-keep"],
  },
  {
    ...heartbeat,
    fault: "sends a quarter of the heartbeats",
    replace: ["if (sinceSent >= sendEvery) {", "if (sinceSent >= 4 * sendEvery) {"],
    fails: ["heartbeat-sent"],
  },
  {
    ...core,
    fault: "takes data for a sign of life",
    replace: [
      "return forward(id, session.lease, message.packet);",
      "session.lease?.heartbeat.heard();\n        return forward(id, session.lease, message.packet);",
    ],
    fails: ["data-is-no-heartbeat"],
  },
  {
    ...core,
    fault: "starts anew with each request",
    replace: ["session.lease ??= {", "session.lease = {"],
    fails: ["request-is-no-heartbeat"],
  },
  {
    ...core,
    fault: "lets a connection that never asks stay",
    replace: ["session.waited += elapsed;", ""],
    fails: ["never-asks", "never-asks-but-beats"],
  },
  {
    ...core,
    fault: "extends the time of a connection without an address by a 104",
    replace: [
      'if (session.lease === undefined) return { kind: "drop"',
      'if (session.lease === undefined) session.waited = 0;\n        if (session.lease === undefined) return { kind: "drop"',
    ],
    fails: ["never-asks-but-beats"],
  },
  {
    ...core,
    fault: "forgets the address of a client that fell silent",
    replace: [
      `return action.kind === "peer-dead" ? close(id, "peer-dead")`,
      `return action.kind === "peer-dead" ? (open.delete(id), { kind: "close", session: id, reason: "peer-dead" })`,
    ],
    also: ["open.delete(id);\n    sessions.close(id);", "if (open.delete(id)) sessions.close(id);"],
    fails: ["silent-address-comes-back"],
  },
  {
    lab: "lab-4",
    file: "run-server.ts",
    fault: "polls in a loop",
    replace: [
      "const losses = new Map<Loss, number>();",
      "const losses = new Map<Loss, number>();\n  setInterval(() => { for (const end = Date.now() + 19; Date.now() < end;); }, 20);",
    ],
    fails: ["idle"],
  },
];
