import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "#kit/bytes.ts";
import { createMessageDecoder } from "#lab-1/message-decoder.ts";
import { type ClientAction, createClientCore } from "#server/client/client-core.ts";
import { message } from "./server-peer.ts";

const timing = { answerWithin: 5000, sendEvery: 20_000, deadAfter: 60_000 };
const grantText = "13.8.0.2 0.0.0.0 8.8.8.8 1.1.1.1 9.9.9.9";
const grant = { address: "13.8.0.2", route: "0.0.0.0", dns: ["8.8.8.8", "1.1.1.1", "9.9.9.9"] };
const granted = { kind: "use-grant", grant };
const packet = fromHex("4500001c 00000000 40010000 0d080002 c6336402 0800f7ff 00000000");
const answer = fromHex("4500001c 00000000 40010000 c6336402 0d080002 0000ffff 00000000");
const heartbeat = { kind: "send", message: { type: "heartbeat" } };
const giveUp = (reason: string) => [{ kind: "give-up", reason }];

const newCore = () => createClientCore({ decoder: createMessageDecoder({ maxLength: 4101 }), timing, maxLength: 4101 });

/** A client that has been lent an address. */
function connectedCore() {
  const core = newCore();
  core.connected();
  expect(core.receive(message(101, Buffer.from(grantText)))).toEqual([granted]);
  return core;
}

const packets = (actions: readonly ClientAction[]) =>
  actions.map((action) => (action.kind === "write-tun" ? toHex(action.packet) : action.kind));

describe("the client's core, before the grant", () => {
  it("asks for an address", () => {
    expect(newCore().connected()).toEqual([{ kind: "send", message: { type: "ip-request" } }]);
  });

  it("takes the grant in any chunks, with what older servers put behind it", () => {
    const core = newCore();
    core.connected();
    const bytes = message(101, Buffer.from(`${grantText} \0`));
    const actions = Array.from(bytes, (byte) => core.receive(Uint8Array.of(byte))).flat();
    expect(actions).toEqual([granted]);
  });

  it("gives up when nothing has come for five seconds, and not a moment earlier", () => {
    const core = newCore();
    core.connected();
    expect([...core.tick(2000), ...core.tick(2999)]).toEqual([]);
    expect(core.tick(1)).toEqual(giveUp("no-answer"));
    expect([...core.tick(9000), ...core.receive(message(101, Buffer.from(grantText))), ...core.disconnected()]).toEqual([]);
  });

  it.each([
    ["a 100", message(100)],
    ["a 103", message(103, packet)],
    ["an unknown type", message(99)],
    ["a 101 without a grant", message(101, Buffer.from("no address left"))],
    ["a 101 without data", message(101)],
  ])("gives up when %s comes in place of an answer", (_name, bytes) => {
    const core = newCore();
    core.connected();
    expect(core.receive(bytes)).toEqual(giveUp("no-grant"));
    expect(core.receive(message(101, Buffer.from(grantText)))).toEqual([]);
  });

  it("is not disturbed by a heartbeat, which does not count as an answer either", () => {
    const core = newCore();
    core.connected();
    expect(core.receive(message(104))).toEqual([]);
    expect(core.tick(5000)).toEqual(giveUp("no-answer"));
  });

  it("gives up when framing is lost, and when the server hangs up", () => {
    expect(newCore().receive(fromHex("00000037 65"))).toEqual(giveUp("bad-message"));
    expect(newCore().disconnected()).toEqual(giveUp("closed-unanswered"));
  });

  it("has no use for packets", () => {
    expect(newCore().receiveFromTun(packet)).toEqual([{ kind: "drop", reason: "no-address" }]);
  });
});

describe("the client's core, with an address", () => {
  it("sends each packet as a 102 and writes each 103 to the device, in order", () => {
    const core = connectedCore();
    expect(core.receiveFromTun(packet)).toEqual([{ kind: "send", message: { type: "internet-request", packet } }]);
    const other = answer.slice();
    other[20] = 9;
    expect(packets(core.receive(Buffer.concat([message(103, answer), message(103, other)])))).toEqual([toHex(answer), toHex(other)]);
  });

  it("takes packets that come together with the grant", () => {
    const core = newCore();
    core.connected();
    const actions = core.receive(Buffer.concat([message(101, Buffer.from(grantText)), message(103, answer)]));
    expect(packets(actions)).toEqual(["use-grant", toHex(answer)]);
  });

  it.each([
    ["the kernel's IPv6", Uint8Array.of(0x60, 0, 0, 0), "not-ipv4"],
    ["nothing", new Uint8Array(), "not-ipv4"],
    ["what no message can carry", Uint8Array.from({ length: 4097 }, () => 0x45), "too-long"],
  ])("does not send %s", (_name, bytes, reason) => {
    expect(connectedCore().receiveFromTun(bytes)).toEqual([{ kind: "drop", reason }]);
  });

  it("sends the longest packet that a message can carry", () => {
    expect(connectedCore().receiveFromTun(Uint8Array.from({ length: 4096 }, () => 0x45))).toMatchObject([{ kind: "send" }]);
  });

  it.each([
    ["IPv6 in a 103", message(103, Uint8Array.of(0x60)), "not-ipv4"],
    ["a packet for another address in a 103", message(103, packet), "wrong-destination"],
    ["a packet that ends before its destination", message(103, answer.subarray(0, 19)), "wrong-destination"],
    ["a 102", message(102, packet), "wrong-direction"],
    ["a 100", message(100), "wrong-direction"],
    ["a second grant", message(101, Buffer.from(grantText)), "second-grant"],
    ["an unknown type", message(200, packet), "unknown-type"],
  ])("drops %s and goes on", (_name, bytes, reason) => {
    const core = connectedCore();
    expect(core.receive(bytes)).toEqual([{ kind: "drop", reason }]);
    expect(packets(core.receive(message(103, answer)))).toEqual([toHex(answer)]);
  });

  it("sends a heartbeat every 20 s, also while it waits for nothing else", () => {
    const core = connectedCore();
    expect(core.tick(19_999)).toEqual([]);
    expect(core.tick(1)).toEqual([heartbeat]);
    core.receive(message(104));
    expect(core.tick(20_000)).toEqual([heartbeat]);
  });

  it("gives up more than 60 s after the last heartbeat, whatever else came", () => {
    const core = connectedCore();
    for (let seconds = 20; seconds <= 60; seconds += 20) {
      core.receive(message(103, answer));
      expect(core.tick(20_000)).toEqual([heartbeat]);
    }
    expect(core.tick(1)).toEqual(giveUp("server-silent"));
    expect(core.tick(20_000)).toEqual([]);
  });

  it("stays as long as heartbeats come", () => {
    const core = connectedCore();
    for (let round = 0; round < 10; round++) {
      expect(core.tick(20_000)).toEqual([heartbeat]);
      core.receive(message(104));
    }
  });

  it("gives up when the connection ends, and acts on what came before lost framing", () => {
    expect(connectedCore().disconnected()).toEqual(giveUp("server-closed"));
    const core = connectedCore();
    const actions = core.receive(Buffer.concat([message(103, answer), fromHex("00000000 67")]));
    expect(packets(actions)).toEqual([toHex(answer), "give-up"]);
    expect(actions.at(-1)).toEqual({ kind: "give-up", reason: "bad-message" });
    expect(core.disconnected()).toEqual([]);
    expect(core.receiveFromTun(packet)).toEqual([]);
  });
});
