import type { Attack } from "./attack.ts";

const results = `JSON.stringify({ status: "passed", earned: 50, total: 50 })`;

/** Go on when the verdict has been given, to change it. */
export const stayingAttacks: readonly Attack[] = [
  {
    name: "detached-child",
    says: "leaves a child behind that writes results of its own",
    imports: `import { spawn } from "node:child_process";`,
    atLoad: `
      const stays = 'for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => {}); setInterval(() => { try { require("node:fs").writeFileSync(process.argv[1], process.argv[2]); } catch {} }, 20)';
      spawn(process.execPath, ["-e", stays, targets.file, ${results}, targets.token], { detached: true, stdio: "ignore" }).on("error", () => {}).unref();`,
    inTick: `report("left a child");`,
  },
  {
    name: "double-fork",
    says: "leaves a grandchild behind that nobody is the parent of",
    imports: `import { spawn } from "node:child_process";`,
    atLoad: `
      const parent = 'require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", process.argv[1]], { detached: true, stdio: "ignore" }).unref()';
      spawn(process.execPath, ["-e", parent, targets.token], { detached: true, stdio: "ignore" }).on("error", () => {}).unref();`,
    inTick: `report("left a grandchild");`,
  },
  {
    name: "sleep-past-the-verdict",
    says: "waits until it has been judged, and then writes results",
    imports: `import { writeFileSync } from "node:fs";`,
    atLoad: `
      setInterval(() => { try { writeFileSync(targets.file, ${results}); } catch {} }, 20);
      process.on("exit", () => { try { writeFileSync(targets.file, ${results}); } catch {} });`,
    inTick: `report("waits");`,
  },
  {
    name: "change-program",
    says: "changes the program that it is started from, for the next check",
    imports: `import { chmodSync, renameSync, rmSync, writeFileSync } from "node:fs";`,
    inTick: `
      for (const change of [() => chmodSync(process.argv[1], 0o777), () => writeFileSync(process.argv[1], ""), () => renameSync(process.argv[1], "/tmp/gone"), () => rmSync(process.argv[1])])
        try { change(); report("changed"); } catch (error) { report("no: " + error.code); }`,
  },
  {
    name: "remember",
    says: "learns from one check for the next",
    imports: `import { appendFileSync } from "node:fs";`,
    inTick: `try { appendFileSync("/tmp/calls", elapsed + "\\n"); } catch {} report("remembers");`,
  },
];
