// A TCP listener of its own process, for what a test cannot do to itself: running out of file descriptors, or having few rights.
// It echoes what it receives and tells of its errors. Argument: the address.
import { DeviceError } from "#devices/device-error.ts";
import { listenTcp } from "#devices/tcp-listener.ts";
import { endWithTest, tell } from "./child-side.ts";

endWithTest();
try {
  const listener = await listenTcp(process.argv[2] ?? "[::1]:0");
  listener.onError((error) => tell({ error: error instanceof DeviceError ? error.code : String(error), message: error.message }));
  listener.onConnection((connection) => {
    connection.onData((chunk) => connection.write(chunk));
  });
  tell({ listening: listener.address });
} catch (error) {
  tell(error instanceof DeviceError ? { error: error.code, message: error.message } : { error: String(error) });
}
