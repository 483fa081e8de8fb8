import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Connection, Listener } from "#contract/lab-4-tun-server.ts";
import { DeviceError } from "#devices/device-error.ts";
import { parseEndpoint } from "#devices/endpoint.ts";
import { listenTcp, type TcpListenerOptions } from "#devices/tcp-listener.ts";
import { deviceRejectionOf } from "./device-error-of.ts";

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).toReversed()) await undo();
});

async function start(options?: TcpListenerOptions, address = "[::1]:0") {
  const listener = await listenTcp(address, options);
  cleanUp.push(listener.close);
  return listener;
}

/** A client of the listener. */
async function join({ address }: Listener, options: { allowHalfOpen?: boolean } = {}): Promise<Socket> {
  const socket = connect({ ...parseEndpoint(address), ...options });
  socket.on("error", () => {});
  cleanUp.push(() => socket.destroy());
  await once(socket, "connect");
  return socket;
}

/** A client, and the listener's side of its connection. */
async function pair(listener: Listener, options?: { allowHalfOpen?: boolean }): Promise<{ client: Socket; connection: Connection }> {
  const accepted = new Promise<Connection>((resolve) => {
    listener.onConnection(resolve);
  });
  const client = await join(listener, options);
  return { client, connection: await accepted };
}

const closeOf = (connection: Connection) =>
  new Promise<void>((resolve) => {
    connection.onClose(resolve);
  });

/** Reads until `length` bytes are there. */
async function read(socket: Socket, length: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let missing = length;
  while (missing > 0) {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) await once(socket, "readable");
    else {
      chunks.push(chunk);
      missing -= chunk.length;
    }
  }
  return Buffer.concat(chunks);
}

describe("a TCP listener", () => {
  it("says where it listens, also when the system chose the port", async () => {
    const listener = await start();
    expect(listener.address).toMatch(/^\[::1\]:[1-9]\d*$/);
  });

  it("carries bytes both ways and names the peer", async () => {
    const { client, connection } = await pair(await start());
    const received: string[] = [];
    const heard = new Promise<void>((resolve) => {
      connection.onData((chunk) => {
        received.push(Buffer.from(chunk).toString());
        resolve();
      });
    });
    client.write("question");
    await heard;
    expect(received).toEqual(["question"]);
    expect(connection.write(Buffer.from("answer"))).toBe(true);
    expect((await read(client, 6)).toString()).toBe("answer");
    expect(connection.remoteAddress).toBe(`[::1]:${client.localPort}`);
  });

  it("gives every connection a number of its own, and never one twice", async () => {
    const listener = await start();
    const ids: number[] = [];
    listener.onConnection(({ id }) => ids.push(id));
    for (let index = 0; index < 3; index++) {
      const { client, connection } = await pair(listener);
      client.destroy();
      await closeOf(connection);
    }
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
  });

  it("keeps connections that came before anybody asked for them", async () => {
    const listener = await start();
    const client = await join(listener);
    client.write("early");
    for (let turn = 0; turn < 5; turn++) await nextTurn();
    const connection = await new Promise<Connection>((resolve) => {
      listener.onConnection(resolve);
    });
    const chunk = await new Promise<Uint8Array>((resolve) => {
      connection.onData(resolve);
    });
    expect(Buffer.from(chunk).toString()).toBe("early");
  });

  it("sends what is written in many pieces as it was written", async () => {
    const { client, connection } = await pair(await start());
    const pieces = Array.from({ length: 500 }, (_, index) => Buffer.alloc(1 + index, index));
    for (const piece of pieces) expect(connection.write(piece)).toBe(true);
    const whole = Buffer.concat(pieces);
    expect((await read(client, whole.length)).equals(whole)).toBe(true);
  });

  it("drops whole messages, and nothing else, for a client that does not read", async () => {
    const maxQueuedBytes = 200_000;
    const { client, connection } = await pair(await start({ maxQueuedBytes }));
    const messageLength = 50_000;
    const accepted: number[] = [];
    let refused = 0;
    // The system's own buffers fill first; then the connection's queue.
    for (let index = 0; refused < 3; index++) {
      if (connection.write(Buffer.alloc(messageLength, index))) accepted.push(index & 0xff);
      else refused++;
      await nextTurn();
    }
    const bytes = await read(client, accepted.length * messageLength);
    const arrived = accepted.map((_, index) => new Set(bytes.subarray(index * messageLength, (index + 1) * messageLength)));
    expect(arrived).toEqual(accepted.map((value) => new Set([value])));
    // It reads again, so it is served again.
    expect(connection.write(Buffer.from("still here"))).toBe(true);
    expect((await read(client, 10)).toString()).toBe("still here");
  });

  it("bounds also what one batch may queue", async () => {
    const { client, connection } = await pair(await start({ maxQueuedBytes: 1000 }));
    expect(connection.write(Buffer.alloc(600, 1))).toBe(true);
    expect(connection.write(Buffer.alloc(401, 2))).toBe(false);
    expect(connection.write(Buffer.alloc(400, 3))).toBe(true);
    expect(new Set(await read(client, 1000))).toEqual(new Set([1, 3]));
  });

  it("serves one client while another does not read", async () => {
    const listener = await start({ maxQueuedBytes: 100_000 });
    const slow = await pair(listener);
    const quick = await pair(listener);
    while (slow.connection.write(Buffer.alloc(50_000))) await nextTurn();
    expect(quick.connection.write(Buffer.from("hello"))).toBe(true);
    expect((await read(quick.client, 5)).toString()).toBe("hello");
  });

  it("takes the peer's FIN for a close, and tells so once", async () => {
    const { client, connection } = await pair(await start(), { allowHalfOpen: true });
    let closes = 0;
    connection.onClose(() => closes++);
    connection.onData(() => {});
    const closed = closeOf(connection);
    client.end("bye");
    await closed;
    client.resume();
    await once(client, "end");
    connection.close();
    await nextTurn();
    expect(closes).toBe(1);
    expect(connection.write(Buffer.from("too late"))).toBe(false);
  });

  it("takes the FIN for a close also of a client that does not read what waits for it", async () => {
    const { client, connection } = await pair(await start({ maxQueuedBytes: 100_000 }), { allowHalfOpen: true });
    connection.onData(() => {});
    while (connection.write(Buffer.alloc(50_000))) await nextTurn();
    const closed = closeOf(connection);
    client.end();
    await closed;
  });

  it("answers what came together with a FIN", async () => {
    const { client, connection } = await pair(await start(), { allowHalfOpen: true });
    connection.onData((chunk) => connection.write(chunk));
    client.end("echo");
    expect((await read(client, 4)).toString()).toBe("echo");
  });

  it("survives a reset in mid-message", async () => {
    const listener = await start();
    const { client, connection } = await pair(listener);
    const closed = closeOf(connection);
    const half = new Promise((resolve) => {
      connection.onData(resolve);
    });
    client.write(Buffer.of(32, 0, 0));
    // A reset that overtakes unread bytes looks like a FIN.
    await half;
    client.resetAndDestroy();
    await closed;
    expect(connection.write(Buffer.from("x"))).toBe(false);
    const next = await pair(listener);
    next.connection.write(Buffer.from("served"));
    expect((await read(next.client, 6)).toString()).toBe("served");
  });

  it("sends what was written before a close, then a FIN, and hears nothing more", async () => {
    const { client, connection } = await pair(await start());
    const received: Uint8Array[] = [];
    connection.onData((chunk) => received.push(chunk));
    const closed = closeOf(connection);
    connection.write(Buffer.from("goodbye"));
    connection.close();
    expect(connection.write(Buffer.from("no more"))).toBe(false);
    client.write("are you there?");
    await closed;
    expect((await read(client, 7)).toString()).toBe("goodbye");
    expect(received).toEqual([]);
  });

  it("closes at once what is over the limit, says so, and takes the next one when a place is free", async () => {
    const listener = await start({ maxConnections: 1 });
    const first = await pair(listener);
    const reported = new Promise<Error>((resolve) => {
      listener.onError(resolve);
    });
    const excess = await join(listener);
    excess.resume();
    await once(excess, "close");
    const error = await reported;
    expect(error).toBeInstanceOf(DeviceError);
    expect(error).toMatchObject({ code: "too-many-connections" });
    expect(error.message).toContain(`[::1]:`);
    const closed = closeOf(first.connection);
    first.connection.close();
    await closed;
    const next = await pair(listener);
    next.connection.write(Buffer.from("welcome"));
    expect((await read(next.client, 7)).toString()).toBe("welcome");
  });

  it("can be started again at once on the port it had, with connections that the server closed first", async () => {
    const listener = await start();
    const { client, connection } = await pair(listener);
    // Who closes first keeps the port in TIME-WAIT: without SO_REUSEADDR the port would be taken for a minute.
    connection.close();
    client.resume();
    await once(client, "close");
    await listener.close();
    const again = await start({}, listener.address);
    expect(again.address).toBe(listener.address);
    const next = await pair(again);
    next.connection.write(Buffer.from("again"));
    expect((await read(next.client, 5)).toString()).toBe("again");
  });

  it("closes its connections when it is closed, also when it is asked twice", async () => {
    const listener = await start();
    const { client, connection } = await pair(listener);
    client.resume();
    const closed = Promise.all([once(client, "close"), closeOf(connection)]);
    await Promise.all([listener.close(), listener.close()]);
    await closed;
    await expect(join(listener)).rejects.toThrow("ECONNREFUSED");
  });

  it("says in one sentence that a port is taken", async () => {
    const { address } = await start();
    const error = await deviceRejectionOf(listenTcp(address));
    expect(error).toMatchObject({ code: "address-in-use" });
    expect(error.message).toBe(`${address} is in use by another program; stop it, or listen on another port.`);
  });

  it("says in one sentence that an address is not this host's", async () => {
    const error = await deviceRejectionOf(listenTcp("[2001:db8::1]:5678"));
    expect(error).toMatchObject({ code: "address-unavailable" });
    expect(error.message).toContain("[2001:db8::1]:5678 is not an address of this host");
  });

  it("says in one sentence that an address is none", async () => {
    expect(await deviceRejectionOf(listenTcp("127.0.0.1:5678"))).toMatchObject({ code: "bad-address" });
  });

  it("switches Nagle's algorithm off for every connection", async () => {
    const listener = await start();
    const { client } = await pair(listener);
    // Nothing else in Node tells: this is the call that every accepted socket of this process goes through.
    const { _handle: handle } = client as unknown as { _handle: { setNoDelay: (on: boolean) => void } };
    const setNoDelay = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, "setNoDelay");
    cleanUp.push(() => setNoDelay.mockRestore());
    await pair(listener);
    expect(setNoDelay.mock.calls).toEqual([[true]]);
  });
});
