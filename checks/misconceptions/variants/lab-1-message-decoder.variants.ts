import type { Variant } from "./variant.ts";

const messageDecoder = { lab: "lab-1", file: "message-decoder.ts" } as const;

/** Lab 1's message decoder with one bug each. */
export const messageDecoderVariants: readonly Variant[] = [
  {
    ...messageDecoder,
    name: "decoder-mixes-types",
    says: "takes a 103 for a 102",
    check: "lab-1.decode-each-type",
    edits: [{ find: 'return { type: "internet-response", packet: data };', replace: 'return { type: "internet-request", packet: data };' }],
  },
  {
    ...messageDecoder,
    name: "one-recv-one-message",
    says: "takes one read for one message",
    check: "lab-1.decode-glued",
    edits: [
      {
        find: "        events.push(event);\n      }",
        replace: "        events.push(event);\n        break;\n      }\n      if (events.length > 0) intake.open(nothing);",
      },
    ],
  },
  {
    ...messageDecoder,
    name: "forgets-the-tail",
    says: "forgets what a chunk ends with",
    check: "lab-1.decode-split",
    edits: [
      { find: "      // The chunk was only borrowed.", replace: "      intake.forget();" },
      {
        find: "  return {\n    open(next",
        replace: "  return {\n    forget(): void {\n      copied = 0;\n      copy = nothing;\n    },\n    open(next",
      },
    ],
  },
  {
    ...messageDecoder,
    name: "header-in-one-piece",
    says: "loses a header that comes in pieces",
    check: "lab-1.decode-bytewise",
    edits: [
      {
        find: "    if (!intake.has(headerLength)) return undefined;",
        replace: "    if (!intake.has(headerLength)) {\n      intake.forget();\n      return undefined;\n    }",
      },
      {
        find: "  return {\n    open(next",
        replace: "  return {\n    forget(): void {\n      copied = 0;\n      copy = nothing;\n    },\n    open(next",
      },
    ],
  },
  {
    ...messageDecoder,
    name: "one-message-late",
    says: "gives a message out only when more bytes follow it",
    check: "lab-1.decode-at-once",
    edits: [
      {
        find: "    if (!intake.has(length)) return undefined;",
        replace: "    if (!intake.has(length) || intake.ends(length)) return undefined;",
      },
      {
        find: "  return {\n    open(next",
        replace:
          "  return {\n    ends: (length: number) => (copied === 0 ? chunk.length - offset === length : chunk.length === offset),\n    open(next",
      },
    ],
  },
  {
    ...messageDecoder,
    name: "empty-chunk-ends",
    says: "takes an empty chunk for the end of the stream",
    check: "lab-1.decode-empty-chunk",
    edits: [{ find: "      intake.open(chunk);", replace: "      if (chunk.length === 0) framingLost = true;\n      intake.open(chunk);" }],
  },
  {
    ...messageDecoder,
    name: "keeps-views",
    says: "keeps a view of the chunk instead of a copy",
    check: "lab-1.decode-keeps-copies",
    edits: [
      {
        find: "    if (copied + part.length > copy.length) {",
        replace:
          "    if (copied === 0) {\n      copy = part;\n      copied = part.length;\n      offset += part.length;\n      return;\n    }\n    if (copied + part.length > copy.length) {",
      },
    ],
  },
  {
    ...messageDecoder,
    name: "unknown-type-is-an-error",
    says: "ends the stream at an unknown type",
    check: "lab-1.decode-unknown-type",
    edits: [{ find: "    return message ?", replace: "    framingLost = message === undefined;\n    return message ?" }],
  },
  {
    ...messageDecoder,
    name: "unknown-told-early",
    says: "skips an unknown message before it is whole",
    check: "lab-1.decode-unknown-type-split",
    edits: [
      {
        find: "    if (!intake.has(length)) return undefined;",
        replace:
          '    const known = intake.byte(4) >= 100 && intake.byte(4) <= 104;\n    if (!known && intake.has(headerLength + 1)) return { kind: "ignored", type: intake.byte(4), length: intake.take(headerLength + 1).length };\n    if (!intake.has(length)) return undefined;',
      },
    ],
  },
  {
    ...messageDecoder,
    name: "heartbeat-with-data-refused",
    says: "takes a heartbeat with data for a framing error",
    check: "lab-1.decode-data-in-heartbeat",
    edits: [
      {
        find: "if (length < headerLength || length > maxLength) {",
        replace: "if (length < headerLength || length > maxLength || (intake.byte(4) === 104 && length > headerLength)) {",
      },
    ],
  },
  {
    ...messageDecoder,
    name: "short-length-refused",
    says: "takes a heartbeat that says length 0 for a framing error",
    check: "lab-1.decode-short-length-tolerated",
    edits: [{ find: "return headerOnly ? headerLength : length;", replace: "return headerOnly && length === 4 ? headerLength : length;" }],
  },
  {
    ...messageDecoder,
    name: "short-length-accepted",
    says: "takes every length below 5 as 5",
    check: "lab-1.decode-length-too-short",
    edits: [
      {
        find: "return headerOnly ? headerLength : length;",
        replace: "return headerOnly || length < headerLength ? headerLength : length;",
      },
    ],
  },
  {
    ...messageDecoder,
    name: "no-upper-limit",
    says: "does not compare the length with the limit",
    check: "lab-1.decode-length-too-long",
    edits: [{ find: " || length > maxLength) {", replace: ") {" }],
  },
  {
    ...messageDecoder,
    name: "length-signed",
    says: "compares the length as a signed number",
    check: "lab-1.decode-length-unsigned",
    edits: [
      { find: "(intake.byte(3) << 24)) >>> 0;", replace: "(intake.byte(3) << 24)) | 0;" },
      { find: "const headerOnly = length < headerLength &&", replace: "const headerOnly = length < headerLength && length > -6 &&" },
      {
        find: "if (length < headerLength || length > maxLength) {",
        replace: "if ((length >= 0 && length < headerLength) || length > maxLength) {",
      },
    ],
  },
  {
    ...messageDecoder,
    name: "error-late",
    says: "tells a wrong length only when data follows",
    check: "lab-1.decode-error-early",
    edits: [
      {
        find: "    const length = announcedLength(intake);",
        replace:
          "    const length = announcedLength(intake);\n    if (length > maxLength && !intake.has(headerLength + 1)) return undefined;",
      },
    ],
  },
  {
    ...messageDecoder,
    name: "error-swallows",
    says: "throws the messages in front of an error away",
    check: "lab-1.decode-before-error",
    edits: [
      {
        find: "        events.push(event);",
        replace: '        if (event.kind === "error") events.length = 0;\n        events.push(event);',
      },
    ],
  },
  {
    ...messageDecoder,
    name: "goes-on-after-error",
    says: "goes on after a framing error",
    check: "lab-1.decode-dead-after-error",
    edits: [{ find: "      while (!framingLost) {", replace: "      framingLost = false;\n      while (!framingLost) {" }],
  },
  {
    ...messageDecoder,
    name: "decoders-share-a-buffer",
    says: "keeps the cut message outside of the decoder, where all share it",
    check: "lab-1.decode-two-decoders",
    edits: [
      { find: "  const intake = createIntake();", replace: "  const intake = shared;" },
      {
        find: "type Intake = ReturnType<typeof createIntake>;",
        replace: "type Intake = ReturnType<typeof createIntake>;\n\nconst shared = createIntake();",
      },
    ],
  },
  {
    ...messageDecoder,
    name: "buffer-used-again",
    says: "gives out views of a buffer that it writes again",
    check: "lab-1.decode-results-stay",
    edits: [{ find: "        copy = nothing;\n        copied = 0;", replace: "        copied = 0;" }],
  },
  {
    ...messageDecoder,
    name: "events-share-a-list",
    says: "returns the same list of events from each call",
    check: "lab-1.decode-each-type",
    edits: [
      { find: "  let framingLost = false;", replace: "  let framingLost = false;\n  const events: DecoderEvent[] = [];" },
      { find: "      const events: DecoderEvent[] = [];", replace: "      events.length = 0;" },
    ],
  },
  {
    ...messageDecoder,
    name: "limit-unchecked",
    says: "accepts any limit, also NaN",
    check: "lab-1.decode-limit-misuse",
    edits: [{ find: "if (!Number.isInteger(maxLength) || maxLength < headerLength)", replace: "if (maxLength < 0)" }],
  },
  {
    ...messageDecoder,
    name: "cut-header-loses-a-byte",
    says: "loses a byte when the cut lies right behind a header",
    check: "lab-1.decode-generated",
    edits: [
      {
        find: "    if (!intake.has(length)) return undefined;",
        replace: "    if (!intake.has(length)) {\n      intake.trim();\n      return undefined;\n    }",
      },
      {
        find: "  return {\n    open(next",
        replace: "  return {\n    trim(): void {\n      if (copied === headerLength) copied--;\n    },\n    open(next",
      },
    ],
  },
  {
    ...messageDecoder,
    name: "limit-plus-one",
    says: "allows one byte more than the limit",
    check: "lab-1.decode-noise",
    edits: [{ find: " || length > maxLength) {", replace: " || length > maxLength + 1) {" }],
  },
  {
    ...messageDecoder,
    name: "large-lost",
    says: "loses messages of more than 1000 bytes",
    check: "lab-1.replay-session-a",
    edits: [{ find: "    return message ?", replace: "    return message && length <= 1000 ?" }],
  },
  {
    ...messageDecoder,
    name: "nagle",
    says: "gives no more than two messages out at a time",
    check: "lab-1.replay-session-b",
    edits: [
      {
        find: "      intake.open(nothing);\n      return events;",
        replace: "      intake.open(nothing);\n      return events.slice(0, 2);",
      },
    ],
  },
  {
    ...messageDecoder,
    name: "waits-for-a-full-chunk",
    says: "gives a message out only when its chunk ends with it",
    check: "lab-1.replay-segments-down",
    edits: [
      {
        find: "      intake.open(nothing);\n      return events;",
        replace: "      intake.open(nothing);\n      held.push(...events);\n      return intake.waiting() ? [] : held.splice(0);",
      },
      { find: "  const intake = createIntake();", replace: "  const intake = createIntake();\n  const held: DecoderEvent[] = [];" },
      { find: "  return {\n    open(next", replace: "  return {\n    waiting: () => copied > 0,\n    open(next" },
    ],
  },
  {
    ...messageDecoder,
    name: "last-first",
    says: "gives several messages out in the wrong order",
    check: "lab-1.replay-segments-up",
    edits: [
      {
        find: "      intake.open(nothing);\n      return events;",
        replace: "      intake.open(nothing);\n      return events.toReversed();",
      },
    ],
  },
  {
    ...messageDecoder,
    name: "decoder-length-big-endian",
    says: "reads the length in network byte order",
    check: "lab-1.decode-each-type",
    edits: [
      {
        find: "(intake.byte(0) | (intake.byte(1) << 8) | (intake.byte(2) << 16) | (intake.byte(3) << 24)) >>> 0;",
        replace: "((intake.byte(0) << 24) | (intake.byte(1) << 16) | (intake.byte(2) << 8) | intake.byte(3)) >>> 0;",
      },
    ],
  },
  {
    ...messageDecoder,
    name: "decoder-length-without-header",
    says: "takes the length for that of the data alone",
    check: "lab-1.decode-each-type",
    edits: [{ find: "return headerOnly ? headerLength : length;", replace: "return headerOnly ? headerLength : length + headerLength;" }],
  },
  {
    ...messageDecoder,
    name: "unknown-data-not-skipped",
    says: "ignores the header of an unknown message, and takes its data for the next one",
    check: "lab-1.decode-unknown-type",
    edits: [
      {
        find: "    if (!intake.has(length)) return undefined;\n    const type = intake.byte(4);",
        replace: `    const type = intake.byte(4);
    if (messageOf(type, nothing) === undefined) {
      intake.take(headerLength);
      return { kind: "ignored", type, length };
    }
    if (!intake.has(length)) return undefined;`,
      },
    ],
  },
  {
    ...messageDecoder,
    name: "length-judged-when-whole",
    says: "waits for all the announced bytes before it looks whether the length is possible",
    check: "lab-1.decode-length-too-long",
    edits: [
      {
        find: "    if (length < headerLength || length > maxLength) {",
        replace:
          "    if (length >= headerLength && !intake.has(length)) return undefined;\n    if (length < headerLength || length > maxLength) {",
      },
    ],
  },
  {
    ...messageDecoder,
    name: "length-zero-loops",
    says: "goes on by 0 bytes at a length of 0, for ever",
    check: "lab-1.decode-length-too-short",
    stopped: true,
    // Without a list of messages that grows: it is the time that runs out here, and not the memory.
    edits: [
      {
        find: "    if (length < headerLength || length > maxLength) {",
        replace: "    while (length < headerLength) continue;\n    if (length > maxLength) {",
      },
    ],
  },
];
