import { describe, expect, it } from "vitest";
import type { Connection, Listener, PacketDevice, ServerAction, ServerCore, Ticker } from "#contract/lab-4-tun-server.ts";
import type { SessionId } from "#contract/vocabulary.ts";
import { runServer } from "#lab-4/run-server.ts";

const id = 7 as SessionId;
const bytes = Uint8Array.of(1, 2, 3);

/** Remembers its listener, so that a test can call it. */
function ear<T>() {
  let listener: ((value: T) => void) | undefined;
  return { on: (given: (value: T) => void) => void (listener = given), tell: (value: T) => listener?.(value) };
}

/** A server between fakes. `log` is all that the fakes were asked for; the core answers each call with what `answers` holds for it. */
function setUp({ writable = true, closeFails = false } = {}) {
  const log: unknown[] = [];
  const answers: Partial<Record<keyof ServerCore, readonly ServerAction[]>> = {};
  const answer =
    (method: keyof ServerCore) =>
    (...args: readonly unknown[]) => {
      log.push([method, ...args]);
      return answers[method] ?? [];
    };
  const core = Object.fromEntries(
    (["connect", "receive", "disconnect", "receiveFromTun", "tick"] as const).map((method) => [method, answer(method)]),
  ) as ServerCore;

  const data = ear<Uint8Array>();
  const hungUp = ear<void>();
  const connection: Connection = {
    id,
    remoteAddress: "[::1]:40000",
    onData: data.on,
    onClose: hungUp.on,
    write: (written) => log.push(["write", written]) > 0 && writable,
    close: () => {
      log.push(["close connection"]);
      hungUp.tell();
    },
  };
  const connected = ear<Connection>();
  const refused = ear<Error>();
  const listener: Listener = {
    address: "[::1]:5678",
    onError: refused.on,
    onConnection: connected.on,
    close: async () => {
      log.push(["close listener"]);
      if (closeFails) throw new Error("the listener does not close");
    },
  };
  const packets = ear<readonly Uint8Array[]>();
  const gone = ear<Error | undefined>();
  const tun: PacketDevice = {
    mtu: 1500,
    onPackets: packets.on,
    onClose: gone.on,
    write: (packet) => log.push(["write-tun", packet]) > 0 && writable,
    close: async () => {
      log.push(["close tun"]);
      gone.tell(undefined);
    },
  };
  const ticked = ear<number>();
  const ticker: Ticker = { onTick: ticked.on, stop: () => void log.push(["stop ticker"]) };
  const server = runServer({ listener, tun, ticker, core });
  return { log, answers, server, connection, connected, refused, data, hungUp, packets, gone, ticked };
}

describe("the shell", () => {
  it("tells the core everything that happens, a connection before its bytes", () => {
    const { log, connection, connected, data, hungUp, packets, ticked } = setUp();
    connected.tell(connection);
    data.tell(bytes);
    packets.tell([bytes, bytes]);
    ticked.tell(250);
    hungUp.tell();
    expect(log).toEqual([
      ["connect", id],
      ["receive", id, bytes],
      ["receiveFromTun", bytes],
      ["receiveFromTun", bytes],
      ["tick", 250],
      ["disconnect", id],
    ]);
  });

  it("does what the core says, in order", () => {
    const { log, answers, connection, connected, data } = setUp();
    connected.tell(connection);
    answers.receive = [
      { kind: "write-tun", packet: bytes },
      { kind: "send", to: id, bytes },
      { kind: "close", session: id, reason: "bad-message" },
    ];
    log.length = 0;
    data.tell(bytes);
    expect(log).toEqual([["receive", id, bytes], ["write-tun", bytes], ["write", bytes], ["close connection"], ["disconnect", id]]);
  });

  it("counts what is lost and goes on: drops, slow clients, clients that have gone, a full device, failed accepts", () => {
    const { answers, server, connection, connected, refused, ticked } = setUp({ writable: false });
    connected.tell(connection);
    answers.tick = [
      { kind: "drop", reason: "no-session" },
      { kind: "drop", session: id, reason: "no-session" },
      { kind: "send", to: id, bytes },
      { kind: "send", to: 8 as SessionId, bytes },
      { kind: "close", session: 8 as SessionId, reason: "peer-dead" },
      { kind: "write-tun", packet: bytes },
    ];
    ticked.tell(1);
    refused.tell(new Error("EMFILE"));
    expect(Object.fromEntries(server.losses())).toEqual({ "no-session": 2, "slow-client": 2, "refused-by-device": 1, "failed-accept": 1 });
  });

  it("stops once: clock, connections, listener and device; who comes later is sent away", async () => {
    const { log, server, connection, connected } = setUp();
    connected.tell(connection);
    log.length = 0;
    const stopped = server.stop();
    expect(server.stop()).toBe(stopped);
    await stopped;
    expect(log).toEqual([["stop ticker"], ["close connection"], ["disconnect", id], ["close listener"], ["close tun"]]);
    log.length = 0;
    connected.tell(connection);
    expect(log).toContainEqual(["close connection"]);
    expect(log).not.toContainEqual(["connect", id]);
  });

  it("stops when its device is gone, and still closes the device when the listener does not", async () => {
    const { log, server, gone } = setUp({ closeFails: true });
    gone.tell(new Error("the device was deleted"));
    await expect(server.stop()).rejects.toThrow("does not close");
    expect(log).toEqual([["stop ticker"], ["close listener"], ["close tun"]]);
  });
});
