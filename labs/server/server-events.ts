import type { ServerAction } from "#contract/lab-4-tun-server.ts";
import type { Ipv4Address, Millis } from "#contract/vocabulary.ts";
import type { User } from "./user.ts";

/** Why a connection ended: the core decided it, the peer left (its FIN, or a reset), or the whole server stops. */
export type CloseReason = Extract<ServerAction, { kind: "close" }>["reason"] | "disconnected" | "server-stopped";

/** Why something was thrown away: the core decided it, its client reads too slowly, the device refused it, or it is no Ethernet frame. */
export type Loss = Extract<ServerAction, { kind: "drop" }>["reason"] | "slow-client" | "refused-by-device" | "malformed-frame";

/** What a running server has to tell. */
export type ServerEvent =
  | { readonly kind: "connected"; readonly user: User }
  | { readonly kind: "address-lent"; readonly user: User; readonly address: Ipv4Address }
  | {
      readonly kind: "closed";
      readonly user: User;
      readonly reason: CloseReason;
      readonly after: Millis;
      /** When its bytes were not 4over6: what they look like. */
      readonly looksLike: string | undefined;
    }
  /** What was thrown away since the last such event. Comes seldom, however much is lost. */
  | { readonly kind: "losses"; readonly losses: Partial<Readonly<Record<Loss, number>>>; readonly during: Millis }
  /** Connections that could not be accepted since the last such event. */
  | { readonly kind: "failed-accepts"; readonly count: number; readonly latest: Error }
  /** The device has closed by itself: there is nothing left to serve. */
  | { readonly kind: "device-lost"; readonly error: Error }
  /** The device goes on all the same. */
  | { readonly kind: "device-warning"; readonly error: Error }
  | { readonly kind: "recording-problem"; readonly error: Error };
