import { hearFromMany, station } from "#checks/lab-5-arp-interface/floods.ts";
import { carries, isAt } from "#checks/lab-5-arp-interface/frames.ts";
import { us } from "#checks/lab-5-arp-interface/hosts.ts";
import { packet } from "#checks/lab-5-arp-interface/packets.ts";
import { createNetworkInterface } from "#lab-5/network-interface.ts";
import { measureHere } from "./measure-here.ts";

const neighbours = 100;
const networkInterface = createNetworkInterface(us);
hearFromMany(networkInterface, { frame: isAt(us), count: neighbours });
const stations = Array.from({ length: neighbours }, (_, index) => station(index).ip);
const ping = packet("", { payload: new Uint8Array(64) });
const incoming = carries(ping);

measureHere(() => {
  for (const next of stations)
    if (networkInterface.send(ping, next).length + networkInterface.receive(incoming).length !== 2)
      throw new Error("The interface did something else than it was measured for.");
});
