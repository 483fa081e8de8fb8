import { DeviceError } from "./device-error.ts";

/**
 * The kernel refused a setting of an interface.
 *
 * @param reason the error's name, such as `EPERM`
 * @param what what was asked for: `the address 13.8.0.1/24`
 */
export function configurationError(reason: string, name: string, what: string): DeviceError {
  switch (reason) {
    case "EPERM":
    case "EACCES":
      return new DeviceError("no-permission", `Changing ${name} (${what}) needs the right CAP_NET_ADMIN; run as root (sudo).`);
    case "ENODEV":
      return new DeviceError("device-deleted", `There is no network device ${name} any more; start again to make a new one.`);
    case "ENETDOWN":
      return new DeviceError("interface-down", `${name} is down, which rules out ${what}; set it up first.`);
    case "ENETUNREACH":
      return new DeviceError(
        "configuration-refused",
        `The gateway of ${what} is not reachable by ${name}; give ${name} an address in its network first.`,
      );
    case "EADDRNOTAVAIL":
      return new DeviceError("bad-address", `${name} cannot have ${what}; give an address of a host.`);
    case "EAFNOSUPPORT":
      return new DeviceError("configuration-refused", `${name} cannot have ${what}, since this host has no IPv6; leave it out.`);
    default:
      return new DeviceError("configuration-refused", `The kernel refused ${what} for ${name} (${reason}); check the value.`);
  }
}
