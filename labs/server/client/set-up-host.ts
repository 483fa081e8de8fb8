import type { AddressGrant } from "#contract/lab-1-codec.ts";
import { DeviceError } from "#devices/device-error.ts";
import type { Libc } from "#devices/linux-libc.ts";
import { interfaceRoutes } from "#devices/linux-route.ts";
import type { TunDevice } from "#devices/linux-tun.ts";
import type { ClientOptions, RouteChoice } from "../client-options.ts";
import type { ClientJournal } from "./client-change.ts";
import { setUpNameServers } from "./name-servers.ts";
import { isCaught, mappedIpv4, wayTo } from "./server-route.ts";

/** What was done to the host, in words, one line each. */
export type HostNote = { readonly what: "device" | "routes" | "dns"; readonly note: string; readonly warning?: string | undefined };

export type HostToSetUp = {
  readonly tun: TunDevice;
  readonly libc: Libc;
  readonly grant: AddressGrant;
  readonly options: Pick<ClientOptions, "routes" | "dns" | "mtu">;
  /** Where the connection really leads: `[::1]:5678`. */
  readonly remoteAddress: string;
  readonly journal: ClientJournal;
};

/** Everything, in two halves: more exact than the host's own default route, which so stays untouched. */
const everything = ["0.0.0.0/1", "128.0.0.0/1"];

/** Sets up address, routes and DNS as the grant says. Throws a `DeviceError` when address or routes are refused. docs/protocol.md#the-client */
export function setUpHost({ tun, libc, grant, options, remoteAddress, journal }: HostToSetUp): readonly HostNote[] {
  setUpDevice(tun, `${grant.address}/32`, options.mtu, journal);
  const networks = networksOf(options.routes, grant);
  const around = keepServerOutside(networks, remoteAddress, libc, journal);
  for (const to of networks) tun.addRoute({ to });
  const through = networks.length === 0 ? "nothing is routed through the tunnel" : `${describe(networks)} through ${tun.name}`;
  return [
    { what: "device", note: `${tun.name} has ${grant.address} and an MTU of ${options.mtu}` },
    { what: "routes", note: [through, ...around].join("; ") },
    ...dnsNotes(options.dns, grant, tun.name, journal),
  ];
}

/** A device that is ours goes when it is closed, and all of this with it. One that was there before has to get back what it had. */
function setUpDevice(tun: TunDevice, address: string, mtu: number, journal: ClientJournal): void {
  if (tun.existedBefore) {
    const before = { mtu: tun.mtu, ipv4: tun.ipv4, isUp: tun.isUp };
    journal.begin({ kind: "device", name: tun.name, ...before, ipv4: before.ipv4 ?? null }, () => restoreDevice(tun, before));
  }
  if (tun.mtu !== mtu) tun.mtu = mtu;
  tun.ipv4 = address;
  tun.isUp = true;
}

/** Down first: the routes through the device go then. */
export function restoreDevice(
  tun: TunDevice,
  before: { readonly mtu: number; readonly ipv4: string | undefined; readonly isUp: boolean },
): void {
  tun.isUp = false;
  tun.mtu = before.mtu;
  tun.ipv4 = before.ipv4;
  tun.isUp = before.isUp;
}

/** The second word of a 101 is a route: 0.0.0.0 is everything, another address that host alone. */
function networksOf(choice: RouteChoice, grant: AddressGrant): readonly string[] {
  if (choice !== "granted") return choice.flatMap((each) => (each === "0.0.0.0/0" ? everything : [each]));
  return grant.route === "0.0.0.0" ? everything : [`${grant.route}/32`];
}

function describe(networks: readonly string[]): string {
  return networks === everything ? "everything" : networks.join(", ");
}

/** The tunnel's own connection must not enter the tunnel. Over IPv6 it cannot; over IPv4 the server gets a route of its own. */
function keepServerOutside(networks: readonly string[], remoteAddress: string, libc: Libc, journal: ClientJournal): readonly string[] {
  const server = mappedIpv4(remoteAddress);
  if (server === undefined || !isCaught(server, networks)) return [];
  const way = wayTo(server);
  if (way === undefined)
    throw new DeviceError(
      "configuration-refused",
      `The way to the server ${server} is not in the routing table, so the tunnel would cut itself off; give --route networks without it.`,
    );
  const { device, via, isOwn } = way;
  if (!isOwn) {
    const routes = interfaceRoutes(libc, device);
    const route = via === undefined ? { to: `${server}/32` } : { to: `${server}/32`, via };
    journal.begin({ kind: "server-route", device, to: route.to, via: via ?? null }, () => void routes.removeRoute(route));
    routes.addRoute(route);
  }
  return [`the server itself, ${server}, still by way of ${device}`];
}

function dnsNotes(choice: ClientOptions["dns"], { dns }: AddressGrant, tunName: string, journal: ClientJournal): readonly HostNote[] {
  switch (choice) {
    case "none":
      return [];
    case "show":
      return [{ what: "dns", note: `the server names ${[...new Set(dns)].join(", ")}; nothing is changed` }];
    case "apply":
      return [{ what: "dns", ...setUpNameServers(dns, tunName, journal) }];
    default:
      return choice satisfies never;
  }
}
