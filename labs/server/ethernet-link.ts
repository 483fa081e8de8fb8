import type { EthernetFrame } from "#contract/lab-1-codec.ts";
import type { PacketDevice, Ticker } from "#contract/lab-4-tun-server.ts";
import type { InterfaceAction } from "#contract/lab-5-arp-interface.ts";
import type { Ipv4Address, MacAddress } from "#contract/vocabulary.ts";
import type { FrameDevice } from "#devices/frame-device.ts";
import { createSignal } from "#devices/signal.ts";
import { ethernetFrame } from "#lab-1/ethernet-frame.ts";
import { ipv4Packet } from "#lab-1/ipv4-packet.ts";
import { createNetworkInterface } from "#lab-5/network-interface.ts";
import type { Loss } from "./server-events.ts";

const etherTypeIpv4 = 0x0800;

export type EthernetLinkOptions = {
  readonly frames: FrameDevice;
  readonly ticker: Pick<Ticker, "onTick">;
  /** The interface's own addresses. */
  readonly mac: MacAddress;
  readonly ip: Ipv4Address;
  /** The neighbour that every packet is sent to, whatever its destination. */
  readonly gateway: Ipv4Address;
  /** Something that came from the link was thrown away, or an answer to it was. */
  readonly onLoss: (loss: Loss) => void;
};

/**
 * Lab 5's interface on an Ethernet link, as a packet device: in place of a TUN. docs/protocol.md#the-server-on-ethernet
 *
 * `write` is `false` for a packet that cannot be parsed, too. One that waits for the gateway's MAC address counts as taken.
 */
export function createEthernetLink({ frames, ticker, mac, ip, gateway, onLoss }: EthernetLinkOptions): PacketDevice {
  const networkInterface = createNetworkInterface({ mac, ip });
  const arrived = createSignal<readonly Uint8Array[]>();

  /** Transmits what the interface wants transmitted. Returns whether all of it was taken, and the packets that it hands up. */
  function carryOut(actions: readonly InterfaceAction[]): { readonly taken: boolean; readonly packets: readonly Uint8Array[] } {
    let taken = true;
    const packets: Uint8Array[] = [];
    for (const action of actions) {
      switch (action.kind) {
        case "transmit":
          taken = frames.write(ethernetFrame.serialize(action.frame)) && taken;
          break;
        case "deliver":
          packets.push(ipv4Packet.serialize(action.packet));
          break;
        default:
          action satisfies never;
      }
    }
    return { taken, packets };
  }

  function receive(frame: EthernetFrame): readonly Uint8Array[] {
    const actions = networkInterface.receive(frame);
    // Frames for others are no loss. One for us with a packet brings a packet, or what it brings cannot be parsed.
    if (actions.length === 0 && frame.etherType === etherTypeIpv4 && frame.destination === mac) onLoss("malformed-packet");
    const { taken, packets } = carryOut(actions);
    if (!taken) onLoss("refused-by-device");
    return packets;
  }

  function receiveBatch(batch: readonly Uint8Array[]): void {
    const packets: Uint8Array[] = [];
    for (const bytes of batch) {
      const frame = ethernetFrame.parse(bytes);
      if (frame.ok) packets.push(...receive(frame.value));
      else onLoss("malformed-frame");
    }
    // One batch stays one batch: what a client is sent of it leaves together.
    if (packets.length > 0) arrived.emit(packets);
  }

  ticker.onTick((elapsed) => void carryOut(networkInterface.tick(elapsed)));

  return {
    get mtu() {
      return frames.mtu;
    },
    onPackets: (listener) => {
      if (!arrived.hasListener()) frames.onFrames(receiveBatch);
      arrived.on(listener);
    },
    onClose: frames.onClose,
    write: (packet) => {
      const parsed = ipv4Packet.parse(packet);
      return parsed.ok && carryOut(networkInterface.send(parsed.value, gateway)).taken;
    },
    close: frames.close,
  };
}
