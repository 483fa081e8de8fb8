import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, get, type IncomingMessage, type RequestOptions, type Server } from "node:http";
import type { Duplex } from "node:stream";
import type { Millis } from "#contract/vocabulary.ts";
import { StoryError } from "./lab-at-fault.ts";

/** A page as both sides see it. */
export type PageSeen = { readonly bytes: number; readonly sha256: string };

/** Random bytes of a page, as text: nobody can know them who has not got them through the tunnel. */
const randomLength = 75_000;
const lineLength = 100;

/** A web server with one page, made new for each demo. `onServed` hears who asked for it. */
export function createWebServer(onServed: (visitor: string, page: PageSeen) => void): Server {
  const noise = randomBytes(randomLength)
    .toString("base64")
    .replace(new RegExp(`.{${lineLength}}`, "g"), "$&\n");
  const page = Buffer.from(`<!doctype html><title>4over6</title><p>You have an IPv4 address.</p><pre>\n${noise}\n</pre>\n`);
  return createServer(({ socket }, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.setHeader("connection", "close");
    response.end(page);
    onServed(visitorOf(socket), seen(page));
  });
}

/** Downloads the page, and waits until the connection is closed. Rejects when the page does not come whole, or not in time. */
export async function download(address: string, patience: Millis, connect?: () => Duplex): Promise<PageSeen> {
  // `agent: false` is a connection of its own; a function that connects is asked only where no agent is named.
  const options: RequestOptions = connect === undefined ? { agent: false } : { createConnection: connect };
  const signal = AbortSignal.timeout(patience);
  const request = get({ host: address, path: "/", ...options, signal });
  try {
    const [response] = (await once(request, "response")) as [IncomingMessage];
    const closed = once(response.socket, "close");
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    await closed;
    if (response.statusCode !== 200) throw new StoryError(`The web server answered with ${response.statusCode}.`);
    return seen(Buffer.concat(chunks));
  } catch (error) {
    throw signal.aborted ? new StoryError(`The page did not come within ${patience / 1000} s.`, { cause: error }) : error;
  }
}

function seen(page: Uint8Array): PageSeen {
  return { bytes: page.length, sha256: createHash("sha256").update(page).digest("hex") };
}

/** A stream in memory carries its peer's address too. */
function visitorOf({ remoteAddress }: { readonly remoteAddress?: string | undefined }): string {
  return (remoteAddress ?? "unknown").replace(/^::ffff:/, "");
}
