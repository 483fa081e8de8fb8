import type { Attack } from "./attack.ts";

/** Speak to whoever shows the results: a CI system, a terminal, a web page. */
export const printingAttacks: readonly Attack[] = [
  {
    name: "huge-output",
    says: "prints without end",
    imports: `import { writeSync } from "node:fs";`,
    inTick: `report("prints"); const line = "x".repeat(65_536) + "\\n"; for (;;) { try { writeSync(1, line); } catch (error) { if (error.code !== "EAGAIN") throw error; } }`,
    stopped: ["output-limit"],
  },
  {
    name: "workflow-commands",
    says: "prints commands of CI systems, and throws them",
    inTick: `
      report("commands");
      for (const command of ["::error::hacked", "::set-output name=points::50", "::add-mask::0", "##[error]hacked", "##vso[task.complete result=Succeeded]", "  ::stop-commands::x"]) print(command);
      throw new Error("::error file=a.ts::hacked\\n##[group]hacked");`,
  },
  {
    name: "terminal-commands",
    says: "prints what makes a terminal lie",
    inTick: String.raw`
      report("commands");
      print("\u001b[2J\u001b[H\u001b]0;50/50\u0007\u001b[8mhidden\u009b31m\u202egnidaer rehto\u2066\r100/100 points");
      throw new Error("\u001b[1A\u001b[2Kpassed\u0000");`,
  },
  {
    name: "markup",
    says: "prints and throws what a web page would run",
    inTick: `
      report("markup");
      print('<script>document.title = "hacked"</script><img src=x onerror=alert(1)>');
      throw new Error('</failure></testcase>]]><script>alert(1)</script>|[x](javascript:alert(1))');`,
  },
];
