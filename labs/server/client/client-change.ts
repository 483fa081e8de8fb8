import type { Journal, JournalRules } from "../host/journal.ts";
import { revertResolvedLink } from "./resolved-link.ts";
import { type ResolverFileChange, restoreResolverFile } from "./resolver-file.ts";

/** What the client has changed on the host and has to undo: plain data, so that it can be written down before it is done. */
export type ClientChange =
  /** A device that was there before, with its settings at that time. */
  | { readonly kind: "device"; readonly name: string; readonly mtu: number; readonly ipv4: string | null; readonly isUp: boolean }
  /** A route around the tunnel, for its own connection. */
  | { readonly kind: "server-route"; readonly device: string; readonly to: string; readonly via: string | null }
  /** The DNS servers of a device, as systemd-resolved knows them. */
  | { readonly kind: "resolved-link"; readonly device: string }
  | ResolverFileChange;

export type ClientJournal = Journal<ClientChange>;

export const clientChanges: JournalRules<ClientChange> = {
  program: "client",
  isNeeded: () => false,
  undo: (change) => {
    switch (change.kind) {
      case "resolver-file":
        return restoreResolverFile(change);
      case "resolved-link":
        return revertResolvedLink(change.device);
      case "device":
      case "server-route":
        // These need an open device, or the C library: whoever begins them says how they are undone. See recover-client.ts.
        return;
      default:
        change satisfies never;
    }
  },
};
