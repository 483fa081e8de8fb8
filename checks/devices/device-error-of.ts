import { DeviceError } from "#devices/device-error.ts";

/** The `DeviceError` that the call throws. Fails the test when it throws none. */
export function deviceErrorOf(call: () => unknown): DeviceError {
  try {
    call();
  } catch (error) {
    if (error instanceof DeviceError) return error;
    throw error;
  }
  throw new Error("A DeviceError was expected, but nothing was thrown.");
}

/** The `DeviceError` that the promise is rejected with. Fails the test when it is fulfilled. */
export async function deviceRejectionOf(promise: Promise<unknown>): Promise<DeviceError> {
  return promise.then(
    () => {
      throw new Error("A DeviceError was expected, but the promise was fulfilled.");
    },
    (error: unknown) => {
      if (error instanceof DeviceError) return error;
      throw error;
    },
  );
}
