import { counted } from "#kit/counted.ts";
import type { Figures } from "./figures.ts";

/** How much more memory the server may hold in the end: compiled code and the like, and none of it a client's. */
const mostGrowth = 3 * 1024 * 1024;

/** Blocks of memory that are lent for sending come and go; the system's figure is rough. */
const mostResidentGrowth = 128 * 1024 * 1024;

/** What the server did not give back, in sentences. */
export function faultsBetween(warm: Figures, after: Figures): readonly string[] {
  const faults: string[] = [];
  if (after.addresses < warm.addresses)
    faults.push(
      `${warm.addresses - after.addresses} of ${warm.addresses} addresses ${warm.addresses - after.addresses === 1 ? "is" : "are"} lost: lent to nobody, and not to be lent`,
    );
  if (after.users > 0) faults.push(`${counted(after.users, "user is", "users are")} in the server's table, and nobody is connected`);
  if (after.memory - warm.memory > mostGrowth)
    faults.push(`the server holds ${megabytes(after.memory - warm.memory)} more after the same load`);
  if (after.resident - warm.resident > mostResidentGrowth)
    faults.push(`the server's process is ${megabytes(after.resident - warm.resident)} larger after the same load`);
  if (after.handles > warm.handles)
    faults.push(`${counted(after.handles - warm.handles, "handle (socket, timer) is", "handles (sockets, timers) are")} left open`);
  if ((after.descriptors ?? 0) > (warm.descriptors ?? 0))
    faults.push(`${(after.descriptors ?? 0) - (warm.descriptors ?? 0)} file descriptors are left open`);
  return faults;
}

/** `12.3 MB` */
export function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
