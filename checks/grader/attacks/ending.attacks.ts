import type { Attack } from "./attack.ts";

/** End the process, the grader, or everything. */
export const endingAttacks: readonly Attack[] = [
  {
    name: "exit-at-load",
    says: "ends the process with success while its file is loaded",
    atLoad: `report("exit"); process.exit(0);`,
    seen: /ended the process/,
  },
  { name: "exit-in-call", says: "ends the process with success in a call", inTick: `report("exit"); process.exit(0);`, stopped: ["crash"] },
  {
    name: "really-exit",
    says: "ends the process below all handlers",
    inTick: `report("exit"); process.reallyExit(0);`,
    stopped: ["crash"],
  },
  { name: "abort", says: "aborts, and would leave a core dump", inTick: `report("abort"); process.abort();`, stopped: ["crash"] },
  {
    name: "kill-parents",
    says: "kills its parents, the grader, and every process that it can",
    inTick: `
      for (const pid of [process.ppid, targets.pid, -targets.pid, 1, -1]) {
        try {
          process.kill(pid, "SIGKILL");
        } catch {}
      }
      report("killed what it could");`,
  },
  {
    name: "stop-parents",
    says: "stops its parents and the grader for good, so that no time runs out",
    inTick: `
      for (const pid of [process.ppid, targets.pid]) {
        try {
          process.kill(pid, "SIGSTOP");
        } catch {}
      }
      report("stopped what it could");`,
  },
  {
    name: "deaf",
    says: "hears no signal, and goes on when the line to the grader is closed",
    atLoad: `
      for (const signal of ["SIGTERM", "SIGINT", "SIGHUP", "SIGPIPE"]) process.on(signal, () => {});
      process.exit = process.reallyExit = () => {};
      process.on("exit", () => { for (;;); });
      setInterval(() => {}, 10);`,
    inTick: `report("deaf");`,
  },
];
