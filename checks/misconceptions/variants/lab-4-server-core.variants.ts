import type { Variant } from "./variant.ts";

const serverCore = { lab: "lab-4", file: "server-core.ts" } as const;

/** Lab 4's server-core.ts with one bug each, in all that is not about time. */
export const serverCoreVariants: readonly Variant[] = [
  {
    ...serverCore,
    name: "trailing-space",
    says: "puts a space behind the grant's text",
    check: "lab-4.grants-an-address",
    edits: [
      {
        find: `data: addressGrant.serialize({ address, route, dns }) }) };
  }`,
        replace: `data: Uint8Array.of(...addressGrant.serialize({ address, route, dns }), 32) }) };
  }`,
      },
    ],
  },
  {
    ...serverCore,
    name: "dns-constant",
    says: "has the DNS servers written into the code",
    check: "lab-4.grant-says-what-is-configured",
    edits: [
      {
        find: "addressGrant.serialize({ address, route, dns })",
        replace: `addressGrant.serialize({ address, route, dns: ["8.8.8.8", "8.8.4.4", "1.1.1.1"] as never })`,
      },
    ],
  },
  {
    ...serverCore,
    name: "route-constant",
    says: "has the route written into the code",
    check: "lab-4.grant-says-what-is-configured",
    edits: [
      {
        find: "addressGrant.serialize({ address, route, dns })",
        replace: `addressGrant.serialize({ address, route: "0.0.0.0" as never, dns })`,
      },
    ],
  },
  {
    ...serverCore,
    name: "address-at-connect",
    says: "lends an address to whoever connects",
    check: "lab-4.each-its-own-address",
    edits: [
      {
        find: "      sessions.open(id);",
        replace: `      sessions.open(id);
      sessions.assign(id);`,
      },
    ],
  },
  {
    ...serverCore,
    name: "second-address",
    says: "lends a second address at a second 100, and leaks the first",
    check: "lab-4.second-request-same-address",
    edits: [
      {
        find: "    const address = sessions.assign(id);",
        replace: `    if (session.lease !== undefined) {
      const leaked = (id + 1000) as SessionId;
      sessions.close(id);
      sessions.open(leaked);
      sessions.assign(leaked);
      sessions.open(id);
    }
    const address = sessions.assign(id);`,
      },
    ],
  },
  {
    ...serverCore,
    name: "answers-once",
    says: "does not answer a second 100",
    check: "lab-4.second-request-same-address",
    edits: [
      {
        find: `      case "ip-request":
        return grant(id, session);`,
        replace: `      case "ip-request":
        return session.lease === undefined ? grant(id, session) : undefined;`,
      },
    ],
  },
  {
    ...serverCore,
    name: "heartbeat-restarted-by-request",
    says: "makes a new heartbeat at each 100",
    check: "lab-4.second-request-keeps-heartbeat",
    edits: [{ find: "session.lease ??= {", replace: "session.lease = {" }],
  },
  {
    ...serverCore,
    name: "garbage-when-exhausted",
    says: "invents an address when none is left",
    check: "lab-4.pool-exhausted",
    edits: [
      {
        find: `if (address === undefined) return close(id, "pool-exhausted");`,
        replace: `if (address === undefined) return { kind: "send", to: id, bytes: encodeMessage({ type: "ip-response", data: addressGrant.serialize({ address: route, route, dns }) }) };`,
      },
    ],
  },
  {
    ...serverCore,
    name: "exhausted-not-closed",
    says: "keeps the connection when no address is left",
    check: "lab-4.pool-exhausted",
    edits: [
      {
        find: `if (address === undefined) return close(id, "pool-exhausted");`,
        replace: `if (address === undefined) return { kind: "drop", session: id, reason: "no-address" };`,
      },
    ],
  },
  {
    ...serverCore,
    name: "exhausted-once-exhausted",
    says: "lends nothing any more once the pool was empty",
    check: "lab-4.pool-recovers",
    edits: [
      {
        find: "  const open = new Map<SessionId, Session>();",
        replace: `  let exhausted = false;
  const open = new Map<SessionId, Session>();`,
      },
      {
        find: `if (address === undefined) return close(id, "pool-exhausted");`,
        replace: `exhausted ||= address === undefined;
    if (address === undefined || exhausted) return close(id, "pool-exhausted");`,
      },
    ],
  },
  {
    ...serverCore,
    name: "counts-clients",
    says: "counts its clients to see whether the pool is empty, those who ask again too",
    check: "lab-4.holder-asks-when-empty",
    edits: [
      {
        find: "    const address = sessions.assign(id);",
        replace: `    const full = [...open.values()].filter(({ lease }) => lease !== undefined).length >= 5;
    const address = full ? undefined : sessions.assign(id);`,
      },
    ],
  },
  {
    ...serverCore,
    name: "goes-on-after-close",
    says: "acts on what stands behind the message that closed the session",
    check: "lab-4.exhausted-is-closed",
    edits: [
      {
        find: `        if (action?.kind === "close") break;
`,
        replace: "",
      },
    ],
  },
  {
    ...serverCore,
    name: "message-into-tun",
    says: "writes the whole message to the TUN, header included",
    check: "lab-4.writes-to-tun",
    edits: [
      {
        find: `return { kind: "write-tun", packet };`,
        replace: `return { kind: "write-tun", packet: encodeMessage({ type: "internet-request", packet }) };`,
      },
    ],
  },
  {
    ...serverCore,
    name: "time-to-live-lowered",
    says: "lowers the time to live, as a router would",
    check: "lab-4.packets-unchanged",
    edits: [
      {
        find: `return { kind: "write-tun", packet };`,
        replace: `const lowered = packet.slice();
  lowered[8] = (lowered[8] ?? 1) - 1;
  return { kind: "write-tun", packet: lowered };`,
      },
    ],
  },
  {
    ...serverCore,
    name: "largest-packet-refused",
    says: "refuses the largest packet that fits a message",
    check: "lab-4.largest-packet",
    edits: [{ find: "messageHeader + packet.length > maxLength", replace: "messageHeader + packet.length >= maxLength" }],
  },
  {
    ...serverCore,
    name: "spoofing-is-malformed",
    says: "gives another reason for a spoofed source",
    check: "lab-4.spoofed-source",
    edits: [{ find: `reason: "spoofed-source" }`, replace: `reason: "malformed-packet" }` }],
  },
  {
    ...serverCore,
    name: "any-source",
    says: "accepts every source",
    check: "lab-4.spoofed-source",
    edits: [{ find: "if (!isFrom(packet, lease.source))", replace: "if (packet.length === 0)" }],
  },
  {
    ...serverCore,
    name: "source-lent-to-anybody",
    says: "accepts every address that is lent to somebody",
    check: "lab-4.spoofed-source",
    edits: [
      {
        find: "if (!isFrom(packet, lease.source))",
        replace: "if (packet[12] !== 13 || packet[13] !== 8 || packet[14] !== 0 || packet[15] === 1 || (packet[15] ?? 0) > 3)",
      },
    ],
  },
  {
    ...serverCore,
    name: "between-clients",
    says: "does not write packets for another client to the TUN",
    check: "lab-4.any-destination",
    edits: [
      {
        find: `return { kind: "write-tun", packet };`,
        replace: `return packet[16] === 13 ? { kind: "drop", session: id, reason: "no-session" } : { kind: "write-tun", packet };`,
      },
    ],
  },
  {
    ...serverCore,
    name: "first-event-only",
    says: "takes one chunk for one message",
    check: "lab-4.several-messages-in-a-chunk",
    edits: [
      {
        find: `        if (action?.kind === "close") break;
`,
        replace: `        break;
`,
      },
    ],
  },
  {
    ...serverCore,
    name: "one-answer-a-chunk",
    says: "gives the last answer of a chunk only",
    check: "lab-4.replay-session-b",
    edits: [
      {
        find: `      return actions;
      // END SOLUTION
      // STUB: return notImplemented("lab-4 receive"`,
        replace: `      return actions.slice(-1);
      // END SOLUTION
      // STUB: return notImplemented("lab-4 receive"`,
      },
    ],
  },
  {
    ...serverCore,
    name: "decoder-per-chunk",
    says: "makes a new decoder for each chunk",
    check: "lab-4.messages-cut-anywhere",
    edits: [{ find: "session.decoder.receive(chunk)", replace: "createMessageDecoder({ maxLength }).receive(chunk)" }],
  },
  {
    ...serverCore,
    name: "one-decoder",
    says: "has one decoder for all sessions",
    check: "lab-4.sessions-do-not-mix",
    edits: [
      {
        find: "  const open = new Map<SessionId, Session>();",
        replace: `  const shared = createMessageDecoder({ maxLength });
  const open = new Map<SessionId, Session>();`,
      },
      { find: "session.decoder.receive(chunk)", replace: "shared.receive(chunk)" },
    ],
  },
  {
    ...serverCore,
    name: "limit-constant",
    says: "has 4101 written into the code",
    check: "lab-4.length-limit-is-configured",
    edits: [{ find: "createMessageDecoder({ maxLength })", replace: "createMessageDecoder({ maxLength: 4101 })" }],
  },
  {
    ...serverCore,
    name: "crash-before-grant",
    says: "crashes at a 102 before the grant",
    check: "lab-4.before-the-grant",
    edits: [
      {
        find: `if (lease === undefined) return { kind: "drop", session: id, reason: "no-address" };
  const fault`,
        replace: `if (lease === undefined) throw new TypeError("users[-1]");
  const fault`,
      },
    ],
  },
  {
    ...serverCore,
    name: "closes-before-grant",
    says: "closes at a 104 before the grant",
    check: "lab-4.before-the-grant",
    edits: [
      {
        find: `        if (session.lease === undefined) return { kind: "drop", session: id, reason: "no-address" };`,
        replace: `        if (session.lease === undefined) return close(id, "bad-message");`,
      },
    ],
  },
  {
    ...serverCore,
    name: "wrong-direction-closes",
    says: "closes at a 101",
    check: "lab-4.wrong-direction",
    edits: [{ find: `return { kind: "drop", session: id, reason: "wrong-direction" };`, replace: `return close(id, "bad-message");` }],
  },
  {
    ...serverCore,
    name: "103-into-tun",
    says: "forwards a 103 as if it were a 102",
    check: "lab-4.wrong-direction",
    edits: [
      {
        find: `      case "internet-request":
        return forward`,
        replace: `      case "internet-request":
      case "internet-response":
        return forward`,
      },
      {
        find: `      case "ip-response":
      case "internet-response":`,
        replace: `      case "ip-response":`,
      },
    ],
  },
  {
    ...serverCore,
    name: "unknown-type-closes",
    says: "closes at an unknown type",
    check: "lab-4.unknown-types",
    edits: [
      {
        find: `if (event.kind === "ignored") return { kind: "drop", session: id, reason: "unknown-type" };`,
        replace: `if (event.kind === "ignored") return close(id, "bad-message");`,
      },
    ],
  },
  {
    ...serverCore,
    name: "unknown-type-not-counted",
    says: "does not count an unknown type",
    check: "lab-4.unknown-types",
    edits: [
      {
        find: `if (event.kind === "ignored") return { kind: "drop", session: id, reason: "unknown-type" };`,
        replace: `if (event.kind === "ignored") return undefined;`,
      },
    ],
  },
  {
    ...serverCore,
    name: "request-must-be-exact",
    says: "closes at a 100 whose length is not 5",
    check: "lab-4.data-in-100-and-104",
    edits: [
      {
        find: `      const actions: ServerAction[] = [];
      for (const event of session.decoder.receive(chunk)) {`,
        replace: `      const actions: ServerAction[] = [];
      if (chunk[4] === 100 && chunk[0] !== 5) return [close(id, "bad-message")];
      for (const event of session.decoder.receive(chunk)) {`,
      },
    ],
  },
  {
    ...serverCore,
    name: "framing-error-ignored",
    says: "does not close at lost framing",
    check: "lab-4.framing-error-closes",
    edits: [
      { find: `if (event.kind === "error") return close(id, "bad-message");`, replace: `if (event.kind === "error") return undefined;` },
    ],
  },
  {
    ...serverCore,
    name: "framing-error-first",
    says: "throws a chunk with a framing error away as a whole",
    check: "lab-4.acts-before-framing-error",
    edits: [
      {
        find: "      for (const event of session.decoder.receive(chunk)) {",
        replace: `      const events = session.decoder.receive(chunk);
      if (events.at(-1)?.kind === "error") return [close(id, "bad-message")];
      for (const event of events) {`,
      },
    ],
  },
  {
    ...serverCore,
    name: "address-lost-at-error",
    says: "keeps the address of a session that it closes for lost framing",
    check: "lab-4.framing-error-closes",
    edits: [
      {
        find: `    forget(id);
    return { kind: "close"`,
        replace: `    if (reason === "bad-message") open.delete(id);
    else forget(id);
    return { kind: "close"`,
      },
    ],
  },
  {
    ...serverCore,
    name: "address-lost-at-disconnect",
    says: "keeps the address of a client that has left",
    check: "lab-4.disconnect-gives-back",
    edits: [
      {
        find: `      forget(id);
      return [];`,
        replace: `      open.delete(id);
      return [];`,
      },
    ],
  },
  {
    ...serverCore,
    name: "session-kept-at-disconnect",
    says: "lets a session tick after its client has left",
    check: "lab-4.disconnect-without-address",
    edits: [
      {
        find: `      forget(id);
      return [];`,
        replace: `      sessions.close(id);
      return [];`,
      },
    ],
  },
  {
    ...serverCore,
    name: "speaks-after-close",
    says: "goes on with a new decoder after lost framing",
    check: "lab-4.silence-after-close",
    edits: [
      {
        find: "      if (session === undefined) return [];",
        replace: `      if (session === undefined) {
        sessions.open(id);
        open.set(id, { decoder: createMessageDecoder({ maxLength }), waited: 0, lease: undefined });
        return [];
      }`,
      },
    ],
  },
  {
    ...serverCore,
    name: "disconnect-throws",
    says: "throws at a disconnect after its own close",
    check: "lab-4.silence-after-close",
    edits: [
      {
        find: `      forget(id);
      return [];`,
        replace: `      if (!open.has(id)) throw new RangeError("unknown session");
      forget(id);
      return [];`,
      },
    ],
  },
  {
    ...serverCore,
    name: "owners-never-forgotten",
    says: "remembers owners of addresses by itself, for ever",
    check: "lab-4.disconnected-gets-nothing",
    edits: [
      {
        find: "  const open = new Map<SessionId, Session>();",
        replace: `  const owners = new Map<string, SessionId>();
  const open = new Map<SessionId, Session>();`,
      },
      {
        find: "    // Only the first request starts",
        replace: `    owners.set(address, id);
    // Only the first request starts`,
      },
      { find: "const owner = sessions.ownerOf(destinationOf(packet));", replace: "const owner = owners.get(destinationOf(packet));" },
    ],
  },
  {
    ...serverCore,
    name: "first-owner-stays",
    says: "remembers who had an address first",
    check: "lab-4.reused-address",
    edits: [
      {
        find: "  const open = new Map<SessionId, Session>();",
        replace: `  const owners = new Map<string, SessionId>();
  const open = new Map<SessionId, Session>();`,
      },
      {
        find: "    // Only the first request starts",
        replace: `    if (!owners.has(address)) owners.set(address, id);
    // Only the first request starts`,
      },
      {
        find: "const owner = sessions.ownerOf(destinationOf(packet));",
        replace: `const destination = destinationOf(packet);
      const owner = sessions.ownerOf(destination) === undefined ? undefined : owners.get(destination);`,
      },
    ],
  },
  {
    ...serverCore,
    name: "tun-not-checked",
    says: "does not look whether a packet from the TUN is whole",
    check: "lab-4.tun-malformed",
    edits: [
      {
        find: `      const fault = packetFault(packet);
      if (fault !== undefined) return [{ kind: "drop", reason: fault }];
`,
        replace: `      if ((packet[0] ?? 0x40) >> 4 !== 4) return [{ kind: "drop", reason: "not-ipv4" }];
`,
      },
    ],
  },
  {
    ...serverCore,
    name: "aborts-at-ipv6",
    says: "throws at the kernel's IPv6",
    check: "lab-4.replay-session-a",
    edits: [
      {
        find: `      if (fault !== undefined) return [{ kind: "drop", reason: fault }];`,
        replace: `      if (fault === "not-ipv4") throw new TypeError("abort");
      if (fault !== undefined) return [{ kind: "drop", reason: fault }];`,
      },
    ],
  },
  {
    ...serverCore,
    name: "too-long-sent",
    says: "sends a packet that no message can carry",
    check: "lab-4.tun-too-long",
    edits: [{ find: "messageHeader + packet.length > maxLength", replace: "packet.length > maxLength" }],
  },
  {
    ...serverCore,
    name: "to-everybody",
    says: "sends a packet from the TUN to every client",
    check: "lab-4.tun-to-client",
    edits: [
      {
        find: `      return [{ kind: "send", to: owner, bytes: encodeMessage({ type: "internet-response", packet }) }];`,
        replace: `      return [...open.keys()].map((to) => ({ kind: "send", to, bytes: encodeMessage({ type: "internet-response", packet }) }) as const);`,
      },
    ],
  },
  {
    ...serverCore,
    name: "unknown-to-first",
    says: "sends what nobody holds to the first client",
    check: "lab-4.tun-unknown-destination",
    edits: [
      {
        find: "const owner = sessions.ownerOf(destinationOf(packet));",
        replace: "const owner = sessions.ownerOf(destinationOf(packet)) ?? [...open.keys()][0];",
      },
    ],
  },
  {
    ...serverCore,
    name: "sends-102",
    says: "sends packets to the client as 102",
    check: "lab-4.tun-to-client",
    edits: [
      { find: `encodeMessage({ type: "internet-response", packet })`, replace: `encodeMessage({ type: "internet-request", packet })` },
    ],
  },
  {
    ...serverCore,
    name: "owner-zero-is-nobody",
    says: "takes session 0 for none",
    check: "lab-4.tun-to-client",
    edits: [{ find: "if (owner === undefined) return", replace: "if (!owner) return" }],
  },
  {
    ...serverCore,
    name: "cores-share-sessions",
    says: "keeps the sessions outside createServerCore",
    check: "lab-4.two-cores",
    edits: [
      {
        find: `  const open = new Map<SessionId, Session>();
`,
        replace: "",
      },
      {
        find: "/** What becomes of the packet",
        replace: `const open = new Map<SessionId, Session>();

/** What becomes of the packet`,
      },
    ],
  },
];
