import { run, start } from "./child.ts";

/** Two hosts with a cable between them. The benchmark itself and the servers are on one; on the other are the clients. */
export type TwoHosts = {
  /** Where the servers are, seen from the clients. */
  readonly serverAddress: string;
  /** In front of a command: runs it on the clients' host. */
  readonly onClientHost: readonly string[];
  /** The file with the counters of its network devices: proc_pid_net(5). */
  readonly clientDevices: string;
};

const serverEnd = { name: "to-clients", address: "fd46::1" };
const clientEnd = { name: "to-servers", address: "fd46::2" };

/** Call it in a network namespace with nothing in it. */
export async function joinTwoHosts(): Promise<TwoHosts> {
  // A namespace lasts as long as a process is in it.
  const clientHost = start(["unshare", "--net", "sh", "-c", "echo ready && exec sleep infinity"]);
  await clientHost.line((line) => line === "ready");
  const onClientHost = ["nsenter", `--net=/proc/${clientHost.pid}/ns/net`];

  await run("ip", "link", "add", serverEnd.name, "type", "veth", "peer", "name", clientEnd.name, "netns", `${clientHost.pid}`);
  for (const [within, { name, address }] of [[[], serverEnd] as const, [onClientHost, clientEnd] as const]) {
    await run(...within, "ip", "link", "set", "lo", "up");
    // Without duplicate address detection the address can be used at once.
    await run(...within, "ip", "address", "add", `${address}/64`, "dev", name, "nodad");
    await run(...within, "ip", "link", "set", name, "up");
  }
  return { serverAddress: serverEnd.address, onClientHost, clientDevices: `/proc/${clientHost.pid}/net/dev` };
}
