import { createManualTicker } from "#devices/manual-ticker.ts";
import { createMemoryFrameLink } from "#devices/memory-link.ts";
import { ipv4, mac } from "#kit/addresses.ts";
import { fromHex } from "#kit/bytes.ts";
import { createEthernetLink } from "./ethernet-link.ts";

const packet = fromHex("4500001c 00000000 400143a2 0d080002 c6336402 0800f7ff 00000000");
/** "Who has 10.4.6.2? Tell 10.4.6.1", to everybody. */
const question = fromHex("ffffffffffff 020000000001 0806 0001 0800 06 04 0001 020000000001 0a040601 000000000000 0a040602");

/**
 * Plays a moment on an Ethernet link to labs 1 and 5, in memory, as `tryLabs` does for the others: whichever is not done yet throws its
 * `NotImplemented` here.
 */
export function tryLab5(): void {
  const { near, far, flush } = createMemoryFrameLink();
  const ticker = createManualTicker();
  const addresses = { mac: mac("02:00:0a:04:06:02"), ip: ipv4("10.4.6.2"), gateway: ipv4("10.4.6.1") };
  const device = createEthernetLink({ frames: near, ticker, ...addresses, onLoss: () => {} });
  device.onPackets(() => {});
  device.write(packet);
  far.write(question);
  flush();
  ticker.tick(1);
}
