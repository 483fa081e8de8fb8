import type { Ipv4Address } from "#contract/vocabulary.ts";
import { ipv4FromNumber, ipv4ToBytes, ipv4ToNumber } from "#kit/addresses.ts";
import { maskOf, parseIpv4Network } from "./ipv4-network.ts";
import { configurationError } from "./linux-interface-error.ts";
import { family, request, socketAddress, withSocket } from "./linux-interface-request.ts";
import type { Libc } from "./linux-libc.ts";

/** Flags of linux/route.h. */
const routeUp = 1;
const routeByGateway = 2;

/** Where packets go. */
export type Route = {
  /** The network: `0.0.0.0/0` is everything. Bits behind the prefix do not matter. */
  readonly to: string;
  /** The neighbour that passes them on; left out where the network itself is on the link. */
  readonly via?: Ipv4Address;
};

/** The IPv4 routes through one interface. */
export type InterfaceRoutes = {
  /** `false`: such a route is there already. Throws a `DeviceError`. */
  readonly addRoute: (route: Route) => boolean;
  /** `false`: there is no such route (any more). Routes go with their interface by themselves. Throws a `DeviceError`. */
  readonly removeRoute: (route: Route) => boolean;
};

export function interfaceRoutes(libc: Libc, name: string): InterfaceRoutes {
  const change = (number: number, { to, via }: Route, isSo: string): boolean => {
    const { address, prefixLength } = parseIpv4Network(to);
    const mask = maskOf(prefixLength);
    const network = ipv4FromNumber((ipv4ToNumber(address) & ipv4ToNumber(mask)) >>> 0);
    const entry = {
      destination: socketAddress(ipv4ToBytes(network)),
      gateway: via === undefined ? new Uint8Array(16) : socketAddress(ipv4ToBytes(via)),
      mask: socketAddress(ipv4ToBytes(mask)),
      flags: via === undefined ? routeUp : routeUp | routeByGateway,
      device: name,
    };
    const result = withSocket(libc, family.inet, (socket) => libc.changeRoute(socket, number, entry));
    if (result >= 0) return true;
    const reason = libc.errorName(result);
    if (reason === isSo) return false;
    throw configurationError(reason, name, `the route to ${to}${via === undefined ? "" : ` via ${via}`}`);
  };
  return {
    addRoute: (route) => change(request.addRoute, route, "EEXIST"),
    removeRoute: (route) => change(request.deleteRoute, route, "ESRCH"),
  };
}
