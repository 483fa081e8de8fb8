import { closeSync, readSync, writeSync } from "node:fs";
import type { Ipv4Address, Millis } from "#contract/vocabulary.ts";
import { socketAddress } from "#devices/linux-interface-request.ts";
import { loadLibc } from "#devices/linux-libc.ts";
import { ipv4ToBytes } from "#kit/addresses.ts";
import { parseEcho, serializeEcho } from "../memory-host/icmp-echo.ts";
import { parsePacket } from "../memory-host/internet-packet.ts";
import { StoryError } from "./lab-at-fault.ts";
import { unanswered } from "./stage.ts";

const family = 2; // AF_INET
const rawCloseOnExecNonBlocking = 3 | 0o2000000 | 0o4000; // SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK
const icmp = 1;

const identifier = 0x4f36;
const dataLength = 56;
const largestPacket = 65_535;

/**
 * Pings through the kernel, as the program `ping` does, which not every machine has. Resolves with the time that the answer took. Rejects
 * with the system's error name (`ENETUNREACH`), or when no answer comes.
 *
 * Needs the right CAP_NET_RAW, which root of a network namespace has in it.
 */
export async function pingThroughKernel(to: Ipv4Address, sequence: number, patience: Millis): Promise<Millis> {
  const libc = await loadLibc();
  const { default: koffi } = await import("koffi");
  const library = koffi.load(null);
  const socket = library.func("socket", "int", ["int", "int", "int"])(family, rawCloseOnExecNonBlocking, icmp) as number;
  if (socket < 0) throw new Error(libc.errorName(-koffi.errno()));
  try {
    const address = socketAddress(ipv4ToBytes(to));
    const connected = library.func("connect", "int", ["int", "const void *", "uint"])(socket, address, address.length) as number;
    if (connected < 0) throw new Error(libc.errorName(-koffi.errno()));
    return await new Promise<Millis>((resolve, reject) => {
      const startedAt = performance.now();
      const watch = libc.watch(socket, () => {
        // Nothing is thrown here: Node does not know of this callback.
        if (isReply(readPacket(socket), sequence)) finish(() => resolve(performance.now() - startedAt));
      });
      const timer = setTimeout(() => finish(() => reject(new StoryError(unanswered(sequence)))), patience);
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        watch.close();
        settle();
      };
      watch.startReading();
      const data = Uint8Array.from({ length: dataLength }, (_, index) => index);
      writeSync(socket, serializeEcho({ kind: "request", identifier, sequence, data }));
    });
  } finally {
    closeSync(socket);
  }
}

function readPacket(socket: number): Uint8Array {
  const buffer = new Uint8Array(largestPacket);
  try {
    return buffer.subarray(0, readSync(socket, buffer));
  } catch {
    // Somebody else's packet was taken back, or an ICMP error is waiting: the next readiness tells.
    return new Uint8Array();
  }
}

/** A raw socket gets the packet with its IP header, and every ICMP message of the host. */
function isReply(bytes: Uint8Array, sequence: number): boolean {
  const packet = parsePacket(bytes);
  const echo = packet === undefined ? undefined : parseEcho(packet.payload);
  return echo?.kind === "reply" && echo.identifier === identifier && echo.sequence === sequence;
}
