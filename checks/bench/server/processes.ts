import { readFileSync } from "node:fs";

/** Linux counts in hundredths of a second for programs, whatever the kernel itself uses (proc_pid_stat(5)). */
const ticksPerSecond = 100;

/** CPU time that a process and all its threads have used so far, in seconds: user and system time, fields 14 and 15 of its `stat`. */
export function cpuSecondsIn(stat: string): number {
  // The second field is the program's name in brackets, and may hold blanks and brackets.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Memory of a process that is in RAM, in bytes: VmRSS of its `status`. */
export function residentBytesIn(status: string): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

/** How many packets a device has received so far, as a line of `/proc/net/dev` counts them. What a program writes to a TUN device is received. */
export function receivedPacketsIn(devices: string, name: string): number {
  const line = devices.split("\n").find((each) => each.trimStart().startsWith(`${name}:`));
  return Number(line?.split(":")[1]?.trim().split(/\s+/)[1]);
}

export const cpuSeconds = (pid: number): number => cpuSecondsIn(readFileSync(`/proc/${pid}/stat`, "utf8"));
export const residentBytes = (pid: number): number => residentBytesIn(readFileSync(`/proc/${pid}/status`, "utf8"));
export const receivedPackets = (file: string, name: string): number => receivedPacketsIn(readFileSync(file, "utf8"), name);
