import type { Edit, Variant } from "./variant.ts";

const networkInterface = { lab: "lab-5", file: "network-interface.ts" } as const;

const learnLast = "return [...answers, ...learn(senderIp, senderMac)];";
const asksUs = 'operation === "request" && targetIp === ip';
const isForUs = "if (destination !== mac && destination !== broadcastMac) return [];";
const deliver = 'return parsed.ok ? [{ kind: "deliver", packet: parsed.value }] : [];';
const hold = "return pending.hold(nextHop, bytes) ? [ask(nextHop)] : [];";
const flush = "return pending.take(senderIp).map((packet) => transmit(senderMac, etherTypes.ipv4, packet));";
const queue = "const pending = createPendingPackets();";
const station = "(firstByte & 1) === 0 && mac !== zeroMac";

/** Lets `receiveArp` see the frame's source as well. */
const withFrameSource: readonly Edit[] = [
  { find: "receive: ({ destination, etherType, payload }) => {", replace: "receive: ({ destination, source, etherType, payload }) => {" },
  { find: "return receiveArp(payload);", replace: "return receiveArp(payload, source);" },
  { find: "function receiveArp(bytes: Uint8Array)", replace: "function receiveArp(bytes: Uint8Array, source: MacAddress)" },
];

/** Lets `receiveArp` see the frame's destination as well. */
const withFrameDestination: readonly Edit[] = [
  { find: "return receiveArp(payload);", replace: "return receiveArp(payload, destination);" },
  { find: "function receiveArp(bytes: Uint8Array)", replace: "function receiveArp(bytes: Uint8Array, destination: MacAddress)" },
];

/** Lab 5's rules of sending and time with one bug each. */
export const sendingVariants: readonly Variant[] = [
  {
    ...networkInterface,
    name: "destination-asked-for",
    says: "asks for the packet's destination, and not for its next hop",
    check: "lab-5.by-next-hop",
    edits: [{ find: "send: (packet, nextHop) => {", replace: "send: (packet) => {\n      const nextHop = packet.destination;" }],
  },
  {
    ...networkInterface,
    name: "queue-by-destination",
    says: "queues by the packet's destination: what waits is sent when that answers",
    check: "lab-5.by-next-hop",
    edits: [{ find: hold, replace: hold.replace("hold(nextHop", "hold(packet.destination") }],
  },
  {
    ...networkInterface,
    name: "asks-for-each-destination",
    says: "asks again when a packet for another destination joins the queue",
    check: "lab-5.two-destinations-one-hop",
    edits: [
      { find: queue, replace: `${queue}\n  const asked = new Set<Ipv4Address>();` },
      {
        find: hold,
        replace: `const isFirst = pending.hold(nextHop, bytes) || !asked.has(packet.destination);
      asked.add(packet.destination);
      return isFirst ? [ask(nextHop)] : [];`,
      },
    ],
  },
  {
    ...networkInterface,
    name: "asks-once-for-a-destination",
    says: "does not ask a second next hop for the same destination",
    check: "lab-5.one-destination-two-hops",
    edits: [
      { find: queue, replace: `${queue}\n  const asked = new Map<Ipv4Address, Ipv4Address>();` },
      {
        find: hold,
        replace: `const isFirst = pending.hold(nextHop, bytes);
      const before = asked.get(packet.destination) ?? nextHop;
      asked.set(packet.destination, nextHop);
      return isFirst && before === nextHop ? [ask(nextHop)] : [];`,
      },
    ],
  },
  {
    ...networkInterface,
    name: "keeps-the-packet",
    says: "queues the caller's packet, and not a copy",
    check: "lab-5.queue-keeps-copies",
    edits: [
      { find: hold, replace: hold.replace("bytes", "packet as never") },
      { find: flush, replace: flush.replace("ipv4, packet)", "ipv4, ipv4Packet.serialize(packet as never))") },
    ],
  },
  {
    ...networkInterface,
    name: "sent-by-next-send",
    says: "sends what waits at the next send only",
    check: "lab-5.queue-in-order",
    edits: [{ find: flush, replace: "return [];" }],
  },
  {
    ...networkInterface,
    name: "broadcasts-the-unknown",
    says: "sends a packet for an unknown next hop to everybody",
    check: "lab-5.request-frame",
    edits: [{ find: hold, replace: "return [transmit(broadcastMac, etherTypes.ipv4, bytes)];" }],
  },
  {
    ...networkInterface,
    name: "asks-for-broadcast",
    says: "writes ff:ff:ff:ff:ff:ff into targetMac of a request",
    check: "lab-5.request-frame",
    edits: [{ find: "targetMac: zeroMac, targetIp }", replace: "targetMac: broadcastMac, targetIp }" }],
  },
  {
    ...networkInterface,
    name: "asks-nobody",
    says: "puts zeros into the Ethernet destination of a request",
    check: "lab-5.request-frame",
    edits: [{ find: "return transmit(broadcastMac, etherTypes.arp", replace: "return transmit(zeroMac, etherTypes.arp" }],
  },
  {
    ...networkInterface,
    name: "pads-arp",
    says: "fills its ARP frames up to 46 bytes",
    check: "lab-5.arp-padding",
    edits: [
      {
        find: 'return { kind: "transmit", frame: { destination, source: mac, etherType, payload } };',
        replace: `const padded = new Uint8Array(etherType === etherTypes.arp ? 46 : payload.length);
    padded.set(payload);
    return { kind: "transmit", frame: { destination, source: mac, etherType, payload: padded } };`,
      },
    ],
  },
  {
    ...networkInterface,
    name: "loses-options",
    says: "sends packets without their options",
    check: "lab-5.known-next-hop",
    edits: [{ find: "ipv4Packet.serialize(packet);", replace: "ipv4Packet.serialize({ ...packet, options: new Uint8Array() });" }],
  },
  {
    ...networkInterface,
    name: "counts-hops",
    says: "counts the time to live of a packet down",
    check: "lab-5.known-next-hop",
    edits: [{ find: "ipv4Packet.serialize(packet);", replace: "ipv4Packet.serialize({ ...packet, timeToLive: packet.timeToLive - 1 });" }],
  },
  {
    ...networkInterface,
    name: "counts-hops-in-place",
    says: "counts the time to live down in the caller's packet",
    check: "lab-5.known-next-hop",
    edits: [
      {
        find: "const bytes = ipv4Packet.serialize(packet);",
        replace: "(packet as { timeToLive: number }).timeToLive -= 1;\n      const bytes = ipv4Packet.serialize(packet);",
      },
    ],
  },
  {
    ...networkInterface,
    name: "sends-no-large-packets",
    says: "drops a packet of more than 1024 bytes",
    check: "lab-5.replay-host-b",
    edits: [
      {
        find: "const known = table.lookup(nextHop);",
        replace: "if (bytes.length > 1024) return [];\n      const known = table.lookup(nextHop);",
      },
    ],
  },
  {
    ...networkInterface,
    name: "use-refreshes",
    says: "lets a mapping live longer each time it is used",
    check: "lab-5.use-does-not-refresh",
    edits: [
      {
        find: "if (known !== undefined) return",
        replace: "if (known !== undefined) table.learn(nextHop, known);\n      if (known !== undefined) return",
      },
    ],
  },
  {
    ...networkInterface,
    name: "tick-asks-again",
    says: "repeats an unanswered request by itself",
    check: "lab-5.tick-sends-nothing",
    edits: [
      { find: queue, replace: `${queue}\n  let asking: Ipv4Address | undefined;` },
      { find: hold, replace: `asking = nextHop;\n      ${hold}` },
      {
        find: `pending.tick(elapsed);
      return [];`,
        replace: `pending.tick(elapsed);
      return asking !== undefined && elapsed >= 1000 ? [ask(asking)] : [];`,
      },
    ],
  },
  {
    ...networkInterface,
    name: "any-time",
    says: "accepts a negative time",
    check: "lab-5.tick-misuse",
    edits: [{ find: "!Number.isInteger(elapsed) || elapsed < 0", replace: "!Number.isInteger(elapsed)" }],
  },
  {
    ...networkInterface,
    name: "time-lets-nan-in",
    says: "compares only, and lets NaN in",
    check: "lab-5.tick-misuse",
    edits: [
      {
        find: "!Number.isInteger(elapsed) || elapsed < 0",
        replace: "elapsed < 0 || elapsed % 1 > 0 || elapsed === Number.POSITIVE_INFINITY",
      },
    ],
  },
  {
    ...networkInterface,
    name: "refuses-too-late",
    says: "adds the time before it refuses it",
    check: "lab-5.tick-misuse",
    edits: [
      { find: "if (!Number.isInteger(elapsed)", replace: "table.tick(Math.abs(elapsed) || 0);\n      if (!Number.isInteger(elapsed)" },
    ],
  },
  {
    ...networkInterface,
    name: "one-table-for-all",
    says: "makes the table outside createNetworkInterface: all interfaces share it",
    check: "lab-5.two-interfaces",
    edits: [
      { find: "  const table = createArpTable();\n", replace: "" },
      { find: "function receiveIpv4(", replace: "const table = createArpTable();\n\nfunction receiveIpv4(" },
    ],
  },
  {
    ...networkInterface,
    name: "one-queue-for-all",
    says: "makes the queue outside createNetworkInterface: all interfaces share it",
    check: "lab-5.two-interfaces",
    edits: [
      { find: `  ${queue}\n`, replace: "" },
      { find: "function receiveIpv4(", replace: `${queue}\n\nfunction receiveIpv4(` },
    ],
  },
  {
    ...networkInterface,
    name: "one-of-each-for-all",
    says: "makes table and queue outside createNetworkInterface: all interfaces share them",
    check: "lab-5.two-interfaces",
    edits: [
      { find: "  const table = createArpTable();\n", replace: "" },
      { find: `  ${queue}\n`, replace: "" },
      { find: "function receiveIpv4(", replace: `const table = createArpTable();\n${queue}\n\nfunction receiveIpv4(` },
    ],
  },
];

/** Lab 5's rules of receiving with one bug each. */
export const receivingVariants: readonly Variant[] = [
  {
    ...networkInterface,
    name: "delivers-no-fragments",
    says: "delivers whole packets only, and no fragments",
    check: "lab-5.delivers-ipv4",
    edits: [{ find: "return parsed.ok ? [{", replace: "return parsed.ok && !parsed.value.moreFragments ? [{" }],
  },
  {
    ...networkInterface,
    name: "delivers-no-large-packets",
    says: "drops what is longer than 1024 bytes",
    check: "lab-5.replay-host-a",
    edits: [{ find: "return parsed.ok ? [{", replace: "return parsed.ok && bytes.length <= 1024 ? [{" }],
  },
  {
    ...networkInterface,
    name: "no-broadcasts",
    says: "delivers nothing that was sent to everybody",
    check: "lab-5.delivers-broadcast",
    edits: [
      { find: "if (etherType === etherTypes.ipv4) return", replace: "if (etherType === etherTypes.ipv4 && destination === mac) return" },
    ],
  },
  {
    ...networkInterface,
    name: "delivers-only-ours",
    says: "delivers only what is for its own IP",
    check: "lab-5.delivers-whatever-destination",
    edits: [
      {
        find: "return receiveIpv4(payload);",
        replace:
          'return receiveIpv4(payload).filter((action) => action.kind === "deliver" && [ip, "10.0.0.255"].includes(action.packet.destination));',
      },
    ],
  },
  {
    ...networkInterface,
    name: "packets-of-others",
    says: "looks at the frame's destination for ARP only",
    check: "lab-5.ignores-ipv4-for-others",
    edits: [{ find: isForUs, replace: isForUs.replace("if (", "if (etherType === etherTypes.arp && ") }],
  },
  {
    ...networkInterface,
    name: "any-group",
    says: "takes every group address for everybody",
    check: "lab-5.ignores-ipv4-for-others",
    edits: [{ find: isForUs, replace: "if (destination !== mac && isStation(destination)) return [];" }],
  },
  {
    ...networkInterface,
    name: "padding-is-payload",
    says: "takes all that stands behind the header for the payload",
    check: "lab-5.ipv4-padding",
    edits: [
      {
        find: deliver,
        replace: deliver.replace("parsed.value", "{ ...parsed.value, payload: bytes.subarray(20 + parsed.value.options.length) }"),
      },
    ],
  },
  {
    ...networkInterface,
    name: "throws-at-ipv4",
    says: "throws at a packet that is malformed",
    check: "lab-5.malformed-ipv4",
    edits: [{ find: deliver, replace: `if (!parsed.ok) throw new Error(parsed.error.reason);\n  ${deliver}` }],
  },
  {
    ...networkInterface,
    name: "throws-at-arp",
    says: "throws at an ARP message that is malformed",
    check: "lab-5.malformed-arp",
    edits: [{ find: "if (!parsed.ok || !isStation", replace: "if (!parsed.ok) throw new Error(parsed.error.reason);\n    if (!isStation" }],
  },
  {
    ...networkInterface,
    name: "all-else-is-arp",
    says: "takes whatever is not IPv4 for ARP",
    check: "lab-5.unknown-ether-types",
    edits: [
      { find: "if (etherType === etherTypes.arp) return receiveArp(payload);\n      return [];", replace: "return receiveArp(payload);" },
    ],
  },
  {
    ...networkInterface,
    name: "no-padding-allowed",
    says: "refuses an ARP message with padding behind it",
    check: "lab-5.arp-padding",
    edits: [
      { find: "if (etherType === etherTypes.arp) return", replace: "if (etherType === etherTypes.arp && payload.length === 28) return" },
    ],
  },
  {
    ...networkInterface,
    name: "arp-of-others",
    says: "looks at ARP before it looks at the frame's destination",
    check: "lab-5.ignores-arp-for-others",
    edits: [{ find: isForUs, replace: `if (etherType === etherTypes.arp) return receiveArp(payload);\n      ${isForUs}` }],
  },
  {
    ...networkInterface,
    name: "replies-to-all",
    says: "sends its replies to everybody",
    check: "lab-5.answers-request",
    edits: [{ find: "return transmit(targetMac, etherTypes.arp", replace: "return transmit(broadcastMac, etherTypes.arp" }],
  },
  {
    ...networkInterface,
    name: "roles-not-swapped",
    says: "leaves sender and target in the reply as they were in the request",
    check: "lab-5.answers-request",
    edits: [
      {
        find: 'operation: "reply", senderMac: mac, senderIp: ip, targetMac, targetIp }',
        replace: 'operation: "reply", senderMac: targetMac, senderIp: targetIp, targetMac: mac, targetIp: ip }',
      },
    ],
  },
  {
    ...networkInterface,
    name: "answers-newcomers-only",
    says: "does not answer a neighbour that it knows",
    check: "lab-5.answers-every-time",
    edits: [{ find: asksUs, replace: `${asksUs} && table.lookup(senderIp) === undefined` }],
  },
  {
    ...networkInterface,
    name: "answers-broadcasts-only",
    says: "answers only what was asked of everybody",
    check: "lab-5.answers-unicast-request",
    edits: [...withFrameDestination, { find: asksUs, replace: `${asksUs} && destination === broadcastMac` }],
  },
  {
    ...networkInterface,
    name: "compares-target-mac",
    says: "answers only requests whose targetMac is zero",
    check: "lab-5.answers-unicast-request",
    edits: [{ find: asksUs, replace: `${asksUs} && parsed.value.targetMac === zeroMac` }],
  },
  {
    ...networkInterface,
    name: "replies-to-frame-source",
    says: "sends the reply to the frame's source",
    check: "lab-5.answers-to-arp-sender",
    edits: [...withFrameSource, { find: "[answer(senderMac, senderIp)]", replace: "[answer(source, senderIp)]" }],
  },
  {
    ...networkInterface,
    name: "answers-for-all",
    says: "answers every request",
    check: "lab-5.others-are-not-answered-for",
    edits: [{ find: asksUs, replace: 'operation === "request"' }],
  },
  {
    ...networkInterface,
    name: "answers-for-known",
    says: "answers for the neighbours that it knows",
    check: "lab-5.others-are-not-answered-for",
    edits: [{ find: asksUs, replace: 'operation === "request" && (targetIp === ip || table.lookup(targetIp) !== undefined)' }],
  },
  {
    ...networkInterface,
    name: "compares-the-beginning",
    says: "takes 10.0.0.11 for 10.0.0.1",
    check: "lab-5.others-are-not-answered-for",
    edits: [{ find: asksUs, replace: 'operation === "request" && targetIp.startsWith(ip)' }],
  },
  {
    ...networkInterface,
    name: "answers-replies",
    says: "answers a reply with a reply",
    check: "lab-5.replies-are-not-answered",
    edits: [{ find: asksUs, replace: "targetIp === ip" }],
  },
];

/** Lab 5's rules of learning with one bug each. */
export const learningVariants: readonly Variant[] = [
  {
    ...networkInterface,
    name: "learns-the-target",
    says: "learns the target's addresses",
    check: "lab-5.known-next-hop",
    edits: [{ find: learnLast, replace: learnLast.replace("senderIp, senderMac", "targetIp, parsed.value.targetMac") }],
  },
  {
    ...networkInterface,
    name: "learns-what-it-asked",
    says: "learns only what it has asked for",
    check: "lab-5.learns-unasked",
    edits: [
      {
        find: `table.learn(senderIp, senderMac);
    ${flush}`,
        replace: `const packets = pending.take(senderIp);
    if (packets.length > 0) table.learn(senderIp, senderMac);
    return packets.map((packet) => transmit(senderMac, etherTypes.ipv4, packet));`,
      },
    ],
  },
  {
    ...networkInterface,
    name: "forgets-the-asker",
    says: "answers a request and does not learn who asked",
    check: "lab-5.learns-from-request",
    edits: [{ find: learnLast, replace: `return answers.length > 0 ? answers : learn(senderIp, senderMac);` }],
  },
  {
    ...networkInterface,
    name: "learns-from-replies-only",
    says: "learns from replies only",
    check: "lab-5.learns-from-request-for-others",
    edits: [{ find: learnLast, replace: 'return operation === "reply" ? learn(senderIp, senderMac) : answers;' }],
  },
  {
    ...networkInterface,
    name: "learns-from-its-own-requests",
    says: "learns from a request only when it is asked itself",
    check: "lab-5.learns-from-request-for-others",
    edits: [{ find: learnLast, replace: `if (operation === "request" && targetIp !== ip) return [];\n    ${learnLast}` }],
  },
  {
    ...networkInterface,
    name: "learns-what-is-for-us",
    says: "learns only from messages whose target is our IP",
    check: "lab-5.learns-from-broadcast-reply",
    edits: [{ find: learnLast, replace: `if (targetIp !== ip) return [];\n    ${learnLast}` }],
  },
  {
    ...networkInterface,
    name: "learns-from-unicast-replies",
    says: "learns from a reply only when it was sent to our card alone",
    check: "lab-5.learns-from-broadcast-reply",
    edits: [
      ...withFrameDestination,
      { find: learnLast, replace: `if (operation === "reply" && destination !== mac) return [];\n    ${learnLast}` },
    ],
  },
  {
    ...networkInterface,
    name: "compares-target-before-learning",
    says: "learns from a reply only when targetMac is our card",
    check: "lab-5.learns-whatever-the-target",
    edits: [{ find: learnLast, replace: `if (operation === "reply" && parsed.value.targetMac !== mac) return [];\n    ${learnLast}` }],
  },
  {
    ...networkInterface,
    name: "ignores-announcements",
    says: "ignores a request in which sender and target are the same",
    check: "lab-5.learns-from-announcement",
    edits: [{ find: learnLast, replace: `if (senderIp === targetIp) return [];\n    ${learnLast}` }],
  },
  {
    ...networkInterface,
    name: "learns-frame-source",
    says: "learns the frame's source, and not what the message says",
    check: "lab-5.learns-from-arp-fields",
    edits: [...withFrameSource, { find: learnLast, replace: learnLast.replace("senderMac", "source") }],
  },
  {
    ...networkInterface,
    name: "learns-from-ipv4",
    says: "learns from IPv4 packets, too",
    check: "lab-5.ipv4-teaches-nothing",
    edits: [
      {
        find: "receive: ({ destination, etherType, payload }) => {",
        replace: "receive: ({ destination, source, etherType, payload }) => {",
      },
      {
        find: "if (etherType === etherTypes.ipv4) return receiveIpv4(payload);",
        replace: `if (etherType === etherTypes.ipv4) {
        const actions = receiveIpv4(payload);
        for (const action of actions) if (action.kind === "deliver") table.learn(action.packet.source, source);
        return actions;
      }`,
      },
    ],
  },
  {
    ...networkInterface,
    name: "refreshes-by-ipv4",
    says: "lets a mapping live longer when a packet comes from there",
    check: "lab-5.ipv4-teaches-nothing",
    edits: [
      {
        find: "if (etherType === etherTypes.ipv4) return receiveIpv4(payload);",
        replace: `if (etherType === etherTypes.ipv4) {
        const actions = receiveIpv4(payload);
        for (const action of actions) {
          const known = action.kind === "deliver" ? table.lookup(action.packet.source) : undefined;
          if (action.kind === "deliver" && known !== undefined) table.learn(action.packet.source, known);
        }
        return actions;
      }`,
      },
    ],
  },
  {
    ...networkInterface,
    name: "replies-send-the-queue",
    says: "sends what waits after replies only",
    check: "lab-5.request-sends-the-queue",
    edits: [
      { find: learnLast, replace: learnLast.replace("senderIp, senderMac", "senderIp, senderMac, operation") },
      {
        find: "function learn(senderIp: Ipv4Address, senderMac: MacAddress)",
        replace: "function learn(senderIp: Ipv4Address, senderMac: MacAddress, operation: string)",
      },
      { find: flush, replace: `if (operation === "request") return [];\n    ${flush}` },
    ],
  },
  {
    ...networkInterface,
    name: "answers-or-sends",
    says: "answers a request and does not send what waits for the asker",
    check: "lab-5.asks-and-answers",
    edits: [
      {
        find: learnLast,
        replace: `if (answers.length === 0) return learn(senderIp, senderMac);
    table.learn(senderIp, senderMac);
    return answers;`,
      },
    ],
  },
  {
    ...networkInterface,
    name: "late-answer-ignored",
    says: "throws away an answer that comes too late",
    check: "lab-5.late-answer-teaches",
    edits: [
      { find: queue, replace: `${queue}\n  const asked = new Set<Ipv4Address>();` },
      { find: hold, replace: `asked.add(nextHop);\n      ${hold}` },
      {
        find: `table.learn(senderIp, senderMac);
    ${flush}`,
        replace: `const packets = pending.take(senderIp);
    if (asked.delete(senderIp) && packets.length === 0) return [];
    table.learn(senderIp, senderMac);
    return packets.map((packet) => transmit(senderMac, etherTypes.ipv4, packet));`,
      },
    ],
  },
  {
    ...networkInterface,
    name: "announcement-refreshes-nothing",
    says: "takes an announcement of what it knows for no lesson",
    check: "lab-5.interface-model",
    edits: [
      { find: learnLast, replace: `if (senderIp === targetIp && table.lookup(senderIp) === senderMac) return [];\n    ${learnLast}` },
    ],
  },
  {
    ...networkInterface,
    name: "throws-at-a-conflict",
    says: "throws when somebody claims our IP",
    check: "lab-5.own-ip-claim-survives",
    edits: [
      {
        find: "if (senderIp === ip || senderIp === noAddress)",
        replace: 'if (senderIp === ip) throw new Error("conflict");\n    if (senderIp === noAddress)',
      },
    ],
  },
  {
    ...networkInterface,
    name: "learns-own-ip",
    says: "learns its own IP from others",
    check: "lab-5.own-ip-not-learned",
    edits: [{ find: "senderIp === ip || senderIp === noAddress", replace: "senderIp === noAddress" }],
  },
  {
    ...networkInterface,
    name: "learns-0.0.0.0",
    says: "learns 0.0.0.0 from a probe",
    check: "lab-5.probe-answered",
    edits: [{ find: "senderIp === ip || senderIp === noAddress", replace: "senderIp === ip" }],
  },
  {
    ...networkInterface,
    name: "probes-ignored",
    says: "does not answer a probe",
    check: "lab-5.probe-answered",
    edits: [{ find: asksUs, replace: `${asksUs} && senderIp !== noAddress` }],
  },
  {
    ...networkInterface,
    name: "learns-groups",
    says: "learns a group address",
    check: "lab-5.group-mac-not-learned",
    edits: [{ find: station, replace: "firstByte >= 0 && mac !== broadcastMac && mac !== zeroMac" }],
  },
  {
    ...networkInterface,
    name: "learns-broadcast",
    says: "learns ff:ff:ff:ff:ff:ff",
    check: "lab-5.broadcast-mac-not-learned",
    edits: [{ find: station, replace: "((firstByte & 1) === 0 || mac === broadcastMac) && mac !== zeroMac" }],
  },
  {
    ...networkInterface,
    name: "learns-zero",
    says: "learns 00:00:00:00:00:00",
    check: "lab-5.zero-mac-not-learned",
    edits: [{ find: station, replace: "(firstByte & 1) === 0" }],
  },
];
