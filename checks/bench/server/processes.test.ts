import { expect, it } from "vitest";
import { cpuSecondsIn, receivedPacketsIn, residentBytesIn } from "./processes.ts";

it("reads the CPU time of a process, whatever its name is", () => {
  const rest = "S 1 42 42 0 -1 4194304 2900 0 0 0 1234 567 8 9 20 0 11 0 4711 1073741824 17000";
  expect(cpuSecondsIn(`42 (node) ${rest}`)).toBe(18.01);
  expect(cpuSecondsIn(`42 (a ) 7 (b) ${rest}`)).toBe(18.01);
});

it("reads how much memory is in RAM", () => {
  expect(residentBytesIn("Name:\tnode\nVmHWM:\t   70000 kB\nVmRSS:\t   66972 kB\nRssAnon:\t   25000 kB\n")).toBe(66_972 * 1024);
});

it("reads how many packets a device has received", () => {
  const devices = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:    1000      11    0    0    0     0          0         0     1000      11    0    0    0     0       0          0
  ours: 2345678     902    0    0    0     0          0         0   345678     407    0    3    0     0       0          0
to-ours:12345678   5000    0    0    0     0          0         0        0       0    0    0    0     0       0          0
`;
  expect(receivedPacketsIn(devices, "ours")).toBe(902);
  expect(receivedPacketsIn(devices, "to-ours")).toBe(5000);
  expect(receivedPacketsIn(devices, "gone")).toBeNaN();
});
