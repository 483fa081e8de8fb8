import { CheckFailure } from "#checks/harness/check-failure.ts";
import { expectEqual, expectThat, expectThrows } from "#checks/harness/expect.ts";
import { toLab } from "#checks/harness/story-packet.ts";
import type { Millis, SessionId } from "#contract/vocabulary.ts";
import { concat } from "#kit/bytes.ts";
import { classicAddresses } from "./classic-server.ts";
import { describeAction, describePacket, grantedAddress } from "./describe-traffic.ts";
import { beat, closed, describeExpected, dropped, type ExpectedAction, expectAction, isAlike, sent, written } from "./expected-action.ts";
import { inTurn, type ServerStep } from "./server-world.ts";
import { fromClient, packetOfExpected } from "./traffic-packets.ts";
import { grant, request, type Wire } from "./wire.ts";

/** A connection is made. It brings about nothing yet. */
export function connect(client: number): ServerStep {
  return async ({ core, outbox, story }) => {
    outbox.expectTaken();
    story.tell("connect", `client ${client}`);
    outbox.put(await core.connect(client as SessionId));
    outbox.expectEmpty();
  };
}

/** These bytes of a client's come out of its socket, in one chunk. */
export function receive(client: number, ...parts: readonly Wire[]): ServerStep {
  return async ({ core, outbox, story }) => {
    outbox.expectTaken();
    const chunk = concat(...parts.map(({ bytes }) => bytes));
    const words = parts.map((part) => part.words).join(" + ") || "no bytes";
    story.tell("recv", `client ${client}: ${words}`, fromClient(client, chunk));
    outbox.put(await core.receive(client as SessionId, chunk));
  };
}

/** The client has closed or reset its connection. Nothing is left to do. */
export function disconnect(client: number): ServerStep {
  return async ({ core, outbox, story }) => {
    outbox.expectTaken();
    story.tell("gone", `client ${client}`);
    outbox.put(await core.disconnect(client as SessionId));
    outbox.expectEmpty();
  };
}

/** The kernel sends this into the TUN. */
export function fromTun(packet: Uint8Array, words = describePacket(packet)): ServerStep {
  return async ({ core, outbox, story }) => {
    outbox.expectTaken();
    story.tell("tun", words, toLab("raw-ip", packet));
    outbox.put(await core.receiveFromTun(packet));
  };
}

export function tick(elapsed: Millis): ServerStep {
  return async ({ core, outbox, story }) => {
    outbox.expectTaken();
    story.advance(elapsed);
    story.tell("tick", `${elapsed} ms`);
    outbox.put(await core.tick(elapsed));
  };
}

/** Times that cannot be. Nothing has passed afterwards. */
export function refuseTicks(...times: readonly number[]): ServerStep {
  return async ({ core, story }) => {
    for (const elapsed of times) {
      story.tell("tick", `${elapsed} ms`);
      await expectThrows(core.tick(elapsed), "RangeError", `tick(${elapsed})`);
    }
  };
}

/** These actions come next, in this order. */
export function expectActions(...expected: readonly ExpectedAction[]): ServerStep {
  return async ({ outbox }) => {
    for (const action of expected) expectAction(outbox.take(describeExpected(action), packetOfExpected(action)), action);
  };
}

/** These actions come next, in whatever order: sessions stand for themselves. */
export function expectInAnyOrder(...expected: readonly ExpectedAction[]): ServerStep {
  return async ({ outbox }) => {
    const actual = [...outbox.takeAll()];
    for (const action of expected) {
      const index = actual.findIndex((candidate) => isAlike(candidate, action));
      const [found] = index < 0 ? [] : actual.splice(index, 1);
      if (found === undefined) throw new CheckFailure(`expected ${describeExpected(action)}, but it did not come`);
      expectAction(found, action);
    }
    expectThat(
      actual.length === 0,
      "expected no other actions",
      actual.slice(0, 6).map((action) => ({ kind: "got", text: `got       ${describeAction(action).join(" ")}` })),
    );
  };
}

export function expectNothing(): ServerStep {
  return async ({ outbox }) => outbox.expectEmpty();
}

export function expectSent(to: number, wire: Wire): ServerStep {
  return expectActions(sent(to, wire));
}

export function expectGrant(to: number, address: string): ServerStep {
  return expectSent(to, grant(address));
}

export function expectHeartbeat(to: number): ServerStep {
  return expectActions(beat(to));
}

export function expectWritten(packet: Uint8Array): ServerStep {
  return expectActions(written(packet));
}

export function expectClosed(...closing: Parameters<typeof closed>): ServerStep {
  return expectActions(closed(...closing));
}

export function expectDropped(...drop: Parameters<typeof dropped>): ServerStep {
  return expectActions(dropped(...drop));
}

/** Connects, asks, and is lent this address. */
export function join(client: number, address: string): ServerStep {
  return inTurn(connect(client), receive(client, request), expectGrant(client, address));
}

/** Connects, asks, and is lent some address: once addresses have come back, the pool may choose. */
export function joinSomehow(client: number): ServerStep {
  return inTurn(connect(client), receive(client, request), async ({ outbox }) => {
    const action = outbox.take("a 101 that lends an address");
    const address = action.kind === "send" ? grantedAddress(action.bytes) : undefined;
    expectAction(action, sent(client, grant(classicAddresses.find((known) => known === address) ?? "13.8.0.2")));
  });
}

/** Five clients, 10 to 14, hold all five addresses: 13.8.0.2 to 13.8.0.6. */
export const fillPool: ServerStep = inTurn(...classicAddresses.map((address, index) => join(10 + index, address)));

/** So many addresses can be lent. */
export function expectFree(count: number): ServerStep {
  return async ({ pool, story }) => {
    story.tell("free", `addresses in the pool: ${count} expected`);
    expectEqual(await pool.free(), count, "the number of free addresses");
  };
}
