import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasReference, labFolders } from "#launch/implementation.mjs";
import { memorySubmission } from "../model/memory-submission.ts";
import { gradeSubmission } from "../run/grade-submission.ts";
import { referenceSources } from "../run/lab-sources.ts";
import type { Sandbox } from "../sandbox/confined.ts";
import { openSandbox } from "../sandbox/open-sandbox.ts";
import { impatient } from "./battle-ground.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

/** A server that pours bytes over each client, as fast as they are taken. */
const pouring = (bytes: string) => `// @ts-nocheck
import { Socket } from "node:net";
const bytes = ${bytes};
const emit = Socket.prototype.emit;
Socket.prototype.emit = function (name, ...rest) {
  if (name === "data" && this.poured !== true && this.remoteAddress !== undefined) {
    this.poured = true;
    const more = () => { while (!this.destroyed && this.write(bytes)); };
    this.on("drain", more);
    more();
  }
  return emit.call(this, name, ...rest);
};
export const runServer = ({ listener, device, ticker }) => {
  listener.onConnection((connection) => { connection.onData(() => {}); connection.onClose(() => {}); });
  return { stop: async () => { await listener.close(); await device.close(); ticker.stop(); } };
};
`;

const floods: Readonly<Record<string, string>> = {
  "one message that has no end": `Buffer.alloc(1 << 20, 0x7f)`,
  "the smallest messages there are": `Buffer.concat(Array.from({ length: 100_000 }, () => Buffer.from([5, 0, 0, 0, 104])))`,
  "messages of no length": `Buffer.alloc(1 << 20)`,
};

describe.skipIf(!hasReference || process.platform !== "linux")("a server that pours", () => {
  it.each(Object.entries(floods))("%s is left, and the grader keeps no more than it can bear", async (_, bytes) => {
    const solved = [...(referenceSources()?.["lab-4"] ?? [])].map(([name, text]) => [`${labFolders["lab-4"]}/${name}`, text]);
    const files = { ...Object.fromEntries(solved), [`${labFolders["lab-4"]}/run-server.ts`]: pouring(bytes) };
    const before = process.memoryUsage.rss();
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 20);
    const grade = await gradeSubmission(memorySubmission("pours", files), {
      labs: ["lab-4"],
      seed: 1,
      sandbox,
      limits: { ...impatient, submission: 20_000 },
    });
    clearInterval(watch);
    expect(grade.problem).toBeUndefined();
    const shell = (grade.labs[0]?.checks ?? []).filter(({ id }) => id.startsWith("lab-4.shell"));
    expect(shell.length).toBeGreaterThan(0);
    expect(shell.filter(({ status }) => status === "passed").map(({ id }) => id)).toEqual([]);
    expect((most - before) / (1 << 20)).toBeLessThan(512);
  });
});
