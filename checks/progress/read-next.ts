import type { LabId } from "#launch/implementation.mjs";

/** What is worth reading when a lab is done: where the next lab needs it, and where the matter itself goes on. */
export const readNext: Readonly<Record<LabId, string>> = {
  "lab-1":
    "docs/lab-2-user-pool.md: who holds which address. Your decoder comes back in lab 4. More about the checksum: RFC 1071; about framing: docs/protocol.md#framing.",
  "lab-2":
    "docs/lab-3-heartbeat.md: silence becomes an event. How the Internet lends addresses, with the same questions: RFC 2131 (DHCP), section 4.3.",
  "lab-3":
    "docs/lab-4-tun-server.md: your codec, pool and heartbeat become a server. The same question in TCP, and why its answer is two hours: RFC 1122, section 4.2.3.6.",
  "lab-4":
    "npm run demo -- --from labs: your server at work; docs/demo.md says what it shows. Then docs/lab-5-arp-interface.md: IP addresses become Ethernet addresses.",
  "lab-5":
    "docs/running-the-server.md: run all five labs as one server. Beyond: RFC 5227 (address conflicts), RFC 4861 (what IPv6 has in place of ARP).",
};
