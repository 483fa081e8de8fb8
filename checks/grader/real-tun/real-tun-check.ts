import { type Check, defineLab } from "#checks/harness/check.ts";
import { expectThat } from "#checks/harness/expect.ts";
import { connectLoopback } from "#checks/lab-4-tun-server/loopback-client.ts";
import { packet } from "#checks/lab-4-tun-server/packets.ts";
import { joinServer } from "#checks/lab-4-tun-server/shell-client.ts";
import { upload } from "#checks/lab-4-tun-server/wire.ts";
import { parseEcho, serializeEcho } from "#server/memory-host/icmp-echo.ts";
import type { LabOnTun } from "./server-on-tun.ts";

/** The server's own address on the device: the kernel answers for it. */
export const serverAddress = "13.8.0.1";

export const realTunId = "lab-4.real-tun";

const icmp = 1;
const pings = [1, 2, 3];

/** A graded end-to-end step, worth no points: whether it can be taken depends on the grading computer. */
const realTun: Check<LabOnTun> = {
  id: realTunId,
  title: "Pings go through the server and a real TUN device, and come back",
  rule: "docs/lab-4-tun-server.md#the-shell",
  hints: [
    "Look at the shell checks first: they say more about single steps.",
    "Here all is real: the socket, the device and the clock; the kernel answers the pings.",
    "Perform every action of the core, and close what you were given in stop().",
  ],
  run: async ({ subject, story, loopback }) => {
    const server = await subject.createServerOnTun();
    try {
      story.tell("server", "runServer with a TCP socket, a TUN device of the kernel and a clock that runs");
      const connection = await connectLoopback(loopback, "::1", await server.start());
      if (connection === undefined) return expectThat(false, "client a could not connect to the server");
      const client = await joinServer("client a", connection, story);
      for (const sequence of pings) {
        const data = Uint8Array.of(sequence, 4, 6);
        const echo = serializeEcho({ kind: "request", identifier: 406, sequence, data });
        client.send(upload(packet(client.address, serverAddress, { protocol: icmp, payload: echo })));
        let answer = await connection.next();
        // A heartbeat may come between.
        while (answer !== undefined && answer[4] === 104) answer = await connection.next();
        expectThat(answer !== undefined && answer[4] === 103, `expected the answer to ping ${sequence} as a 103, but it did not come`);
        const headerLength = 4 * ((answer?.[5] ?? 0) & 0x0f);
        const reply = parseEcho((answer ?? data).subarray(5 + headerLength));
        const isRight = reply?.kind === "reply" && reply.sequence === sequence && reply.data.join() === data.join();
        expectThat(isRight, `expected the answer to ping ${sequence}, but something else came`);
        story.tell("recv", `client a: the answer to ping ${sequence}`);
      }
      connection.finish();
    } finally {
      await server.end();
    }
  },
};

export const realTunLab = defineLab<LabOnTun>({
  id: "lab-4",
  title: "TUN server",
  handout: "docs/lab-4-tun-server.md",
  shape: { createServerOnTun: { makes: { start: "promise", end: "promise" } } },
  checks: [realTun],
  points: { [realTunId]: 0 },
});
