import { DeviceError } from "./device-error.ts";

/** Why the system does not let a program listen on `address`, in one sentence. */
export function listenError(cause: NodeJS.ErrnoException, address: string, port: number): DeviceError {
  switch (cause.code ?? "") {
    case "EADDRINUSE":
      return new DeviceError("address-in-use", `${address} is in use by another program; stop it, or listen on another port.`, { cause });
    case "EADDRNOTAVAIL":
      return new DeviceError(
        "address-unavailable",
        `${address} is not an address of this host; use one that it has, or [::]:${port} for all of them.`,
        { cause },
      );
    case "EAFNOSUPPORT":
      return new DeviceError("address-unavailable", `${address}: this host has no IPv6; switch it on, the tunnel runs over it.`, { cause });
    case "EACCES":
      return new DeviceError("no-permission", `Port ${port} is for privileged programs; choose one from 1024 on, or run as root.`, {
        cause,
      });
    default:
      return new DeviceError("listen-failed", `The system refused to listen on ${address}: ${cause.message}.`, { cause });
  }
}
