import type { Patch } from "./patch.ts";

const pool = { lab: "lab-2", file: "address-pool.ts" } as const;
const table = { lab: "lab-2", file: "session-table.ts" } as const;
const core = { lab: "lab-4", file: "server-core.ts" } as const;
const shell = { lab: "lab-4", file: "run-server.ts" } as const;
const packetHeader = { lab: "lab-4", file: "packet-header.ts" } as const;

/** Faults of labs 2 and 4. */
export const serverPatches: readonly Patch[] = [
  {
    ...core,
    fault: "has a limit that is one too low",
    replace: ["createMessageDecoder({ maxLength })", "createMessageDecoder({ maxLength: maxLength - 1 })"],
    fails: ["longest-message"],
  },
  {
    ...core,
    fault: "throws away what came before a framing error",
    replace: [
      "for (const event of session.decoder.receive(chunk)) {",
      `const events = session.decoder.receive(chunk);
      for (const event of events.some(({ kind }) => kind === "error") ? events.slice(-1) : events) {`,
    ],
    fails: ["before-wrong-length"],
  },
  {
    ...core,
    fault: "treats a 103 from a client as a 102",
    replace: [
      `      case "ip-response":\n`,
      `      case "internet-response":\n        return forward(id, session.lease, message.packet);\n      case "ip-response":\n`,
    ],
    fails: ["wrong-direction"],
  },
  {
    ...core,
    fault: "crashes at a 102 before the first 100",
    replace: [
      "if (lease === undefined) return {",
      `if (lease === undefined) throw new Error("users[-1]");\n  if (lease === undefined) return {`,
    ],
    fails: ["packet-before-request"],
  },
  {
    ...core,
    fault: "answers a heartbeat with a heartbeat",
    replace: [
      "session.lease.heartbeat.heard();\n        return undefined;",
      `session.lease.heartbeat.heard();\n        return { kind: "send", to: id, bytes: encodeMessage({ type: "heartbeat" }) };`,
    ],
    fails: ["heartbeat-not-answered"],
  },
  {
    ...core,
    fault: "forwards from any source address",
    replace: ["if (!isFrom(packet, lease.source)) return", "if (packet.length === 0) return"],
    fails: ["spoofed-neighbour", "spoofed-stranger"],
  },
  {
    ...core,
    fault: "sends every packet to every client",
    replace: [
      `return [{ kind: "send", to: owner, bytes: encodeMessage({ type: "internet-response", packet }) }];`,
      `return [...open.keys()].map((to) => ({ kind: "send", to, bytes: encodeMessage({ type: "internet-response", packet }) }));`,
    ],
    fails: ["two-clients"],
  },
  {
    ...core,
    fault: "has a buffer of 1400 bytes for packets",
    replace: ["if (messageHeader + packet.length > maxLength)", "if (packet.length > 1400)"],
    fails: ["full-size-packets"],
  },
  {
    ...core,
    fault: "lends garbage when the pool is empty",
    replace: ["sessions.assign(id);", `sessions.assign(id) ?? ("1.0.0.0" as typeof route);`],
    fails: ["pool-exhausted"],
  },
  {
    ...packetHeader,
    fault: "forwards packets with bytes behind them",
    replace: ["totalLength === packet.length;", "totalLength <= packet.length;"],
    fails: ["padded-packet"],
  },
  {
    ...pool,
    fault: "lends the broadcast address",
    replace: ["new Set([network.first, network.last])", "new Set([network.first])"],
    fails: ["pool-exhausted"],
  },
  {
    ...table,
    fault: "lends a second address for a second 100",
    replace: ["if (held !== undefined) return held;", ""],
    fails: ["second-request", "many-requests"],
  },
  {
    ...table,
    fault: "never takes an address back",
    replace: ["pool.release(address);", ""],
    fails: ["address-comes-back", "connects-and-resets"],
  },
  {
    ...shell,
    fault: "ends when a client reads too slowly",
    replace: [`!== true) count("slow-client");`, `!== true) throw new Error("send: would block");`],
    fails: ["reads-nothing"],
  },
];
