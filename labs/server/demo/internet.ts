import { once } from "node:events";
import { playActor, tellAudience } from "./actor.ts";
import { addresses } from "./addresses.ts";
import { runTool } from "./run-tool.ts";
import { createWebServer } from "./web-page.ts";

/** The internet of the demo: a web server in a network of its own, at the other end of a cable to the 4over6 server. */

export type InternetRequest =
  /** Sets the cable's end up, and starts the web server. */
  | { readonly do: "serve"; readonly device: string }
  /** Without NAT somebody has to tell it the way back. */
  | { readonly do: "route-back" };

const web = createWebServer((visitor, page) => tellAudience({ kind: "served", visitor, ...page }));

playActor(async (asked) => {
  const request = asked as InternetRequest;
  switch (request.do) {
    case "serve":
      await runTool("ip link set lo up");
      await runTool(`ip address add ${addresses.web}/24 dev ${request.device}`);
      await runTool(`ip link set ${request.device} up`);
      web.listen(80, addresses.web);
      return once(web, "listening");
    case "route-back":
      return runTool(`ip route add ${addresses.pool} via ${addresses.router}`);
    default:
      return request satisfies never;
  }
});
