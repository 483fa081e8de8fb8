import { seededRandom } from "#devices/seeded-random.ts";
import type { ConformanceCase } from "../case.ts";
import { internetRequest, ipRequest, lyingMessage, message } from "../client/wire.ts";

const rule = "docs/protocol.md#closing";

const leaves: ConformanceCase = {
  id: "client-leaves",
  title: "A client that closes its connection takes nothing with it",
  rule,
  why: "The user is freed while something still uses it: some servers crash at the first disconnect, some stop at the second because a lock was kept.",
  run: async ({ client: newClient, ping }) => {
    for (const name of ["A", "B", "C"]) {
      const client = await newClient(name);
      await ping(client);
      client.finish();
      await client.ended("the server to close its side too");
    }
  },
};

const halfClosed: ConformanceCase = {
  id: "half-closed",
  title: "A client that has ended its side of the connection is closed",
  rule,
  why: "Who stops sending has left. A server that keeps the other half open keeps the address too.",
  run: async ({ connect, client: newClient }) => {
    const client = await newClient("A");
    client.finish();
    await client.ended("the server to close a connection whose client has sent a FIN");
    const peer = await connect("B");
    peer.send(message(ipRequest).subarray(0, 3), "three bytes of a 100");
    peer.finish();
    await peer.ended("the server to close a connection that ends in the middle of a message");
  },
};

const resetInMessage: ConformanceCase = {
  id: "reset-in-message",
  title: "Connections that are reset in the middle of a message harm nobody",
  rule,
  why: "A reset makes the next read fail, and not return 0. A server that does not tell the two apart spins, or crashes.",
  run: async ({ client: newClient, connect, othersServed }) => {
    for (let count = 1; count <= 10; count++) {
      const client = await newClient(`A${count}`);
      client.send(lyingMessage(1000, internetRequest, new Uint8Array(300)), "300 bytes of a 102 of 1000");
      await client.flushed();
      // A busy server finds bytes and reset together, and some systems then tell it of an end alone. One that has answered somebody else has
      // read the bytes, and meets the reset by itself.
      if (count % 2 === 0) await othersServed();
      client.reset();
      const peer = await connect(`B${count}`);
      peer.send(message(ipRequest).subarray(0, 2), "two bytes of a 100");
      await peer.flushed();
      peer.reset();
    }
  },
};

const resetWhileServed: ConformanceCase = {
  id: "reset-while-served",
  title: "A client that resets its connection while packets come for it harms nobody",
  rule,
  why: "Writing to a closed socket raises SIGPIPE, which ends the program unless it says otherwise. Five of nine public servers die of it.",
  run: async ({ client: newClient, deliver, othersServed }) => {
    for (let count = 1; count <= 10; count++) {
      const client = await newClient(`A${count}`);
      const packets = Array.from({ length: 50 }, () => new Uint8Array(1000));
      const delivered = deliver(client, packets);
      client.reset();
      await delivered;
      await deliver(client, packets);
      await othersServed();
    }
  },
};

const garbage: ConformanceCase = {
  id: "garbage",
  title: "Bytes that are no messages at all harm nobody",
  rule: "docs/protocol.md#framing",
  why: "Whatever listens on the internet is sent web requests, port scans and random bytes, every day.",
  run: async ({ connect, client: newClient, seed, othersServed }) => {
    const random = seededRandom(seed);
    const randomBytes = (length: number) => Uint8Array.from({ length }, () => Math.floor(random() * 256));
    for (let count = 1; count <= 15; count++) {
      const peer = count % 2 === 0 ? await newClient(`A${count}`) : await connect(`A${count}`);
      peer.send(randomBytes(1 + Math.floor(random() * 3000)), "random bytes");
    }
    const browser = await connect("B");
    browser.send(new TextEncoder().encode("GET / HTTP/1.1\r\nHost: [::1]:5678\r\n\r\n"), "an HTTP request");
    await browser.ended("the server to close a connection whose framing is lost");
    await othersServed();
  },
};

export const leavingCases: readonly ConformanceCase[] = [leaves, halfClosed, resetInMessage, resetWhileServed, garbage];
