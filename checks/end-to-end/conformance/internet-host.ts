import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Kernel } from "./site.ts";

/** The server's side of the cable to the internet. */
export const internetLink = "to-internet";

/** Addresses that are set aside for examples (RFC 5737). */
const serverSide = "198.51.100.1";
const internetSide = "198.51.100.2";

/** The host that stands for the internet: a network of its own. Its kernel answers pings by itself; it lives until its standard input ends. */
const script = `
  echo ready && read go && ip link set lo up &&
  ip address add ${internetSide}/24 dev to-server && ip link set to-server up &&
  ip route add default via ${serverSide} && echo attached && exec cat`;

/** Puts that host behind this network, with a cable (veth) between. */
export async function attachInternet(ip: Kernel["ip"]): Promise<Kernel["internet"]> {
  const host = spawn("unshare", ["--net", "sh", "-c", script], { stdio: ["pipe", "pipe", "pipe"] });
  let complaint = "";
  host.stderr.on("data", (text: Buffer) => {
    complaint += text.toString().trim();
  });
  const ended = once(host, "close");
  const lines = createInterface({ input: host.stdout })[Symbol.asyncIterator]();
  try {
    await expectLine("ready");
    ip("link", "add", internetLink, "type", "veth", "peer", "name", "to-server", "netns", String(host.pid));
    ip("address", "add", `${serverSide}/24`, "dev", internetLink);
    ip("link", "set", internetLink, "up");
    host.stdin.write("go\n");
    await expectLine("attached");
    host.unref();
    return { address: internetSide };
  } catch (error) {
    host.stdin.destroy();
    await ended;
    return {
      missing: `there can be no second network behind the server's: ${complaint || (error instanceof Error ? error.message : String(error))}`,
    };
  }

  async function expectLine(expected: string): Promise<void> {
    const line = await lines.next();
    if (line.value !== expected) throw new Error("it did not start");
  }
}
