import type { Attack } from "./attack.ts";

/** Speak to the grader in the driver's name. */
export const forgingAttacks: readonly Attack[] = [
  {
    name: "forge-verdict",
    says: "writes verdicts on the line to the grader",
    imports: `import { writeSync } from "node:fs";`,
    inTick: `writeSync(3, '["verdict","lab-3","passed",50]\\n');`,
    stopped: ["protocol"],
    seen: /broke the rules/,
  },
  {
    name: "guess-numbers",
    says: "answers calls before they are made",
    imports: `import { writeSync } from "node:fs";`,
    inTick: `for (let id = 0; id < 100; id++) writeSync(3, '["outcome","' + id + '","returned",[]]\\n');`,
    stopped: ["protocol"],
    seen: /broke the rules/,
  },
  {
    name: "answer-twice",
    says: "learns the numbers of calls, and answers each twice",
    imports: `import { Socket } from "node:net";`,
    atLoad: `
      const { write } = Socket.prototype;
      Socket.prototype.write = function (text, ...rest) {
        write.call(this, text, ...rest);
        return write.call(this, text, ...rest);
      };`,
    inTick: `report("twice");`,
    seen: /broke the rules/,
  },
  {
    name: "swap-answers",
    says: "answers every call with the answer to another one",
    imports: `import { Socket } from "node:net";`,
    atLoad: `
      const { write } = Socket.prototype;
      let kept;
      Socket.prototype.write = function (text, ...rest) {
        const id = /^\\["outcome","([^"]+)"/.exec(text)?.[1];
        if (id === undefined) return write.call(this, text, ...rest);
        const told = kept === undefined ? text : text.replace(id, kept);
        kept = id;
        return write.call(this, told, ...rest);
      };`,
    inTick: `report("swaps");`,
    seen: /broke the rules/,
  },
  {
    name: "endless-line",
    says: "writes a line to the grader that has no end",
    imports: `import { writeSync } from "node:fs";`,
    inTick: `const zeros = Buffer.alloc(1 << 20, "0"); for (;;) { try { writeSync(3, zeros); } catch (error) { if (error.code !== "EAGAIN") throw error; } }`,
    stopped: ["protocol"],
    seen: /broke the rules/,
  },
  {
    name: "nested-line",
    says: "writes a line to the grader that is nested without end",
    imports: `import { writeSync } from "node:fs";`,
    inTick: `writeSync(3, "[".repeat(60_000) + "\\n");`,
    stopped: ["protocol"],
    seen: /broke the rules/,
  },
  {
    name: "noise",
    says: "writes bytes to the grader that are no text at all",
    imports: `import { writeSync } from "node:fs";`,
    inTick: `writeSync(3, Uint8Array.from({ length: 4096 }, (_, index) => (index * 167) % 256)); writeSync(3, "\\n");`,
    stopped: ["protocol"],
    seen: /broke the rules/,
  },
  {
    name: "hang-up",
    says: "closes the line to the grader, and works on",
    imports: `import { closeSync } from "node:fs";`,
    inTick: `report("closes"); closeSync(3);`,
    stopped: ["protocol", "crash", "timeout"],
  },
  {
    name: "hang-up-halfway",
    says: "closes its half of the line to the grader, and listens on",
    imports: `import { Socket } from "node:net";`,
    atLoad: `
      const { write } = Socket.prototype;
      let line;
      Socket.prototype.write = function (...words) {
        line = this;
        return write.apply(this, words);
      };`,
    inTick: `report("ends"); line?.end();`,
  },
];
