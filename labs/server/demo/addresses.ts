import { ipv4 } from "#kit/addresses.ts";

/** The demo's network. IPv6 addresses are from a private range (RFC 4193), the web server's are for documentation (RFC 5737). */
export const addresses = {
  client: "fd46:4:6::2",
  server: "fd46:4:6::1",
  serverPort: 5678,
  /** The server's side of the IPv4 internet. */
  router: ipv4("198.51.100.1"),
  web: ipv4("198.51.100.2"),
  pool: "13.8.0.0/24",
  /** With `--link tap`: the two stations of the Ethernet link in the server. */
  linkNetwork: "10.4.6.0/30",
  linkKernel: ipv4("10.4.6.1"),
  linkInterface: ipv4("10.4.6.2"),
  poolServer: ipv4("13.8.0.1"),
  dns: [ipv4("198.51.100.2"), ipv4("8.8.8.8"), ipv4("8.8.4.4")],
} as const;
