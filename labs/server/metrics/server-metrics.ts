import type { Registry } from "prom-client";
import type { ComposedServer } from "../compose-server.ts";
import type { Counters } from "../counters.ts";
import type { CloseReason, Loss } from "../server-events.ts";

/** All there are: a metric has these labels and no others, whoever connects. */
const closeReasons = Object.keys({
  disconnected: true,
  "peer-dead": true,
  "no-request": true,
  "bad-message": true,
  "pool-exhausted": true,
  "server-stopped": true,
} satisfies Record<CloseReason, true>) as readonly CloseReason[];

const losses = Object.keys({
  "no-session": true,
  "no-address": true,
  "spoofed-source": true,
  "not-ipv4": true,
  "malformed-packet": true,
  "malformed-frame": true,
  "wrong-direction": true,
  "unknown-type": true,
  "slow-client": true,
  "refused-by-device": true,
} satisfies Record<Loss, true>) as readonly Loss[];

/** One counter, with its value for each value of its label. */
type CounterMetric = {
  readonly name: string;
  readonly help: string;
  readonly label?: string;
  readonly values: (counters: Counters) => Readonly<Record<string, number>>;
};

const counterMetrics: readonly CounterMetric[] = [
  {
    name: "fourover6_connects_total",
    help: "Connections that were accepted.",
    values: ({ connections }) => ({ "": connections }),
  },
  {
    name: "fourover6_accept_errors_total",
    help: "Connections over the limit, and lacks of file descriptors: each lack once.",
    values: ({ failedAccepts }) => ({ "": failedAccepts }),
  },
  {
    name: "fourover6_addresses_lent_total",
    help: "Clients that were lent an address.",
    values: ({ addressesLent }) => ({ "": addressesLent }),
  },
  {
    name: "fourover6_closes_total",
    help: "Connections that have ended, by reason.",
    label: "reason",
    values: ({ closes }) => Object.fromEntries(closeReasons.map((reason) => [reason, closes[reason] ?? 0])),
  },
  {
    name: "fourover6_drops_total",
    help: "Packets and messages that were thrown away, by reason; slow-client is a full queue.",
    label: "reason",
    values: (counters) => Object.fromEntries(losses.map((loss) => [loss, counters.losses[loss] ?? 0])),
  },
  {
    name: "fourover6_packets_total",
    help: "IPv4 packets passed on.",
    label: "direction",
    values: ({ fromClients, toClients }) => ({ from_clients: fromClients.packets, to_clients: toClients.packets }),
  },
  {
    name: "fourover6_bytes_total",
    help: "Bytes of these packets, without the messages' headers.",
    label: "direction",
    values: ({ fromClients, toClients }) => ({ from_clients: fromClients.bytes, to_clients: toClients.bytes }),
  },
  {
    name: "fourover6_heartbeats_total",
    help: "Heartbeats (messages 104).",
    label: "direction",
    values: ({ heartbeatsReceived, heartbeatsSent }) => ({ from_clients: heartbeatsReceived, to_clients: heartbeatsSent }),
  },
];

/**
 * What Prometheus is told: the server's counters, how many are connected, and what prom-client knows of the process. The values are read when
 * somebody asks.
 *
 * @param server `undefined` while it starts: then nothing has been counted
 */
export async function createServerMetrics(server: () => Pick<ComposedServer, "counters" | "users"> | undefined): Promise<Registry> {
  // Loaded here: most servers need none of it.
  const { collectDefaultMetrics, Counter, Gauge, Registry } = await import("prom-client");
  const registry = new Registry();
  const addGauge = (name: string, help: string, value: () => number): void =>
    registry.registerMetric(
      new Gauge({
        name,
        help,
        registers: [],
        collect() {
          this.set(value());
        },
      }),
    );
  const addCounter = ({ name, help, label, values }: CounterMetric): void =>
    registry.registerMetric(
      new Counter({
        name,
        help,
        registers: [],
        labelNames: label === undefined ? [] : [label],
        collect() {
          const counters = server()?.counters();
          if (counters === undefined) return;
          this.reset();
          for (const [of, value] of Object.entries(values(counters))) this.inc(label === undefined ? {} : { [label]: of }, value);
        },
      }),
    );

  const users = () => server()?.users() ?? [];
  addGauge("fourover6_connections", "Connections that are open.", () => users().length);
  addGauge("fourover6_users", "Clients that have an address.", () => users().filter(({ address }) => address !== undefined).length);
  for (const metric of counterMetrics) addCounter(metric);
  collectDefaultMetrics({ register: registry });
  return registry;
}
