import type { PacketDevice, Ticker } from "#contract/lab-4-tun-server.ts";
import { recordFrames, recordPackets } from "#devices/pcap-recorder.ts";
import { createPcapWriter } from "#devices/pcap-writer.ts";
import { createEthernetLink } from "./ethernet-link.ts";
import { interfaceMac } from "./interface-mac.ts";
import type { Link } from "./open-link.ts";
import type { Loss } from "./server-events.ts";

export type PacketDeviceOptions = {
  /** The capture file that is made of what passes the link: frames on Ethernet, else packets. */
  readonly pcap: string | undefined;
  readonly onRecordingProblem: (error: Error) => void;
  readonly ticker: Pick<Ticker, "onTick">;
  readonly onLoss: (loss: Loss) => void;
};

/** The link as the shell of lab 4 wants it: something that carries IP packets. Rejects with a `DeviceError` when nothing can be recorded. */
export async function packetDeviceOn(link: Link, options: PacketDeviceOptions): Promise<PacketDevice> {
  const { pcap, onRecordingProblem: onProblem, ticker, onLoss } = options;
  const recording = (linkType: "raw-ip" | "ethernet") => (pcap === undefined ? undefined : createPcapWriter(pcap, { linkType, onProblem }));
  if (link.kind === "tap") {
    const frames = await recording("ethernet");
    const { kernelAddress: gateway, interfaceAddress: ip } = link.network;
    return createEthernetLink({
      frames: frames === undefined ? link.device : recordFrames(link.device, frames),
      ticker,
      mac: interfaceMac(ip),
      ip,
      gateway,
      onLoss,
    });
  }
  const packets = await recording("raw-ip");
  return packets === undefined ? link.device : recordPackets(link.device, packets);
}
