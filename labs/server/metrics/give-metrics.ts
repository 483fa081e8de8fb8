import { DeviceError } from "#devices/device-error.ts";
import type { ComposedServer } from "../compose-server.ts";
import type { Log } from "../log.ts";
import { openMetricsEndpoint } from "./metrics-endpoint.ts";
import { createServerMetrics } from "./server-metrics.ts";

/** Opens `--metrics`, and says where. Rejects with a `DeviceError`: who asks for metrics wants no server without. */
export async function giveMetrics(address: string, server: () => ComposedServer | undefined, log: Log): Promise<void> {
  const { url, isPublic } = await openMetricsEndpoint(address, await createServerMetrics(server)).catch((error: unknown) => {
    throw error instanceof DeviceError ? new DeviceError(error.code, `--metrics: ${error.message}`, { cause: error }) : error;
  });
  log.info({ url }, "metrics");
  if (isPublic) log.warn({ note: "everybody who can reach this address can read the metrics; [::1] is for this host only" }, "metrics");
}
