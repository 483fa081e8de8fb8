import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Registry } from "prom-client";
import type { Millis } from "#contract/vocabulary.ts";
import { formatEndpoint, parseEndpoint } from "#devices/endpoint.ts";
import { listenError } from "#devices/listen-error.ts";

/**
 * What those who ask may cost, however slow or hostile. A request of Prometheus has a few hundred bytes.
 */
const limits = {
  connections: 16,
  headerBytes: 8 * 1024,
  headers: 32,
  request: 5000 satisfies Millis,
  silence: 10_000 satisfies Millis,
  checkEvery: 1000 satisfies Millis,
} as const;

export type MetricsEndpoint = {
  /** `http://[::1]:9464/metrics` */
  readonly url: string;
  /** Not only programs of this host can ask. */
  readonly isPublic: boolean;
  readonly close: () => void;
};

/**
 * Gives the metrics to whoever asks by HTTP. It reads no request bodies, keeps nothing between requests, and does not keep the process alive.
 * Rejects with a `DeviceError` when it cannot listen there.
 *
 * @param address `[::1]:9464`; with port 0 the system chooses one
 */
export async function openMetricsEndpoint(address: string, registry: Registry): Promise<MetricsEndpoint> {
  const server = createServer({
    maxHeaderSize: limits.headerBytes,
    headersTimeout: limits.request,
    requestTimeout: limits.request,
    connectionsCheckingInterval: limits.checkEvery,
  });
  server.maxConnections = limits.connections;
  server.maxHeadersCount = limits.headers;
  // For who does not read the answer. Between requests Node waits 5 seconds, its keepAliveTimeout.
  server.setTimeout(limits.silence);
  server.on("request", (request, response) => void answer(request, response, registry));
  const { host, port } = parseEndpoint(address);
  server.listen({ host, port });
  try {
    await once(server, "listening");
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, address, port);
  }
  // Without file descriptors there is no answer, and the tunnel goes on.
  server.on("error", () => {});
  server.unref();
  const bound = server.address() as AddressInfo;
  return {
    url: `http://${formatEndpoint({ host, port: bound.port })}/metrics`,
    isPublic: bound.address !== "::1",
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answer({ method, url }: IncomingMessage, response: ServerResponse, registry: Registry): Promise<void> {
  const isRead = method === "GET" || method === "HEAD";
  // A body that nobody waits for ends with its connection.
  if (!isRead) response.setHeader("Connection", "close");
  if (!isRead) return refuse(response, 405, "Only GET.", { Allow: "GET, HEAD" });
  if (url?.split("?")[0] !== "/metrics") return refuse(response, 404, "The metrics are at /metrics.");
  try {
    const text = await registry.metrics();
    response.writeHead(200, { "Content-Type": registry.contentType, "Content-Length": Buffer.byteLength(text) }).end(text);
  } catch (error) {
    refuse(response, 500, error instanceof Error ? error.message : String(error));
  }
}

function refuse(response: ServerResponse, status: number, why: string, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", ...headers }).end(`${why}\n`);
}
