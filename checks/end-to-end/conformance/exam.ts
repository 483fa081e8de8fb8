import type { Story } from "#checks/harness/story.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { type Client, createPings, requestAddress } from "./client/client.ts";
import { udpPacket } from "./client/packets.ts";
import { connectPeer, type Peer, type Tell } from "./client/peer.ts";
import { internetRequest, message } from "./client/wire.ts";
import type { ServerUnderTest } from "./server/server-under-test.ts";
import type { Site } from "./site.ts";

/** What a case is given. */
export type Exam = {
  readonly story: Story;
  /** How long an answer may take. */
  readonly patience: Millis;
  /** For generated inputs. */
  readonly seed: number;
  readonly site: Site;
  readonly server: ServerUnderTest;
  /** A new TCP connection that has sent nothing yet. */
  readonly connect: (name: string) => Promise<Peer>;
  /** Sends a 100 and waits for the address. */
  readonly request: (peer: Peer) => Promise<Client>;
  /** A new connection that has its address. */
  readonly client: (name: string) => Promise<Client>;
  /** Sends a ping through the tunnel and waits for the answer; how long that took. To an address that answers, unless another is named. */
  readonly ping: ReturnType<typeof createPings>;
  /** Sends UDP datagrams to a client from the server's other side: from the kernel, or from one more client where there is none. */
  readonly deliver: (to: Client, payloads: readonly Uint8Array[]) => Promise<void>;
  /** The proof that another client is still served: one that has been there from the start gets an answer to its ping. */
  readonly othersServed: () => Promise<void>;
  /** Runs something during which no other case of the same server may ask for an address. */
  readonly alone: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Tells a step. */
  readonly tell: Tell;
};

export type ExamOptions = Pick<Exam, "story" | "patience" | "seed" | "site" | "server" | "alone">;

/** The port that delivered datagrams go to; nobody looks at it. */
const anyPort = 9;

/** An exam for one case. `proveOthersServed` ends it; `leave` drops whatever it has connected. */
export function createExam(options: ExamOptions): {
  readonly exam: Exam;
  readonly begin: () => Promise<void>;
  readonly proveOthersServed: () => Promise<void>;
  readonly leave: () => void;
} {
  const { story, patience, site, server } = options;
  const peers: Peer[] = [];
  const startedAt = performance.now();
  let bystander: Client | undefined;
  let courier: Client | undefined;

  const tell: Tell = (verb, words) => {
    story.advance(performance.now() - startedAt - story.now());
    story.tell(verb, words);
  };
  const silent: Tell = () => {};

  async function connect(name: string, told = true): Promise<Peer> {
    const tellPeer: Tell = told ? (verb, words) => tell(`${name} ${verb}`.trimEnd(), words) : silent;
    const peer = await connectPeer({ name, at: server.address, patience, tell: tellPeer });
    peers.push(peer);
    tellPeer("", "connects");
    return peer;
  }

  const ping = createPings(site);

  async function request(peer: Peer): Promise<Client> {
    return requestAddress(peer);
  }

  async function deliver(to: Client, payloads: readonly Uint8Array[]): Promise<void> {
    if (site.kernel !== undefined) return site.kernel.sendUdp(to.address, anyPort, payloads);
    courier ??= await request(await connect("courier", false));
    const { address } = courier;
    for (const payload of payloads) courier.send(message(internetRequest, udpPacket(address, to.address, anyPort, payload)), "");
    return courier.flushed();
  }

  async function othersServed(): Promise<void> {
    bystander ??= await request(await server.whenUp(() => connect("another client", false)));
    const took = await ping(bystander);
    tell("another", `client pings through the tunnel, answered after ${took.toFixed(1)} ms`);
  }

  async function newcomerServed(): Promise<void> {
    const newcomer = await request(await connect("a new client", false));
    await ping(newcomer);
    tell("a new", `client gets ${newcomer.address}, and an answer to its ping`);
    newcomer.drop();
  }

  return {
    exam: {
      ...options,
      tell,
      connect,
      request,
      client: async (name) => request(await connect(name)),
      ping,
      deliver,
      othersServed,
    },
    begin: othersServed,
    proveOthersServed: async () => {
      await othersServed();
      await newcomerServed();
    },
    leave: () => {
      for (const peer of peers) peer.drop();
    },
  };
}
