import { describe, expect, it } from "vitest";
import type { ArpMessage, EthernetFrame } from "#contract/lab-1-codec.ts";
import type { InterfaceAction } from "#contract/lab-5-arp-interface.ts";
import { broadcastMac, ipv4, ipv4FromNumber, ipv4ToNumber, mac, zeroMac } from "#kit/addresses.ts";
import { arpMessage } from "#lab-1/arp-message.ts";
import { createNetworkInterface } from "#lab-5/network-interface.ts";
import { packetBytes, packetOf } from "./packets.ts";

const us = { mac: mac("02:00:00:00:00:01"), ip: ipv4("10.0.0.1") };
const peer = { mac: mac("02:00:00:00:00:09"), ip: ipv4("10.0.0.9") };
const moved = mac("02:00:00:00:00:0f");
const far = "198.51.100.2";

function arp(message: ArpMessage, destination = message.operation === "request" ? broadcastMac : message.targetMac): EthernetFrame {
  return { destination, source: message.senderMac, etherType: 0x0806, payload: arpMessage.serialize(message) };
}

function transmit(frame: EthernetFrame): InterfaceAction {
  return { kind: "transmit", frame };
}

function ask(targetIp = peer.ip): InterfaceAction {
  return transmit(arp({ operation: "request", senderMac: us.mac, senderIp: us.ip, targetMac: zeroMac, targetIp }));
}

function ipv4Frame(text = "hello", destination = peer.mac, packetDestination = far): InterfaceAction {
  return transmit({ destination, source: us.mac, etherType: 0x0800, payload: packetBytes("10.0.0.1", packetDestination, text) });
}

const reply = arp({ operation: "reply", senderMac: peer.mac, senderIp: peer.ip, targetMac: us.mac, targetIp: us.ip });
const question = arp({ operation: "request", senderMac: peer.mac, senderIp: peer.ip, targetMac: zeroMac, targetIp: us.ip });
const ourAnswer = transmit(
  arp({ operation: "reply", senderMac: us.mac, senderIp: us.ip, targetMac: peer.mac, targetIp: peer.ip }, peer.mac),
);

/** One of many neighbours. */
function address(n: number) {
  return ipv4FromNumber(ipv4ToNumber(ipv4("10.1.0.0")) + n);
}

/** An interface, and a packet to a host far away, sent by way of the peer. */
function setUp() {
  const host = createNetworkInterface(us);
  return { host, send: (text?: string, nextHop = peer.ip) => host.send(packetOf("10.0.0.1", far, text), nextHop) };
}

describe("sending", () => {
  it("asks once, keeps copies, and sends what waits in order when the answer comes", () => {
    const { host, send } = setUp();
    const packet = packetOf("10.0.0.1", far, "first");
    expect(host.send(packet, peer.ip)).toEqual([ask()]);
    packet.payload.fill(0xa5);
    host.tick(4999);
    expect(send("second")).toEqual([]);
    expect(host.receive(reply)).toEqual([ipv4Frame("first"), ipv4Frame("second")]);
    expect(host.receive(reply)).toEqual([]);
    expect(send()).toEqual([ipv4Frame()]);
  });

  it("drops what waits when 5 s are over, by time alone, and asks again only then", () => {
    const { host, send } = setUp();
    send("early");
    host.tick(4999);
    expect(send("late")).toEqual([]);
    expect(host.tick(1)).toEqual([]);
    expect(host.receive(reply)).toEqual([]);
    expect(send()).toEqual([ipv4Frame()]);
    const other = ipv4("10.0.0.8");
    expect(send("x", other)).toEqual([ask(other)]);
    host.tick(5000);
    expect(send("x", other)).toEqual([ask(other)]);
  });

  it("goes by next hop, each for itself", () => {
    const { host, send } = setUp();
    expect(send("a", ipv4(far))).toEqual([ask(ipv4(far))]);
    expect(send("b")).toEqual([ask()]);
    expect(host.receive(reply)).toEqual([ipv4Frame("b")]);
  });
});

describe("learning", () => {
  it("believes a mapping for 30 s after it was learned, not used, from every kind of ARP message", () => {
    const toOther = {
      ...question,
      payload: arpMessage.serialize({
        operation: "request",
        senderMac: peer.mac,
        senderIp: peer.ip,
        targetMac: zeroMac,
        targetIp: ipv4("10.0.0.77"),
      }),
    };
    for (const frame of [reply, question, toOther, { ...reply, destination: broadcastMac }, { ...reply, source: moved }]) {
      const { host, send } = setUp();
      host.receive(frame);
      host.tick(29_999);
      expect(send()).toEqual([ipv4Frame()]);
      host.tick(1);
      expect(send()).toEqual([ask()]);
    }
  });

  it("starts again with each lesson, and follows a change of MAC", () => {
    const { host, send } = setUp();
    host.receive(reply);
    host.receive(
      arp({ operation: "reply", senderMac: mac("02:00:00:00:00:08"), senderIp: ipv4("10.0.0.8"), targetMac: us.mac, targetIp: us.ip }),
    );
    host.tick(20_000);
    host.receive(arp({ operation: "reply", senderMac: moved, senderIp: peer.ip, targetMac: us.mac, targetIp: us.ip }));
    host.tick(29_999);
    expect(send()).toEqual([ipv4Frame("hello", moved)]);
    expect(send("x", ipv4("10.0.0.8"))).toEqual([ask(ipv4("10.0.0.8"))]);
  });

  it("answers a request for our address and nobody else's, and sends what waited for the asker", () => {
    const { host, send } = setUp();
    send("waiting");
    expect(host.receive(question)).toEqual([ourAnswer, ipv4Frame("waiting")]);
    const forOther = arp({ operation: "request", senderMac: peer.mac, senderIp: peer.ip, targetMac: zeroMac, targetIp: ipv4("10.0.0.2") });
    expect(host.receive(forOther)).toEqual([]);
    expect(host.receive(arp({ operation: "reply", senderMac: peer.mac, senderIp: peer.ip, targetMac: us.mac, targetIp: us.ip }))).toEqual(
      [],
    );
  });
});

describe("receiving", () => {
  it("delivers IPv4 addressed to us or to all, whatever its IP destination", () => {
    const { host } = setUp();
    const payload = packetBytes("10.0.0.9", "203.0.113.5");
    const packet = packetOf("10.0.0.9", "203.0.113.5");
    for (const destination of [us.mac, broadcastMac])
      expect(host.receive({ destination, source: peer.mac, etherType: 0x0800, payload })).toEqual([{ kind: "deliver", packet }]);
    expect(host.receive({ destination: peer.mac, source: peer.mac, etherType: 0x0800, payload })).toEqual([]);
  });

  it("ignores what it cannot read and what is for others", () => {
    const { host, send } = setUp();
    const spoiled: readonly EthernetFrame[] = [
      { ...reply, destination: peer.mac },
      { ...reply, etherType: 0x86dd },
      { ...reply, payload: reply.payload.subarray(0, 27) },
      { ...reply, payload: reply.payload.with(1, 6) },
      { ...reply, etherType: 0x0800, destination: us.mac, payload: packetBytes("10.0.0.9", "10.0.0.1").with(10, 0) },
    ];
    for (const frame of spoiled) expect(host.receive(frame)).toEqual([]);
    expect(send()).toEqual([ask()]);
  });
});

describe("robustness", () => {
  it.each([zeroMac, broadcastMac, mac("01:00:5e:00:00:01")])("does not believe or answer a station at %s", (senderMac) => {
    const { host, send } = setUp();
    expect(host.receive(arp({ operation: "request", senderMac, senderIp: peer.ip, targetMac: zeroMac, targetIp: us.ip }))).toEqual([]);
    expect(send()).toEqual([ask()]);
  });

  it("does not learn our own address, and answers a probe for it without learning 0.0.0.0", () => {
    const { host } = setUp();
    host.receive(arp({ operation: "reply", senderMac: peer.mac, senderIp: us.ip, targetMac: us.mac, targetIp: us.ip }));
    expect(host.send(packetOf(far, far), us.ip)).toEqual([ask(us.ip)]);
    const probe = arp({ operation: "request", senderMac: peer.mac, senderIp: ipv4("0.0.0.0"), targetMac: zeroMac, targetIp: us.ip });
    expect(host.receive(probe)).toHaveLength(1);
    expect(host.send(packetOf(far, far), ipv4("0.0.0.0"))).toEqual([ask(ipv4("0.0.0.0"))]);
  });

  it("keeps the newest packets of a flood to one next hop", () => {
    const { host, send } = setUp();
    for (let n = 0; n < 1000; n++) send(`${n}`);
    const sent = host.receive(reply);
    expect(sent).toHaveLength(16);
    expect(sent.at(-1)).toEqual(ipv4Frame("999"));
  });

  it("bounds how many next hops are asked for and how many neighbours are known, and recovers", () => {
    const { host, send } = setUp();
    let asked = 0;
    for (let n = 0; n < 3000; n++) asked += send("x", address(n)).length;
    expect(asked).toBe(1024);
    host.tick(5000);
    expect(send("x", address(2999))).toEqual([ask(address(2999))]);
    for (let n = 0; n < 40_000; n++)
      host.receive(arp({ operation: "reply", senderMac: peer.mac, senderIp: address(n), targetMac: us.mac, targetIp: us.ip }));
    const known = (n: number) => send("y", address(n)).some((action) => action.kind === "transmit" && action.frame.etherType === 0x0800);
    expect(known(39_999)).toBe(true);
    expect(known(30_000)).toBe(true);
    expect(known(10_000)).toBe(false);
  });

  it.each([-1, 0.5, Number.NaN])("refuses a tick of %d ms", (elapsed) => {
    expect(() => setUp().host.tick(elapsed)).toThrow(RangeError);
  });
});
