import { describe, expect, it } from "vitest";
import type { ServerAction } from "#contract/lab-4-tun-server.ts";
import type { SessionId } from "#contract/vocabulary.ts";
import { ipv4 } from "#kit/addresses.ts";
import { addressGrant } from "#lab-1/address-grant.ts";
import { encodeMessage } from "#lab-1/message.ts";
import { createAddressPool } from "#lab-2/address-pool.ts";
import { createSessionTable } from "#lab-2/session-table.ts";
import { createServerCore } from "#lab-4/server-core.ts";
import { packetBytes, stream } from "./packets.ts";

const ada = 0 as SessionId;
const bob = 1 as SessionId;
const route = ipv4("0.0.0.0");
const dns = [ipv4("8.8.8.8"), ipv4("8.8.4.4"), ipv4("1.1.1.1")] as const;
const request = stream({ type: "ip-request" });
const heartbeat = stream({ type: "heartbeat" });

function upward(packet: Uint8Array): Uint8Array {
  return stream({ type: "internet-request", packet });
}

function grant(to: SessionId, address: string): ServerAction {
  const data = addressGrant.serialize({ address: ipv4(address), route, dns });
  return { kind: "send", to, bytes: encodeMessage({ type: "ip-response", data }) };
}

/** A server whose pool lends .2 to .6. */
function setUp() {
  const pool = createAddressPool({ cidr: "13.8.0.0/29", reserved: [ipv4("13.8.0.1")] });
  const sessions = createSessionTable(pool);
  const core = createServerCore({ sessions, timing: { sendEvery: 20_000, deadAfter: 60_000 }, route, dns, maxLength: 4101 });
  const join = (id: SessionId) => {
    core.connect(id);
    return core.receive(id, request);
  };
  return { core, pool, sessions, join };
}

describe("the grant", () => {
  it("is the same for a second request, which does not restart the clocks", () => {
    const { core, join, pool } = setUp();
    expect(join(ada)).toEqual([grant(ada, "13.8.0.2")]);
    core.tick(19_999);
    expect(core.receive(ada, request)).toEqual([grant(ada, "13.8.0.2")]);
    expect(pool.free()).toBe(4);
    expect(core.tick(1)).toEqual([{ kind: "send", to: ada, bytes: heartbeat }]);
  });

  it("is refused without a word when the pool is empty, and nothing behind the request counts", () => {
    const { core, join } = setUp();
    for (let id = 10; id < 15; id++) join(id as SessionId);
    core.connect(ada);
    expect(core.receive(ada, stream({ type: "ip-request" }, { type: "heartbeat" }))).toEqual([
      { kind: "close", session: ada, reason: "pool-exhausted" },
    ]);
    expect(core.receive(ada, request)).toEqual([]);
    core.disconnect(10 as SessionId);
    expect(join(bob)).toEqual([grant(bob, "13.8.0.2")]);
  });
});

describe("from client to TUN", () => {
  it("writes the packet as a view, whatever the chunks", () => {
    const { core, join } = setUp();
    join(ada);
    const packet = packetBytes("13.8.0.2", "198.51.100.2");
    const chunk = upward(packet);
    const [action] = core.receive(ada, chunk);
    expect(action).toEqual({ kind: "write-tun", packet });
    expect(action?.kind === "write-tun" && action.packet.buffer).toBe(chunk.buffer);
    const bytewise = [...chunk].flatMap((byte) => core.receive(ada, Uint8Array.of(byte)));
    expect(bytewise).toEqual([{ kind: "write-tun", packet }]);
  });

  it("drops what is not the client's to send", () => {
    const { core, join } = setUp();
    const packet = packetBytes("13.8.0.2", "198.51.100.2");
    const early = [...upward(packet), ...heartbeat];
    core.connect(bob);
    expect(core.receive(bob, Uint8Array.from(early))).toEqual([
      { kind: "drop", session: bob, reason: "no-address" },
      { kind: "drop", session: bob, reason: "no-address" },
    ]);
    join(ada);
    for (const other of ["13.8.0.3", "13.8.1.2", "13.9.0.2", "14.8.0.2"])
      expect(core.receive(ada, upward(packetBytes(other, "198.51.100.2")))).toEqual([
        { kind: "drop", session: ada, reason: "spoofed-source" },
      ]);
    expect(core.receive(ada, stream({ type: "ip-response", data: packet }, { type: "internet-response", packet }))).toEqual([
      { kind: "drop", session: ada, reason: "wrong-direction" },
      { kind: "drop", session: ada, reason: "wrong-direction" },
    ]);
    expect(core.receive(ada, Uint8Array.of(7, 0, 0, 0, 99, 1, 2))).toEqual([{ kind: "drop", session: ada, reason: "unknown-type" }]);
  });

  it.each([
    ["nothing", () => new Uint8Array(0), "malformed-packet"],
    ["one byte", (packet: Uint8Array) => packet.subarray(0, 1), "malformed-packet"],
    ["IPv6", (packet: Uint8Array) => packet.with(0, 0x60), "not-ipv4"],
    ["a header of 16 bytes", (packet: Uint8Array) => packet.with(0, 0x44), "malformed-packet"],
    ["a header longer than the packet", (packet: Uint8Array) => packet.with(0, 0x4f), "malformed-packet"],
    ["a byte too few", (packet: Uint8Array) => packet.subarray(0, -1), "malformed-packet"],
    ["a byte too many", (packet: Uint8Array) => Uint8Array.of(...packet, 0), "malformed-packet"],
    ["a total length that differs in the high byte", (packet: Uint8Array) => packet.with(2, 1), "malformed-packet"],
  ] as const)("drops %s", (_, spoil, reason) => {
    const { core, join } = setUp();
    join(ada);
    const packet = packetBytes("13.8.0.2", "198.51.100.2");
    expect(core.receive(ada, upward(spoil(packet)))).toEqual([{ kind: "drop", session: ada, reason }]);
    expect(core.receive(ada, upward(packet))).toEqual([{ kind: "write-tun", packet }]);
  });
});

describe("from TUN to client", () => {
  it("sends each packet to the owner of its destination, in a new array", () => {
    const { core, join } = setUp();
    join(ada);
    join(bob);
    const packet = packetBytes("198.51.100.2", "13.8.0.3");
    const actions = core.receiveFromTun(packet);
    packet.fill(0xa5);
    const expected = packetBytes("198.51.100.2", "13.8.0.3");
    expect(actions).toEqual([{ kind: "send", to: bob, bytes: stream({ type: "internet-response", packet: expected }) }]);
  });

  it("drops the rest", () => {
    const { core, join } = setUp();
    join(ada);
    const mine = packetBytes("198.51.100.2", "13.8.0.2");
    expect(core.receiveFromTun(packetBytes("198.51.100.2", "13.8.0.3"))).toEqual([{ kind: "drop", reason: "no-session" }]);
    expect(core.receiveFromTun(mine.with(0, 0x60))).toEqual([{ kind: "drop", reason: "not-ipv4" }]);
    expect(core.receiveFromTun(mine.subarray(0, 19))).toEqual([{ kind: "drop", reason: "malformed-packet" }]);
    const long = packetBytes("198.51.100.2", "13.8.0.2", "x".repeat(4096 - 19));
    expect(core.receiveFromTun(long)).toEqual([{ kind: "drop", reason: "malformed-packet" }]);
    core.disconnect(ada);
    expect(core.receiveFromTun(mine)).toEqual([{ kind: "drop", reason: "no-session" }]);
  });
});

describe("time", () => {
  it("closes a client that only sends data, and gives its address to the next", () => {
    const { core, join } = setUp();
    join(ada);
    const packet = packetBytes("13.8.0.2", "198.51.100.2");
    for (let passed = 0; passed < 60_000; passed += 20_000) {
      expect(core.tick(20_000)).toEqual([{ kind: "send", to: ada, bytes: heartbeat }]);
      core.receive(ada, upward(packet));
    }
    expect(core.tick(1)).toEqual([{ kind: "close", session: ada, reason: "peer-dead" }]);
    expect(core.receive(ada, request)).toEqual([]);
    expect(join(bob)).toHaveLength(1);
    expect(core.tick(60_000)).toEqual([{ kind: "send", to: bob, bytes: heartbeat }]);
    core.receive(bob, heartbeat);
    expect(core.tick(60_000)).toEqual([{ kind: "send", to: bob, bytes: heartbeat }]);
  });

  it("closes who never asks, heartbeats or not", () => {
    const { core } = setUp();
    core.connect(ada);
    expect(core.tick(59_999)).toEqual([]);
    core.receive(ada, heartbeat);
    expect(core.tick(2)).toEqual([{ kind: "close", session: ada, reason: "no-request" }]);
    expect(core.tick(1_000_000)).toEqual([]);
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses %d ms, also without clients", (elapsed) => {
    expect(() => setUp().core.tick(elapsed)).toThrow(RangeError);
  });
});

describe("closing", () => {
  it("acts on what came before lost framing, then closes for good", () => {
    const { core, sessions } = setUp();
    core.connect(ada);
    expect(core.receive(ada, Uint8Array.from([...request, 3, 0, 0, 0, 102]))).toEqual([
      grant(ada, "13.8.0.2"),
      { kind: "close", session: ada, reason: "bad-message" },
    ]);
    expect(sessions.ownerOf(ipv4("13.8.0.2"))).toBeUndefined();
    expect(core.receive(ada, request)).toEqual([]);
    expect(core.disconnect(ada)).toEqual([]);
  });

  it("returns every address of three hundred clients that come and go", () => {
    const { core, pool, join } = setUp();
    for (let id = 0; id < 300; id++) {
      expect(join(id as SessionId)).toHaveLength(1);
      expect(core.disconnect(id as SessionId)).toEqual([]);
    }
    expect(pool.free()).toBe(5);
  });
});
