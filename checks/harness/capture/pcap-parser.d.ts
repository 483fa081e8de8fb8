/**
 * The part of the npm package `pcap-parser` 0.2.1 that the kit uses; the package has no types of its own.
 *
 * It also takes a file name or a stream of many chunks. Both are left out on purpose: pcap-file.ts says why.
 */
declare module "pcap-parser" {
  /** What the parser needs of a stream. It calls `pause` at once and `resume` on the next tick. */
  export type ByteSource = {
    readonly pause: () => void;
    readonly resume: () => void;
    readonly on: (event: string, listener: (chunk: Buffer) => void) => void;
  };

  export type PacketHeader = {
    readonly timestampSeconds: number;
    readonly timestampMicroseconds: number;
    readonly capturedLength: number;
    readonly originalLength: number;
  };

  export type PcapParser = {
    on(event: "packet", listener: (packet: { readonly header: PacketHeader; readonly data: Buffer }) => void): void;
    on(event: "error", listener: (error: Error) => void): void;
  };

  export function parse(source: ByteSource): PcapParser;
}
