import type { Variant } from "./variant.ts";

const serverCore = { lab: "lab-4", file: "server-core.ts" } as const;

/** Lab 4's server-core.ts with one bug each, about time: heartbeats, silence, connections that never ask. */
export const coreTimeVariants: readonly Variant[] = [
  {
    ...serverCore,
    name: "asks-as-heartbeat",
    says: "sends a 100 in place of the heartbeat",
    check: "lab-4.heartbeat-is-sent",
    edits: [
      {
        find: `{ kind: "send", to: id, bytes: encodeMessage({ type: "heartbeat" }) };`,
        replace: `{ kind: "send", to: id, bytes: encodeMessage({ type: "ip-request" }) };`,
      },
    ],
  },
  {
    ...serverCore,
    name: "one-clock-for-all",
    says: "has one heartbeat for all clients",
    check: "lab-4.heartbeats-apart",
    edits: [
      {
        find: "  const open = new Map<SessionId, Session>();",
        replace: `  const beats: Heartbeat[] = [];
  const open = new Map<SessionId, Session>();`,
      },
      { find: "heartbeat: createHeartbeat(timing) };", replace: "heartbeat: (beats[0] ??= createHeartbeat(timing)) };" },
    ],
  },
  {
    ...serverCore,
    name: "burst",
    says: "sends one heartbeat for every 20 s of a long tick",
    check: "lab-4.one-heartbeat-a-tick",
    edits: [
      {
        find: `        const action = tickSession(id, session, elapsed);
        if (action !== undefined) actions.push(action);`,
        replace: `        for (let left = elapsed; left > 0; left -= 20_000) {
          const action = tickSession(id, session, Math.min(left, 20_000));
          if (action !== undefined) actions.push(action);
        }`,
      },
    ],
  },
  {
    ...serverCore,
    name: "address-lost-at-death",
    says: "keeps the address of a dead client",
    check: "lab-4.silent-client-closed",
    edits: [
      {
        find: `    forget(id);
    return { kind: "close"`,
        replace: `    if (reason === "peer-dead") open.delete(id);
    else forget(id);
    return { kind: "close"`,
      },
    ],
  },
  {
    ...serverCore,
    name: "farewell-heartbeat",
    says: "sends a heartbeat to a client that dies",
    check: "lab-4.dead-wins-over-due",
    edits: [
      {
        find: `        if (action !== undefined) actions.push(action);
      }
      return actions;
      // END SOLUTION
      // STUB: return notImplemented("lab-4 tick"`,
        replace: `        if (action?.kind === "close") actions.push({ kind: "send", to: id, bytes: encodeMessage({ type: "heartbeat" }) });
        if (action !== undefined) actions.push(action);
      }
      return actions;
      // END SOLUTION
      // STUB: return notImplemented("lab-4 tick"`,
      },
    ],
  },
  {
    ...serverCore,
    name: "answers-heartbeats",
    says: "answers a 104 with a 104",
    check: "lab-4.heartbeat-keeps-alive",
    edits: [
      {
        find: `        session.lease.heartbeat.heard();
        return undefined;`,
        replace: `        session.lease.heartbeat.heard();
        return { kind: "send", to: id, bytes: encodeMessage({ type: "heartbeat" }) };`,
      },
    ],
  },
  {
    ...serverCore,
    name: "104-not-heard",
    says: "does not tell the heartbeat of a 104",
    check: "lab-4.heartbeat-keeps-alive",
    edits: [
      {
        find: `        session.lease.heartbeat.heard();
`,
        replace: "",
      },
    ],
  },
  {
    ...serverCore,
    name: "data-is-heard",
    says: "takes every message for a sign of life",
    check: "lab-4.data-is-not-heard",
    edits: [
      {
        find: "    const { message } = event;",
        replace: `    const { message } = event;
    session.lease?.heartbeat.heard();`,
      },
    ],
  },
  {
    ...serverCore,
    name: "traffic-restarts-sending",
    says: "puts its heartbeat off when it sends a 103",
    check: "lab-4.traffic-delays-no-heartbeat",
    edits: [
      {
        find: `      return [{ kind: "send", to: owner, bytes: encodeMessage({ type: "internet-response", packet }) }];`,
        replace: `      const session = open.get(owner);
      if (session?.lease !== undefined) session.lease = { ...session.lease, heartbeat: createHeartbeat(timing) };
      return [{ kind: "send", to: owner, bytes: encodeMessage({ type: "internet-response", packet }) }];`,
      },
    ],
  },
  {
    ...serverCore,
    name: "never-asked-stays",
    says: "lets a connection that never asks stay for ever",
    check: "lab-4.never-asked-closed",
    edits: [{ find: `return session.waited > timing.deadAfter ? close(id, "no-request") : undefined;`, replace: "return undefined;" }],
  },
  {
    ...serverCore,
    name: "heartbeat-before-grant",
    says: "sends heartbeats to a connection without an address",
    check: "lab-4.never-asked-closed",
    edits: [
      {
        find: `return session.waited > timing.deadAfter ? close(id, "no-request") : undefined;`,
        replace: `if (session.waited > timing.deadAfter) return close(id, "no-request");
      return session.waited % 20_000 === 0 ? { kind: "send", to: id, bytes: encodeMessage({ type: "heartbeat" }) } : undefined;`,
      },
    ],
  },
  {
    ...serverCore,
    name: "104-extends-wait",
    says: "gives a connection without an address more time for a 104",
    check: "lab-4.nothing-extends-the-wait",
    edits: [
      {
        find: `        if (session.lease === undefined) return { kind: "drop", session: id, reason: "no-address" };
        session.lease.heartbeat.heard();`,
        replace: `        if (session.lease === undefined) {
          session.waited = 0;
          return { kind: "drop", session: id, reason: "no-address" };
        }
        session.lease.heartbeat.heard();`,
      },
    ],
  },
  {
    ...serverCore,
    name: "bytes-extend-wait",
    says: "gives a connection without an address more time for any bytes",
    check: "lab-4.nothing-extends-the-wait",
    edits: [
      {
        find: "      if (session === undefined) return [];",
        replace: `      if (session === undefined) return [];
      session.waited = 0;`,
      },
    ],
  },
  {
    ...serverCore,
    name: "clocks-from-connect",
    says: "starts the heartbeat with the connection",
    check: "lab-4.late-request",
    edits: [
      {
        find: "      open.set(id, { decoder: createMessageDecoder({ maxLength }), waited: 0, lease: undefined });",
        replace: `      beats.set(id, createHeartbeat(timing));
      open.set(id, { decoder: createMessageDecoder({ maxLength }), waited: 0, lease: undefined });`,
      },
      {
        find: "  const open = new Map<SessionId, Session>();",
        replace: `  const beats = new Map<SessionId, Heartbeat>();
  const open = new Map<SessionId, Session>();`,
      },
      { find: "heartbeat: createHeartbeat(timing) };", replace: "heartbeat: beats.get(id) ?? createHeartbeat(timing) };" },
      {
        find: "      session.waited += elapsed;",
        replace: `      session.waited += elapsed;
      beats.get(id)?.tick(elapsed);`,
      },
    ],
  },
  {
    ...serverCore,
    name: "tick-stops-at-first-death",
    says: "ends the tick when the first client dies",
    check: "lab-4.one-dies-others-live",
    edits: [
      {
        find: `        if (action !== undefined) actions.push(action);
      }
      return actions;
      // END SOLUTION
      // STUB: return notImplemented("lab-4 tick"`,
        replace: `        if (action !== undefined) actions.push(action);
        if (action?.kind === "close") return actions;
      }
      return actions;
      // END SOLUTION
      // STUB: return notImplemented("lab-4 tick"`,
      },
    ],
  },
  {
    ...serverCore,
    name: "times-constant",
    says: "has 20 s and 60 s written into the code",
    check: "lab-4.timing-is-configured",
    edits: [
      { find: "createHeartbeat(timing)", replace: "createHeartbeat({ sendEvery: 20_000, deadAfter: 60_000 })" },
      { find: "timing.deadAfter", replace: "60_000" },
    ],
  },
  {
    ...serverCore,
    name: "wait-constant",
    says: "has the 60 s of a connection without an address written into the code",
    check: "lab-4.timing-is-configured",
    edits: [{ find: "timing.deadAfter", replace: "60_000" }],
  },
  {
    ...serverCore,
    name: "time-not-checked",
    says: "accepts a negative time while nobody is connected",
    check: "lab-4.tick-misuse",
    edits: [{ find: "if (!Number.isInteger(elapsed) || elapsed < 0) throw", replace: "if (elapsed === 0.1) throw" }],
  },
  {
    ...serverCore,
    name: "spoofing-is-heard",
    says: "takes a spoofed packet for a sign of life",
    check: "lab-4.data-is-not-heard",
    edits: [
      {
        find: "  if (!isFrom(packet, lease.source)) return",
        replace: `  if (!isFrom(packet, lease.source)) lease.heartbeat.heard();
  if (!isFrom(packet, lease.source)) return`,
      },
    ],
  },
  {
    ...serverCore,
    name: "malformed-ends-session",
    says: "closes a client at its third malformed packet",
    check: "lab-4.core-model",
    edits: [
      {
        find: `      case "internet-request":
        return forward(id, session.lease, message.packet);`,
        replace: `      case "internet-request": {
        const action = forward(id, session.lease, message.packet);
        const isThird = action.kind === "drop" && action.reason === "malformed-packet" && faults.set(id, (faults.get(id) ?? 0) + 1).get(id) === 3;
        return isThird ? close(id, "bad-message") : action;
      }`,
      },
      {
        find: "  const open = new Map<SessionId, Session>();",
        replace: `  const faults = new Map<SessionId, number>();
  const open = new Map<SessionId, Session>();`,
      },
    ],
  },
  {
    ...serverCore,
    name: "never-asked-too-early",
    says: "closes a connection that never asks at >= instead of >",
    check: "lab-4.never-asked-closed",
    edits: [{ find: "session.waited > timing.deadAfter", replace: "session.waited >= timing.deadAfter" }],
  },
];
