import { describe, expect, it } from "vitest";
import { checksumVerdicts } from "../capture/checksums.ts";
import { ethernetLayer, ipLayer } from "../capture/ip-layers.ts";
import { tcpSegment } from "../capture/tcp-segment.ts";
import { createTunnelFrames } from "./tunnel-frames.ts";

/** What the readers of captures, which are written apart, find in a frame. */
function read(frame: Uint8Array | undefined) {
  const { etherType, payload } = ethernetLayer(frame ?? new Uint8Array());
  const packet = ipLayer(payload);
  const segment = tcpSegment(packet.payload);
  return {
    etherType,
    from: `${packet.source} ${segment.sourcePort}`,
    to: `${packet.destination} ${segment.destinationPort}`,
    sequenceNumber: segment.sequenceNumber,
    acknowledgementNumber: segment.acknowledgementNumber,
    payload: segment.payload,
    checksums: checksumVerdicts(packet),
  };
}

const client = "fd64:4:6::2 40000";
const server = "fd64:4:6::1 5678";

describe("frames around a 4over6 stream", () => {
  it("have right addresses, numbers and checksums, both ways", () => {
    const frames = createTunnelFrames();
    const request = Uint8Array.of(5, 0, 0, 0, 100);
    const [first] = frames({ direction: "to-lab", bytes: request });
    const [answer] = frames({ direction: "from-lab", bytes: Uint8Array.of(6, 0, 0, 0, 101, 0x31) });
    const [second] = frames({ direction: "to-lab", bytes: request });
    const right = [{ of: "TCP", right: true }];
    expect(read(first)).toEqual({
      etherType: 0x86dd,
      from: client,
      to: server,
      sequenceNumber: 1,
      acknowledgementNumber: 1,
      payload: request,
      checksums: right,
    });
    expect(read(answer)).toMatchObject({ from: server, to: client, sequenceNumber: 1, acknowledgementNumber: 6, checksums: right });
    expect(read(second)).toMatchObject({ from: client, sequenceNumber: 6, acknowledgementNumber: 7, checksums: right });
  });

  it("belong to one connection for each peer", () => {
    const frames = createTunnelFrames();
    const from = (peer: string) => frames({ direction: "to-lab", bytes: Uint8Array.of(1), peer }).map((frame) => read(frame).from);
    expect([from("a"), from("b"), from("a")].flat()).toEqual([client, "fd64:4:6::3 40001", client]);
  });

  it.each([0, 1, 2, 1500, 65_000])("carry %d bytes in one frame", (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) & 0xff);
    const frames = createTunnelFrames()({ direction: "to-lab", bytes });
    expect(frames.length).toBe(1);
    expect(read(frames[0])).toMatchObject({ payload: bytes, checksums: [{ right: true }] });
  });

  it("are several for what no packet can hold", () => {
    const bytes = Uint8Array.from({ length: 150_000 }, (_, i) => (i * 7) & 0xff);
    const found = createTunnelFrames()({ direction: "from-lab", bytes }).map(read);
    expect(found.map(({ sequenceNumber }) => sequenceNumber)).toEqual([1, 65_001, 130_001]);
    expect(Buffer.concat(found.map(({ payload }) => payload)).equals(bytes)).toBe(true);
  });
});
