import { randomFillSync } from "node:crypto";
import { ipv4 } from "#kit/addresses.ts";
import { concat } from "#kit/bytes.ts";
import { internetChecksum } from "#lab-1/internet-checksum.ts";
import { ipv4Packet } from "#lab-1/ipv4-packet.ts";
import { encodeMessage } from "#lab-1/message.ts";
import { createMessageDecoder } from "#lab-1/message-decoder.ts";
import { measure, ratioTable } from "./measure.ts";

const packets = 2_000;
const chunkLength = 65_536;

/** Decoding and encoding of messages with packets of one size, beside a plain copy of the same bytes. `--from labs` measures the student's. */
export async function run(): Promise<number> {
  for (const size of [100, 1400]) {
    const payload = randomFillSync(new Uint8Array(size - 20));
    const packet = ipv4Packet.serialize({
      typeOfService: 0,
      identification: 1,
      dontFragment: true,
      moreFragments: false,
      fragmentOffset: 0,
      timeToLive: 64,
      protocol: 17,
      source: ipv4("13.8.0.2"),
      destination: ipv4("198.51.100.2"),
      options: new Uint8Array(),
      payload,
    });
    const stream = concat(...Array.from({ length: packets }, () => encodeMessage({ type: "internet-request", packet })));
    const chunks = Array.from({ length: Math.ceil(stream.length / chunkLength) }, (_, index) =>
      stream.slice(index * chunkLength, (index + 1) * chunkLength),
    );
    const target = Buffer.alloc(stream.length);
    const source = Buffer.from(stream);
    const rows = await measure(
      {
        "Buffer.copy, chunk by chunk": () => {
          let offset = 0;
          for (const chunk of chunks) offset += source.copy(target, offset, offset, offset + chunk.length);
        },
        "decode messages": () => {
          const decoder = createMessageDecoder({ maxLength: 4101 });
          let found = 0;
          for (const chunk of chunks) found += decoder.receive(chunk).length;
          if (found !== packets) throw new Error(`${found} of ${packets} messages were decoded.`);
        },
        "encode messages": () => {
          for (let index = 0; index < packets; index++) encodeMessage({ type: "internet-response", packet });
        },
        "parse IPv4 packets": () => {
          for (let index = 0; index < packets; index++) if (!ipv4Packet.parse(packet).ok) throw new Error("The packet was refused.");
        },
        "internet checksum of the packets": () => {
          for (let index = 0; index < packets; index++) internetChecksum(packet);
        },
      },
      { bytes: stream.length, items: packets },
    );
    console.log(`\n${packets} packets of ${size} bytes, ${(stream.length / 1e6).toFixed(1)} MB, chunks of 64 KiB\n`);
    console.log(ratioTable(rows, { item: "packets" }).join("\n"));
  }
  return 0;
}
