import type { Members } from "#checks/harness/host.ts";
import { classicServer } from "#checks/lab-4-tun-server/classic-server.ts";
import { openTun } from "#devices/linux-tun.ts";
import { listenTcp } from "#devices/tcp-listener.ts";
import { startTicker } from "#devices/ticker.ts";

/** The lab's server with everything real: a TCP socket, a TUN device of the kernel, a clock that runs. Stands on the lab's side. */
export type ServerOnTun = {
  /** @returns where it listens, on ::1 */
  readonly start: () => Promise<number>;
  readonly end: () => Promise<void>;
};

export type LabOnTun = { readonly createServerOnTun: () => ServerOnTun };

/** The device, which the grader has made: the lab's user may open it, and no other. */
export const tunName = "4over6";

/** @public Imported by the driver's own program only, which is made when it is needed. */
export const members: Members<LabOnTun> = {
  createServerOnTun: async () => {
    const { createAddressPool } = await import("#lab-2/address-pool.ts");
    const { createSessionTable } = await import("#lab-2/session-table.ts");
    const { createServerCore } = await import("#lab-4/server-core.ts");
    const { runServer } = await import("#lab-4/run-server.ts");
    return () => {
      const closing: (() => Promise<void>)[] = [];
      return {
        start: async () => {
          const { cidr, reserved, ...config } = classicServer;
          const tun = await openTun({ name: tunName });
          closing.push(tun.close);
          const listener = await listenTcp("[::1]:0", { maxQueuedBytes: 1024 * 1024 });
          closing.push(listener.close);
          const ticker = startTicker();
          closing.push(async () => ticker.stop());
          const core = createServerCore({ ...config, sessions: createSessionTable(createAddressPool({ cidr, reserved })) });
          const server = runServer({ listener, tun, ticker, core });
          closing.push(server.stop);
          return Number(/:(\d+)$/.exec(listener.address)?.[1]);
        },
        end: async () => {
          for (const close of closing.splice(0).toReversed()) await close();
        },
      };
    };
  },
};
