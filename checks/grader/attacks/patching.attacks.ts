import type { Attack } from "./attack.ts";

/** Change what the runtime does, in the hope that somebody who judges uses it. */
export const patchingAttacks: readonly Attack[] = [
  {
    name: "patch-comparisons",
    says: "makes everything equal to everything",
    atLoad: `
      Object.is = () => true;
      Array.prototype.every = () => true;
      Array.prototype.some = () => false;
      String.prototype.localeCompare = () => 0;
      Buffer.compare = Buffer.prototype.equals = Uint8Array.prototype.equals = () => true;
      globalThis.expect = () => new Proxy(() => {}, { get: (_, __, itself) => itself, apply: (_, __, ___) => undefined });`,
    inTick: `report("patched");`,
  },
  {
    name: "patch-json",
    says: "writes its own answers whenever something is made JSON",
    atLoad: `
      const { stringify } = JSON;
      JSON.stringify = (value, ...rest) => stringify(value, ...rest)?.replaceAll("failed", "passed").replaceAll('"earned":0', '"earned":50');
      JSON.parse = () => ({ status: "passed", earned: 50, points: 50 });`,
    inTick: `report("patched");`,
  },
  {
    name: "patch-files",
    says: "changes the functions with which files are written",
    imports: `import fs from "node:fs"; import { syncBuiltinESMExports } from "node:module";`,
    atLoad: `
      const write = fs.writeFileSync;
      fs.writeFileSync = (path, data, ...rest) => write(path, String(data).replaceAll("failed", "passed"), ...rest);
      fs.renameSync = fs.rename = fs.promises.rename = () => {};
      syncBuiltinESMExports();`,
    inTick: `report("patched");`,
  },
  {
    name: "patch-time",
    says: "stops the clocks, and makes timers fire never",
    atLoad: `
      performance.now = Date.now = () => 0;
      process.hrtime = Object.assign(() => [0, 0], { bigint: () => 0n });
      globalThis.setTimeout = globalThis.setInterval = globalThis.setImmediate = () => ({ unref() {}, ref() {} });
      globalThis.clearTimeout = () => {};`,
    inTick: `report("patched"); for (;;);`,
    stopped: ["timeout"],
  },
  {
    name: "patch-prototypes",
    says: "gives every object a verdict",
    atLoad: `
      for (const [key, value] of Object.entries({ status: "passed", earned: 50, kind: "send-heartbeat", ok: true, hidden: false }))
        Object.defineProperty(Object.prototype, key, { value, writable: true, configurable: true, enumerable: false });
      Array.prototype.includes = () => true;`,
    seen: /threw outside of any call|the attack has run/,
    inTick: `report("patched");`,
  },
  {
    name: "patch-promises",
    says: "makes every promise come true, and every await its own",
    atLoad: `
      const { then } = Promise.prototype;
      Promise.prototype.then = function (fulfilled) { return then.call(this, fulfilled, fulfilled); };
      Promise.prototype.catch = function () { return this; };
      Promise.reject = (value) => Promise.resolve(value);`,
    inTick: `report("patched");`,
  },
  {
    name: "patch-harness",
    says: "imports the checks' own test library to change it",
    imports: `import * as vitest from "vitest"; import chai from "chai";`,
    atLoad: `chai.Assertion.prototype.assert = () => {}; vitest.expect.extend({});`,
    seen: /imports vitest, which is none of the files/,
  },
  {
    name: "swallow-errors",
    says: "takes over what happens to errors that nobody catches",
    atLoad: `
      process.removeAllListeners("uncaughtException");
      process.setUncaughtExceptionCaptureCallback?.(() => {});
      process.on("unhandledRejection", () => {});
      Error.prepareStackTrace = () => { throw new Error("no stack"); };`,
    inTick: `report("swallowed"); Promise.reject(new Error("nobody's")); queueMicrotask(() => { throw new Error("stray"); });`,
  },
  {
    name: "patch-classes",
    says: "throws whenever somebody asks what an error is, and gives the classes names that are no text",
    atLoad: `
      Object.defineProperty(RangeError, "name", { value: { length: 1, toJSON: () => ["NotImplemented"] } });
      Object.defineProperty(Error, Symbol.hasInstance, { value: () => { throw new RangeError("no"); } });`,
    inTick: `report("patched"); throw new RangeError();`,
  },
];
