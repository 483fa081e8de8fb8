import { ipv4 } from "#kit/addresses.ts";
import { pingThroughKernel } from "#server/demo/ping-socket.ts";

/* Pings TO through the kernel of this network, and prints what came of it: client-ping TO */
const [to = ""] = process.argv.slice(2);
const patience = 1500;
try {
  await pingThroughKernel(ipv4(to), 1, patience);
  console.log("answered");
} catch (error) {
  console.log(error instanceof Error ? error.message : String(error));
}
