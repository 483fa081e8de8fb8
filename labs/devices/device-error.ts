/** What went wrong with a device. Stable: programs may switch on it. */
export type DeviceErrorCode =
  // Opening a TUN or TAP device
  | "unsupported-platform"
  | "native-library-missing"
  | "device-file-missing"
  | "no-permission"
  | "name-invalid"
  | "name-too-long"
  | "name-in-use"
  | "not-this-kind"
  // Configuring one
  | "bad-address"
  | "bad-mtu"
  | "configuration-refused"
  // While it runs
  | "device-deleted"
  | "interface-down"
  | "read-failed"
  // TCP
  | "address-in-use"
  | "address-unavailable"
  | "listen-failed"
  | "too-many-files"
  | "too-many-connections"
  | "accept-failed"
  // Recording
  | "recording-failed"
  | "recording-behind"
  | "recording-full";

/** A device cannot do its work. The message is one sentence for people: what is wrong, and what to do about it. */
export class DeviceError extends Error {
  override readonly name = "DeviceError";
  readonly code: DeviceErrorCode;

  /** `options.cause` is the operating system's own error, where there is one. */
  constructor(code: DeviceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
