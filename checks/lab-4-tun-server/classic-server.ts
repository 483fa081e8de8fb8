import type { Lab2 } from "#contract/lab-2-user-pool.ts";
import type { Lab4 } from "#contract/lab-4-tun-server.ts";
import { ipv4 } from "#kit/addresses.ts";

/** All that a server is told before it begins. */
export type ServerConfig = Omit<Parameters<Lab4["createServerCore"]>[0], "sessions"> & Parameters<Lab2["createAddressPool"]>[0];

/** The server of most checks. Its pool lends five addresses, 13.8.0.2 to 13.8.0.6: few enough to be used up. */
export const classicServer: ServerConfig = {
  cidr: "13.8.0.0/29",
  reserved: [ipv4("13.8.0.1")],
  timing: { sendEvery: 20_000, deadAfter: 60_000 },
  route: ipv4("0.0.0.0"),
  dns: [ipv4("8.8.8.8"), ipv4("8.8.4.4"), ipv4("1.1.1.1")],
  maxLength: 4101,
};

/** The addresses that it lends. */
export const classicAddresses = ["13.8.0.2", "13.8.0.3", "13.8.0.4", "13.8.0.5", "13.8.0.6"] as const;
