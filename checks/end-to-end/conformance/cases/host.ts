import { createSocket } from "node:dgram";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import type { ConformanceCase } from "../case.ts";
import { internetResponse } from "../client/wire.ts";
import { packetWords } from "../client/words.ts";
import type { Exam } from "../exam.ts";
import { NotTested } from "../not-tested.ts";
import type { Kernel } from "../site.ts";

const restart: ConformanceCase = {
  id: "restart",
  title: "A server that was killed while clients were connected can be started again at once",
  rule: "docs/protocol.md#the-server",
  why: "The system keeps the port of connections that the server has ended for a minute. Without SO_REUSEADDR nobody can listen there meanwhile: four public servers.",
  run: async ({ client: newClient, ping, restart, othersServed }) => {
    for (const name of ["A", "B"]) await ping(await newClient(name));
    await restart();
    await othersServed();
    await ping(await newClient("C"));
  },
};

function kernelOf({ site }: Exam): Kernel {
  if (site.kernel === undefined) throw new NotTested(site.whyNoKernel);
  return site.kernel;
}

const ipv6OnTun: ConformanceCase = {
  id: "ipv6-on-tun",
  title: "IPv6 packets that the kernel sends into the TUN device are dropped",
  rule: "docs/protocol.md#tun-to-client",
  why: "The kernel sends router solicitations into every device that comes up. A server that reads them as IPv4 finds addresses in the wrong place: an endless loop, or an abort.",
  run: async (exam) => {
    const kernel = kernelOf(exam);
    const client = await exam.client("A");
    const { name } = kernel.deviceFor(client.address);
    try {
      kernel.ip("-6", "address", "replace", "fd46:6::1/64", "dev", name, "nodad");
    } catch {
      throw new NotTested(`${name} takes no IPv6 address: the server has switched IPv6 off on it`);
    }
    exam.tell("kernel", `sends 100 IPv6 packets into ${name}`);
    await sendIpv6("fd46:6::2", 100);
    await exam.ping(client);
    const other = client.inbox.find(({ type, data }) => type === internetResponse && (data[0] ?? 0) >> 4 !== 4);
    if (other !== undefined)
      throw new CheckFailure("A got a packet that is not IPv4", [{ kind: "got", text: `  ${packetWords(other.data)}` }]);
  },
};

async function sendIpv6(to: string, count: number): Promise<void> {
  const socket = createSocket("udp6");
  const send = (length: number) => new Promise<void>((resolve) => socket.send(new Uint8Array(length), 9, to, () => resolve()));
  await Promise.all(Array.from({ length: count }, (_, index) => send(index * 12)));
  socket.close();
}

const forwarding: ConformanceCase = {
  id: "forwarding",
  title: "A host behind the server's network answers",
  rule: "docs/protocol.md#forwarding",
  why: "A ping of the server's own address proves the tunnel. The way to the internet and back needs the whole: source addresses that can be answered, and a device that the kernel routes through.",
  run: async (exam) => {
    const { internet } = kernelOf(exam);
    exam.requireRouting();
    if ("missing" in internet) throw new NotTested(internet.missing);
    const client = await exam.client("A");
    await exam.ping(client, { to: internet.address });
    await exam.ping(client, { to: internet.address, length: 1400 });
  },
};

const dialects: readonly { readonly name: string; readonly bytes: string; readonly inLog: RegExp | undefined }[] = [
  { name: "a length in network byte order", bytes: "00000005 64 00000059 66 45000054", inLog: /endian|byte order/i },
  { name: "a header of 8 bytes", bytes: "00000000 00000064 00000054 00000066 45000054", inLog: /\b8.byte|eight|header of 8/i },
  { name: "messages of 4104 bytes", bytes: `05000000 64 ${"00".repeat(4099)}`, inLog: /4104|sizeof|struct/i },
  { name: "a length that counts the data only", bytes: "00000000 64 54000000 66 45000054", inLog: undefined },
  { name: "a length three bytes too long", bytes: "08000000 64 000000 5c000000 66 45000054", inLog: undefined },
];

const otherDialects: ConformanceCase = {
  id: "other-dialects",
  title: "Clients that speak another dialect of the protocol harm nobody",
  rule: "docs/protocol.md#dialects",
  why: "They are the commonest mistake of all. The server must neither hang on what it cannot read nor guess.",
  run: async ({ connect, othersServed }) => {
    for (const { name, bytes } of dialects) {
      const peer = await connect("A");
      peer.send(Buffer.from(bytes.replaceAll(" ", ""), "hex"), name);
      await othersServed();
      peer.drop();
    }
  },
};

const dialectsNamed: ConformanceCase = {
  id: "dialects-named",
  title: "A client of another dialect is closed, and the log says which it speaks",
  rule: "docs/protocol.md#dialects",
  why: "Without the name it looks like a network problem, and is searched for in the wrong place for hours.",
  run: async ({ connect, server, patience }) => {
    if (server.process().written() === 0) throw new NotTested("the server prints nothing, so where its log goes is not known here");
    for (const { name, bytes, inLog } of dialects) {
      if (inLog === undefined) continue;
      const written = server.process().written();
      const peer = await connect("A");
      peer.send(Buffer.from(bytes.replaceAll(" ", ""), "hex"), name);
      await peer.ended("the server to close a connection whose framing is lost");
      const named = await server.printed((text) => inLog.test(text), written, patience);
      if (!named) throw new CheckFailure(`expected the server to print that the client seems to speak ${name}, but it did not`);
    }
  },
};

export const hostCases: readonly ConformanceCase[] = [ipv6OnTun, forwarding, otherDialects, dialectsNamed, restart];
