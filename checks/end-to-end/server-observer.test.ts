import { describe, expect, it } from "vitest";
import type { SessionId } from "#contract/vocabulary.ts";
import { DeviceError } from "#devices/device-error.ts";
import { ipv4 } from "#kit/addresses.ts";
import { dialectOf } from "#server/dialect.ts";
import { createLossSummary } from "#server/loss-summary.ts";
import { createObserver } from "#server/observer.ts";
import type { ServerEvent } from "#server/server-events.ts";

const [one, two] = [1 as SessionId, 2 as SessionId];
const packet = new Uint8Array(100);
const response = Uint8Array.of(105, 0, 0, 0, 103, ...packet);

function setUp() {
  const events: ServerEvent[] = [];
  let clock = 0;
  const observer = createObserver({
    addressOf: (session) => (session === one ? ipv4("13.8.0.2") : undefined),
    onEvent: (event) => events.push(event),
    now: () => clock,
  });
  observer.connected(one, "[::1]:1001");
  observer.connected(two, "[::1]:1002");
  const kinds = () => events.splice(0).map(({ kind }) => kind);
  const pass = (elapsed: number) => {
    clock += elapsed;
  };
  return { observer, events, kinds, pass };
}

describe("the observer", () => {
  it("tells of connections, and once of the address that each is lent", () => {
    const { observer, events, kinds } = setUp();
    observer.acted(one, []);
    observer.acted(one, []);
    observer.acted(two, []);
    expect(events[2]).toMatchObject({ kind: "address-lent", address: "13.8.0.2", user: { session: 1, peer: "[::1]:1001" } });
    expect(kinds()).toEqual(["connected", "connected", "address-lent"]);
    expect(observer.users()).toMatchObject([{ address: "13.8.0.2" }, { address: undefined }]);
  });

  it("counts each client's packets and bytes, both ways", () => {
    const { observer, pass } = setUp();
    observer.acted(one, [
      { kind: "write-tun", packet },
      { kind: "send", to: one, bytes: response },
    ]);
    observer.sent(one, response, true);
    observer.sent(one, Uint8Array.of(5, 0, 0, 0, 104), true);
    observer.sent(two, response, false);
    pass(700);
    observer.received(two, Uint8Array.of(5));
    const traffic = { packets: 1, bytes: 100 };
    expect(observer.users()).toMatchObject([
      { fromClient: traffic, toClient: traffic, losses: 0, connectedAt: 0, heardAt: 0 },
      { fromClient: { packets: 0 }, toClient: { packets: 0 }, losses: 1, connectedAt: 0, heardAt: 700 },
    ]);
    expect(observer.counters()).toMatchObject({ fromClients: traffic, toClients: traffic, losses: { "slow-client": 1 }, connections: 2 });
  });

  it("tells why a connection has ended: the core's reason, the peer, or the server's end", async () => {
    const { observer, events, pass } = setUp();
    observer.connected(3 as SessionId, "[::1]:1003");
    events.length = 0;
    pass(1234);
    observer.acted(undefined, [{ kind: "close", session: one, reason: "peer-dead" }]);
    observer.disconnected(one);
    observer.disconnected(one);
    observer.disconnected(two);
    const gone = observer.stopping();
    observer.disconnected(3 as SessionId);
    await gone;
    expect(events).toMatchObject([
      { kind: "closed", user: { session: 1 }, reason: "peer-dead", after: 1234, looksLike: undefined },
      { kind: "closed", user: { session: 2 }, reason: "disconnected" },
      { kind: "closed", user: { session: 3 }, reason: "server-stopped" },
    ]);
    expect(observer.counters().closes).toEqual({ "peer-dead": 1, disconnected: 1, "server-stopped": 1 });
    expect(observer.users()).toEqual([]);
  });

  it("has nobody to wait for when nobody is connected", async () => {
    const { observer } = setUp();
    observer.disconnected(one);
    observer.disconnected(two);
    await observer.stopping();
  });

  it("keeps a peer's first bytes, however they come, to name its dialect", () => {
    const { observer, events } = setUp();
    for (const byte of [0, 0, 0, 5, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]) observer.received(two, Uint8Array.of(byte));
    observer.acted(two, [{ kind: "close", session: two, reason: "bad-message" }]);
    observer.disconnected(two);
    expect(events.at(-1)).toMatchObject({ reason: "bad-message", looksLike: expect.stringContaining("big-endian") as string });
  });

  it("counts what is lost without a client, and what the device refuses", () => {
    const { observer } = setUp();
    observer.acted(undefined, [{ kind: "drop", reason: "no-session" }]);
    observer.writtenToDevice(false);
    observer.writtenToDevice(true);
    observer.failedAccept(new DeviceError("too-many-connections", "Too many."));
    expect(observer.counters()).toMatchObject({ losses: { "no-session": 1, "refused-by-device": 1 }, failedAccepts: 1 });
  });
});

describe("the summary of losses", () => {
  it("tells the first at once, and then what has come together every ten seconds", () => {
    const summary = createLossSummary();
    expect(summary.tick(200)).toEqual([]);
    summary.lost("no-session");
    summary.lost("no-session");
    summary.lost("spoofed-source");
    expect(summary.tick(200)).toEqual([{ kind: "losses", losses: { "no-session": 2, "spoofed-source": 1 }, during: 200 }]);
    for (let million = 0; million < 3; million++) {
      summary.lost("slow-client");
      expect(summary.tick(3000)).toEqual([]);
    }
    expect(summary.tick(1000)).toEqual([{ kind: "losses", losses: { "slow-client": 3 }, during: 10_000 }]);
    expect(summary.tick(10_000)).toEqual([]);
    expect(summary.tick(60_000)).toEqual([]);
  });

  it("tells of connections that were not accepted, the latest reason for all", () => {
    const summary = createLossSummary();
    const [first, latest] = [new Error("first"), new Error("latest")];
    summary.failedAccept(first);
    summary.failedAccept(latest);
    expect(summary.tick(1)).toEqual([{ kind: "failed-accepts", count: 2, latest }]);
    summary.failedAccept(first);
    expect(summary.tick(9999)).toEqual([]);
    expect(summary.tick(1)).toEqual([{ kind: "failed-accepts", count: 1, latest: first }]);
  });
});

describe("losses and refused connections", () => {
  it("do not hold up each other", () => {
    const summary = createLossSummary();
    summary.lost("not-ipv4");
    expect(summary.tick(200)).toMatchObject([{ kind: "losses" }]);
    summary.failedAccept(new Error("full"));
    expect(summary.tick(200)).toMatchObject([{ kind: "failed-accepts", count: 1 }]);
    summary.lost("not-ipv4");
    expect(summary.tick(200)).toEqual([]);
    expect(summary.tick(9600)).toMatchObject([{ kind: "losses", during: 10_000 }]);
  });
});

describe("the name of a dialect", () => {
  it.for([
    ["00 00 00 05 64", "big-endian"],
    ["00 00 00 59 66 45 00 00 54", "big-endian"],
    ["00 00 00 00 00 00 00 64", "8 bytes"],
    ["00 00 00 00 64 00 00 00 00 00 00 59", "8 bytes"],
    ["00 00 00 00 64 54 00 00 00 66 45", "counts the data only"],
    ["00 00 00 00 64", "counts the data only"],
    ["08 10 00 00 64 00 00 00", "sizeof(struct)"],
    ["05 00 00 00 64 00 00 00 00 00", "frames of 4104"],
    ["08 00 00 00 64 12 34 56", "three bytes too long"],
    ["16 03 01 02 00 01", "TLS"],
    ["47 45 54 20 2f", "HTTP"],
    ["53 53 48 2d 32", "SSH"],
  ] as const)("%s is %s", ([bytes, name]) => {
    expect(dialectOf(Buffer.from(bytes.replaceAll(" ", ""), "hex"))).toContain(name);
  });

  it.for(["", "05 00 00 00 64", "05 00 00 00 64 05 00 00 00 68", "05 00 00 00 64 ff ff ff ff 66", "ff ff ff ff"])(
    "there is none for %s",
    (bytes) => {
      expect(dialectOf(Buffer.from(bytes.replaceAll(" ", ""), "hex"))).toBeUndefined();
    },
  );
});
