import { ipv4 } from "#kit/addresses.ts";
import { equalBytes, fromHex, toHex } from "#kit/bytes.ts";
import { addressGrant } from "#lab-1/address-grant.ts";
import { encodeMessage } from "#lab-1/message.ts";
import { createMessageDecoder } from "#lab-1/message-decoder.ts";
import { createAddressPool } from "#lab-2/address-pool.ts";
import { createSessionTable } from "#lab-2/session-table.ts";
import { createHeartbeat } from "#lab-3/heartbeat.ts";
import { longestMessage } from "../protocol-limits.ts";
import { tryLabs } from "../try-labs.ts";

/**
 * Goes once through everything that server and client use of the labs, in the labs' order: the first that is not done throws its
 * `NotImplemented`. The bytes of a 100 are looked at too: when these are wrong, nobody understands anything.
 */
export function tryAllLabs(): void {
  const request = encodeMessage({ type: "ip-request" });
  if (!equalBytes(request, fromHex("05000000 64")))
    throw new Error(`lab-1 writes message 100 as ${toHex(request)}, and it is 0500000064; npm run check lab-1 says more.`);
  createMessageDecoder({ maxLength: longestMessage }).receive(request);
  const dns = ipv4("8.8.8.8");
  addressGrant.parse(addressGrant.serialize({ address: ipv4("13.8.0.2"), route: ipv4("0.0.0.0"), dns: [dns, dns, dns] }));
  createSessionTable(createAddressPool({ cidr: "13.8.0.0/30", reserved: [] }));
  createHeartbeat({ sendEvery: 20_000, deadAfter: 60_000 }).tick(0);
  tryLabs();
}
