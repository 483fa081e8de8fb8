import { createInterface } from "node:readline";
import { tell } from "#checks/devices/child-side.ts";
import type { Ipv4Packet } from "#contract/lab-1-codec.ts";
import type { InterfaceAction } from "#contract/lab-5-arp-interface.ts";
import { openTap } from "#devices/linux-tap.ts";
import { recordFrames } from "#devices/pcap-recorder.ts";
import { createPcapWriter } from "#devices/pcap-writer.ts";
import { startTicker } from "#devices/ticker.ts";
import { ipv4, mac } from "#kit/addresses.ts";
import { ethernetFrame } from "#lab-1/ethernet-frame.ts";
import { createNetworkInterface } from "#lab-5/network-interface.ts";
import { parseEcho, serializeEcho } from "#server/memory-host/icmp-echo.ts";

/*
 * A host on a link of two: lab 5's interface on a TAP device, whose other end is the kernel of this network. It answers pings, and records
 * all frames: arp-tap KERNEL-MAC KERNEL-IP OUR-MAC OUR-IP RECORDING
 *
 * For each line on its standard input it pings the kernel, and tells when that was answered. It ends when its standard input does.
 */
const [kernelMac = "", kernelIp = "", ourMac = "", ourIp = "", recording = ""] = process.argv.slice(2);
const us = { mac: mac(ourMac), ip: ipv4(ourIp) };
const kernel = ipv4(kernelIp);
const icmp = 1;

const tap = await openTap({ name: "tap0", mac: mac(kernelMac), ipv4: `${kernel}/29`, mtu: 1500, isUp: true });
const link = recordFrames(tap, await createPcapWriter(recording, { linkType: "ethernet" }));
const networkInterface = createNetworkInterface(us);
const ticker = startTicker();
let pings = 0;

ticker.onTick((elapsed) => perform(networkInterface.tick(elapsed)));
link.onFrames((batch) => {
  for (const bytes of batch) {
    const frame = ethernetFrame.parse(bytes);
    if (frame.ok) perform(networkInterface.receive(frame.value));
  }
});

function perform(actions: readonly InterfaceAction[]): void {
  for (const action of actions) {
    if (action.kind === "transmit") link.write(ethernetFrame.serialize(action.frame));
    else hear(action.packet);
  }
}

function hear(packet: Ipv4Packet): void {
  const echo = packet.protocol === icmp && packet.destination === us.ip ? parseEcho(packet.payload) : undefined;
  if (echo?.kind === "request")
    send({ ...packet, source: us.ip, destination: packet.source, payload: serializeEcho({ ...echo, kind: "reply" }) });
  if (echo?.kind === "reply") tell({ answered: echo.sequence });
}

/** On this link every host is a neighbour. */
function send(packet: Ipv4Packet): void {
  perform(networkInterface.send(packet, packet.destination));
}

createInterface({ input: process.stdin }).on("line", () => {
  send({
    typeOfService: 0,
    identification: 0,
    dontFragment: true,
    moreFragments: false,
    fragmentOffset: 0,
    timeToLive: 64,
    protocol: icmp,
    source: us.ip,
    destination: kernel,
    options: new Uint8Array(),
    payload: serializeEcho({ kind: "request", identifier: 1, sequence: ++pings, data: new Uint8Array(56) }),
  });
});
process.stdin.on("end", () => {
  ticker.stop();
  void link.close();
});
tell("ready");
