import { join } from "node:path";
import type { Endpoint } from "#devices/endpoint.ts";
import { hasReference } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import type { Command } from "./server-process.ts";

/** Which server is tested. */
export type TestedServer =
  /** The kit's own, made of the labs in `from`. */
  | { readonly kind: "own"; readonly from: string; readonly link: "tun" | "memory" | "tap" }
  /** Any other: a line for the shell, and where it listens then. */
  | { readonly kind: "given"; readonly command: string; readonly address: Endpoint };

/** The command that starts the server, so that it listens at `address`. A given server decides by itself where it listens. */
export function commandOf(server: TestedServer, address: Endpoint): Command {
  if (server.kind === "given") return server.command;
  const { from, link } = server;
  const listen = `[${address.host}]:${address.port}`;
  const program = [process.execPath, join(root, "labs/launch/run.mjs"), join(root, "labs/server/server.ts")];
  return [...program, "--from", from, "--listen", listen, "--link", link, "--nat", "none"];
}

/** Whose labs the kit's own server is made of when nobody says. */
export const defaultFrom = hasReference ? "reference" : "labs";
