import type { Attack } from "./attack.ts";

/** What was found of what must not be there is printed, and the test looks for it. */
const tell = `(what) => { try { report(String(what())); } catch (error) { report("no: " + error.message); } }`;

/** Look for the solution, the expected values, other people's work, and the grader's secrets. */
export const readingAttacks: readonly Attack[] = [
  {
    name: "read-reference",
    says: "reads the solution and hands it in",
    imports: `import { readFileSync } from "node:fs";`,
    inTick: `(${tell})(() => readFileSync(targets.root + "/reference/lab-3-heartbeat/heartbeat.ts", "utf8"));`,
  },
  {
    name: "import-reference",
    says: "imports the solution by its place",
    imports: `import * as solution from "../../reference/lab-3-heartbeat/heartbeat.ts";`,
    atLoad: `report(Object.keys(solution));`,
    seen: /imports .*heartbeat.ts, which is none of the files/,
  },
  {
    name: "import-checks",
    says: "imports the checks by their name",
    imports: `import { checks } from "#checks/lab-3-heartbeat/sending.check.ts";`,
    atLoad: `report(checks.length); checks.length = 0;`,
    seen: /imports #checks.*which is none of the files/,
  },
  {
    name: "import-while-running",
    says: "imports the solution and the checks while it runs",
    atLoad: `
      for (const place of [targets.root + "/reference/lab-3-heartbeat/heartbeat.ts", "file://" + targets.file, "data:text/javascript,export default 1"])
        import(place).then((found) => report(Object.keys(found)), (error) => report("no: " + error.code));`,
    inTick: `report("imports");`,
  },
  {
    name: "read-results",
    says: "reads other people's results",
    imports: `import { readFileSync } from "node:fs";`,
    inTick: `(${tell})(() => readFileSync(targets.file, "utf8"));`,
  },
  {
    name: "read-environments",
    says: "reads the environment of every process",
    imports: `import { readdirSync, readFileSync } from "node:fs";`,
    inTick: `
      report(JSON.stringify(process.env));
      for (const pid of ["self", ...readdirSync("/proc").filter(Number)]) (${tell})(() => readFileSync("/proc/" + pid + "/environ", "utf8"));`,
  },
  {
    name: "read-memory",
    says: "reads the memory and the files of the grader",
    imports: `import { openSync, readdirSync, readFileSync } from "node:fs";`,
    inTick: `
      (${tell})(() => openSync("/proc/" + targets.pid + "/mem", "r"));
      (${tell})(() => readFileSync("/proc/" + targets.pid + "/root" + targets.file, "utf8"));
      for (const pid of readdirSync("/proc").filter(Number)) (${tell})(() => readdirSync("/proc/" + pid + "/fd"));`,
  },
  {
    name: "list-files",
    says: "looks for checks, fixtures and submissions wherever there are files",
    imports: `import { readdirSync } from "node:fs";`,
    inTick: `for (const folder of ["/", "/tmp", "/home", "/root", "/submission", process.cwd(), targets.root]) (${tell})(() => readdirSync(folder));`,
  },
  {
    name: "call-home",
    says: "tells somebody what it has seen",
    imports: `import { connect } from "node:net";`,
    atLoad: `for (const host of ["127.0.0.1", "::1"]) connect({ host, port: targets.port }).on("connect", () => report("connected")).on("error", () => report("refused"));`,
    inTick: `report("calls");`,
  },
  {
    name: "debugger",
    says: "opens a debugger, to look at who started it",
    imports: `import inspector from "node:inspector";`,
    inTick: `
      (${tell})(() => { inspector.open(0, "127.0.0.1"); return inspector.url(); });
      try { process._debugProcess(targets.pid); } catch {}`,
  },
  {
    name: "kernel-settings",
    says: "looks for open files that it was not given, and changes what the kernel does with this computer",
    imports: `import { readdirSync, readlinkSync, writeFileSync } from "node:fs";`,
    inTick: `
      const leadsTo = (link) => { try { return readlinkSync(link); } catch { return ""; } };
      for (const pid of ["self", "1"])
        (${tell})(() => readdirSync("/proc/" + pid + "/fd").map((fd) => leadsTo("/proc/" + pid + "/fd/" + fd)).filter((to) => to.startsWith("/") && to !== "/dev/null").map((to) => "BEGIN SOLUTION: opened " + to));
      for (const file of ["/proc/sys/kernel/core_pattern", "/proc/self/oom_score_adj", "/proc/self/uid_map", "/proc/1/oom_score_adj"])
        try { writeFileSync(file, "-1000"); report("BEGIN SOLUTION: wrote " + file); } catch {}`,
  },
];
