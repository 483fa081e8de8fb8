// Runs where submissions run, and tries what they must not be able to do. One line of JSON tells how far it came.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { fileURLToPath } from "node:url";
import type { Findings, ProbeTargets } from "./probes.ts";

declare const targets: ProbeTargets;

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

function reaches(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port: targets.port });
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    setTimeout(() => resolve(false), 2_000).unref();
  });
}

const numbers = (() => {
  try {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
})();
const isMine = (pid: string) => pid === "1" || pid === String(process.pid);
const program = fileURLToPath(import.meta.url);

// Goes on after everything that is said to it nicely.
const stays = `process.on("SIGTERM", () => {}); process.on("SIGHUP", () => {}); setInterval(() => {}, 1000)`;
const left = spawn(process.execPath, ["-e", stays, targets.token], { detached: true, stdio: "ignore" });
left.on("error", () => {});
left.unref();

const findings: Findings = {
  readsFiles: succeeds(() => readFileSync(targets.file)),
  reachesNetwork: (await Promise.all(["::1", "127.0.0.1"].map(reaches))).includes(true),
  readsEnvironments: numbers.some((pid) =>
    succeeds(() => {
      if (!readFileSync(`/proc/${pid}/environ`, "utf8").includes(targets.secret)) throw new Error("another one");
    }),
  ),
  seesProcesses: numbers.some((pid) => !isMine(pid) && pid !== String(left.pid)),
  changesProgram: succeeds(() => writeFileSync(program, readFileSync(program))),
  isRoot: process.getuid?.() === 0,
  left: left.pid ?? 0,
};
console.log(JSON.stringify(findings));
setInterval(() => {}, 1_000);
