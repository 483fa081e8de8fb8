import type { Patch } from "./patch.ts";

const decoder = { lab: "lab-1", file: "message-decoder.ts" } as const;

const lengthCheck = "if (length < headerLength || length > maxLength) {";

/** Faults of lab 1. */
export const codecPatches: readonly Patch[] = [
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
    fails: ["length-4102", "length-5000"],
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
    lab: "lab-1",
    file: "address-grant.ts",
    fault: "sends the text of a 101 with a NUL behind it",
    replace: [`[grant.address, grant.route, ...grant.dns].join(" ")`, '`${[grant.address, grant.route, ...grant.dns].join(" ")}\\0`'],
    fails: ["grant-text"],
  },
];
