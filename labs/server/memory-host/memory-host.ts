import type { Duplex } from "node:stream";
import type { PacketDevice } from "#contract/lab-4-tun-server.ts";
import type { Ipv4Address } from "#contract/vocabulary.ts";
import { parseEcho, serializeEcho } from "./icmp-echo.ts";
import { type InternetPacket, parsePacket, protocols, serializePacket } from "./internet-packet.ts";
import { parseSegment, segmentPacket, type TcpSegment } from "./tcp-segment.ts";
import { createTcpStream, type TcpStream } from "./tcp-stream.ts";

/** A computer with one IPv4 address at the end of an in-memory link: it answers pings and speaks TCP. */
export type MemoryHost = {
  /** Sends a ping. `onReply` is called when its answer comes. */
  readonly ping: (to: Ipv4Address, sequence: number, onReply: () => void) => void;
  /** Asks for a TCP connection. What is written before it is there waits. */
  readonly connect: (to: Ipv4Address, port: number) => Duplex;
  /** Takes TCP connections to this port. */
  readonly listen: (port: number, onConnection: (stream: Duplex, peer: Ipv4Address) => void) => void;
};

const identifier = 0x4f36;
const pingLength = 56;
const tcpAndIpHeader = 40;
const firstEphemeralPort = 49_152;

/** @param random gives the next number from 0 to below 1; for sequence numbers and ports */
export function createMemoryHost(device: PacketDevice, address: Ipv4Address, random: () => number = Math.random): MemoryHost {
  const listeners = new Map<number, (stream: Duplex, peer: Ipv4Address) => void>();
  const streams = new Map<string, TcpStream>();
  const pings = new Map<number, () => void>();
  let lastPort = firstEphemeralPort + Math.floor(random() * 10_000);

  const send = (packet: Omit<InternetPacket, "source">): void => void device.write(serializePacket({ ...packet, source: address }));

  const createStream = (peer: Ipv4Address, localPort: number, remotePort: number): TcpStream => {
    const key = `${localPort} ${peer} ${remotePort}`;
    const stream = createTcpStream({
      localPort,
      remotePort,
      initialSequenceNumber: Math.floor(random() * 2 ** 32),
      maxSegmentSize: device.mtu - tcpAndIpHeader,
      send: (segment) => send(segmentPacket(segment, { source: address, destination: peer })),
      onEnd: () => streams.delete(key),
    });
    streams.set(key, stream);
    return stream;
  };

  const receiveEcho = ({ source, payload }: InternetPacket): void => {
    const echo = parseEcho(payload);
    if (echo?.kind === "request")
      send({ destination: source, protocol: protocols.icmp, payload: serializeEcho({ ...echo, kind: "reply" }) });
    else if (echo?.identifier === identifier) {
      pings.get(echo.sequence)?.();
      pings.delete(echo.sequence);
    }
  };

  const receiveSegment = (peer: Ipv4Address, segment: TcpSegment): void => {
    const { sourcePort, destinationPort, syn, ack } = segment;
    const known = streams.get(`${destinationPort} ${peer} ${sourcePort}`);
    if (known !== undefined) return known.receive(segment);
    const listener = listeners.get(destinationPort);
    if (listener === undefined || !syn || ack) return;
    const opened = createStream(peer, destinationPort, sourcePort);
    opened.receive(segment);
    listener(opened.stream, peer);
  };

  device.onPackets((batch) => {
    for (const bytes of batch) {
      const packet = parsePacket(bytes);
      if (packet?.destination !== address) continue;
      if (packet.protocol === protocols.icmp) receiveEcho(packet);
      const segment = packet.protocol === protocols.tcp ? parseSegment(packet) : undefined;
      if (segment !== undefined) receiveSegment(packet.source, segment);
    }
  });

  return {
    ping: (to, sequence, onReply) => {
      pings.set(sequence, onReply);
      const data = Uint8Array.from({ length: pingLength }, (_, index) => index);
      send({ destination: to, protocol: protocols.icmp, payload: serializeEcho({ kind: "request", identifier, sequence, data }) });
    },
    connect: (to, port) => {
      lastPort += 1;
      const { stream, open } = createStream(to, lastPort, port);
      open();
      return stream;
    },
    listen: (port, onConnection) => {
      listeners.set(port, onConnection);
    },
  };
}
