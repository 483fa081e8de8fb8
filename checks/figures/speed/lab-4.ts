import { classicServer } from "#checks/lab-4-tun-server/classic-server.ts";
import { far, packetOfLength } from "#checks/lab-4-tun-server/packets.ts";
import { request, upload } from "#checks/lab-4-tun-server/wire.ts";
import type { SessionId } from "#contract/vocabulary.ts";
import { createAddressPool } from "#lab-2/address-pool.ts";
import { createSessionTable } from "#lab-2/session-table.ts";
import { createServerCore } from "#lab-4/server-core.ts";
import { measureHere } from "./measure-here.ts";

const { cidr, reserved, ...config } = classicServer;
const core = createServerCore({ ...config, sessions: createSessionTable(createAddressPool({ cidr, reserved })) });
const client = 0 as SessionId;
core.connect(client);
core.receive(client, request.bytes);
const up = upload(packetOfLength(200, "13.8.0.2", far)).bytes;
const down = packetOfLength(200, far, "13.8.0.2");

measureHere(() => {
  for (let pair = 0; pair < 100; pair++)
    if (core.receive(client, up).length + core.receiveFromTun(down).length !== 2)
      throw new Error("The core did something else than it was measured for.");
});
