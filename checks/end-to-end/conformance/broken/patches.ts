import type { LabId } from "#launch/implementation.mjs";

type Replacement = readonly [found: string, by: string];

/** A change of one file of the reference. */
export type Change = Pick<Patch, "lab" | "file" | "replace" | "also">;

/** A server with one fault: the reference with a few words changed. */
export type Patch = {
  readonly fault: string;
  readonly lab: LabId;
  readonly file: string;
  /** Text of the file, found once, and what stands there instead. */
  readonly replace: Replacement;
  readonly also?: Replacement;
  /** The cases that must fail. */
  readonly fails: readonly string[];
};

const decoder = { lab: "lab-1", file: "message-decoder.ts" } as const;
const pool = { lab: "lab-2", file: "address-pool.ts" } as const;
const table = { lab: "lab-2", file: "session-table.ts" } as const;
const core = { lab: "lab-4", file: "server-core.ts" } as const;
const shell = { lab: "lab-4", file: "run-server.ts" } as const;
const packetHeader = { lab: "lab-4", file: "packet-header.ts" } as const;

const lengthCheck = "if (length < headerLength || length > maxLength) {";

export const patches: readonly Patch[] = [
  {
    ...decoder,
    fault: "loops for ever over a length of 0",
    replace: [lengthCheck, `if (length === 0) for (;;);\n    ${lengthCheck}`],
    fails: ["length-0"],
  },
  {
    ...decoder,
    fault: "waits for a message that is too long",
    replace: [lengthCheck, "if (length < headerLength) {"],
    fails: ["length-4102", "length-5000", "length-100000"],
  },
  {
    ...decoder,
    fault: "compares the length as a signed number",
    replace: [lengthCheck, `if ((length | 0) < 0) return undefined;\n    ${lengthCheck}`],
    fails: ["length-minus-1", "length-2-31"],
  },
  {
    ...decoder,
    fault: "looks at the first message of a read only",
    replace: ["events.push(event);", "events.push(event);\n        break;"],
    fails: ["glued", "cut-and-glued"],
  },
  {
    ...decoder,
    fault: "forgets the beginning of a message that is cut",
    replace: ["      keep(wanted);\n", ""],
    fails: ["bytewise", "stalled-in-header", "stalled-in-data"],
  },
  {
    ...decoder,
    fault: "skips only the header of an unknown type",
    replace: ["messageOf(type, intake.take(length))", "messageOf(type, intake.take(type < 100 ? headerLength : length))"],
    fails: ["unknown-type"],
  },
  {
    ...decoder,
    fault: "does not accept a short 100 or 104",
    replace: ["return headerOnly ? headerLength : length;", "return headerOnly && length > 4 ? headerLength : length;"],
    fails: ["short-request", "short-heartbeat"],
  },
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
  {
    lab: "lab-1",
    file: "address-grant.ts",
    fault: "sends the text of a 101 with a NUL behind it",
    replace: [`[grant.address, grant.route, ...grant.dns].join(" ")`, '`${[grant.address, grant.route, ...grant.dns].join(" ")}\\0`'],
    fails: ["grant-text"],
  },
];
