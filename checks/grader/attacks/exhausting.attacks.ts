import type { Attack } from "./attack.ts";

/** Take all time, memory, processes, files or output. */
export const exhaustingAttacks: readonly Attack[] = [
  { name: "loop", says: "never comes back from a call", inTick: `report("loop"); for (;;);`, stopped: ["timeout"] },
  { name: "loop-at-load", says: "never ends loading", atLoad: `report("loop"); for (;;);`, seen: /(waited|did not end|was used up)/ },
  {
    name: "wait-at-load",
    says: "waits while it is loaded for what never comes",
    atLoad: `await new Promise(() => setInterval(() => {}, 1000));`,
    seen: /(waited|did not end|was used up)/,
  },
  {
    name: "loop-of-microtasks",
    says: "lets nobody else have a turn, without a loop",
    inTick: `report("loop"); const again = () => Promise.resolve().then(again); again();`,
    stopped: ["timeout"],
  },
  {
    name: "loop-of-timers",
    says: "makes work for every turn of the event loop",
    inTick: `report("loop"); const again = () => { const until = Date.now() + 50; while (Date.now() < until); setImmediate(again); }; again();`,
  },
  {
    name: "fork-bomb",
    says: "starts processes that start processes",
    imports: `import { spawn } from "node:child_process";`,
    inTick: `
      report("forks");
      const bomb = 'const { spawn } = require("node:child_process"); for (;;) try { spawn(process.execPath, ["-e", process.argv[1], process.argv[1], process.argv[2]], { detached: true, stdio: "ignore" }).on("error", () => {}); } catch {}';
      for (let child = 0; child < 4; child++) spawn(process.execPath, ["-e", bomb, bomb, targets.token], { detached: true, stdio: "ignore" }).on("error", () => {});
      const until = Date.now() + 300; while (Date.now() < until);`,
  },
  {
    name: "memory-bomb",
    says: "fills the memory with objects",
    inTick: `report("fills"); const kept = []; for (;;) kept.push(Array.from({ length: 1000 }, () => ({ kept })));`,
    stopped: ["out-of-memory", "timeout"],
  },
  {
    name: "memory-bomb-of-bytes",
    says: "fills the memory with bytes, which are no objects",
    inTick: `report("fills"); const kept = []; for (;;) kept.push(Buffer.alloc(64 << 20, 1));`,
    stopped: ["out-of-memory", "crash", "timeout"],
  },
  {
    name: "memory-of-children",
    says: "shares the filling of the memory among children",
    imports: `import { spawn } from "node:child_process";`,
    inTick: `
      report("fills");
      const fill = "const kept = []; for (let i = 0; i < 12; i++) kept.push(Buffer.alloc(64 << 20, 1)); setInterval(() => kept, 1000)";
      for (let child = 0; child < 6; child++) spawn(process.execPath, ["-e", fill, targets.token], { detached: true, stdio: "ignore" }).on("error", () => {});
      const until = Date.now() + 400; while (Date.now() < until);`,
  },
  {
    name: "fill-disk",
    says: "fills the disk wherever it may write",
    imports: `import { appendFileSync } from "node:fs";`,
    inTick: `
      const megabyte = Buffer.alloc(1 << 20, 1);
      for (const folder of ["/tmp", "/dev/shm", "/var/tmp", "/submission", "."]) {
        let written = 0;
        try { for (; written < 512; written++) appendFileSync(folder + "/full-" + (written >> 5), megabyte); } catch {}
        report(folder + " took " + written + " MiB");
      }`,
  },
  {
    name: "stack",
    says: "calls itself until there is no stack left",
    inTick: `report("deep"); const deeper = () => deeper() + 1; deeper();`,
  },
  {
    name: "threads",
    says: "starts threads that never end",
    imports: `import { Worker } from "node:worker_threads";`,
    inTick: `report("threads"); for (let thread = 0; thread < 64; thread++) new Worker("for (;;);", { eval: true }).on("error", () => {});`,
    stopped: ["timeout", "crash", "out-of-memory"],
  },
];
