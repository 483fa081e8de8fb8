import type { Story } from "#checks/harness/story.ts";
import type { Millis } from "#contract/vocabulary.ts";
import { type Client, createPings, requestAddress } from "./client/client.ts";
import { sendHeartbeats } from "./client/heartbeats.ts";
import { udpPacket } from "./client/packets.ts";
import { connectPeer, type Peer, type Tell } from "./client/peer.ts";
import { internetRequest, message } from "./client/wire.ts";
import { NotTested } from "./not-tested.ts";
import type { ServerUnderTest } from "./server/server-under-test.ts";
import type { Site } from "./site.ts";
import type { TimeLimits } from "./time-limits.ts";

/** What a case is given. */
export type Exam = {
  /** How long an answer may take. */
  readonly patience: Millis;
  readonly time: TimeLimits;
  /** For generated inputs. */
  readonly seed: number;
  readonly site: Site;
  readonly server: ServerUnderTest;
  /** A new TCP connection that has sent nothing yet. */
  readonly connect: (name: string) => Promise<Peer>;
  /** A new connection that has its address. */
  readonly client: (name: string) => Promise<Client>;
  /** Sends a ping through the tunnel and waits for the answer; how long that took. To an address that answers, unless another is named. */
  readonly ping: ReturnType<typeof createPings>;
  /** Sends UDP datagrams to a client from the server's other side: from the kernel, or from one more client where there is none. */
  readonly deliver: (to: Client, payloads: readonly Uint8Array[]) => Promise<void>;
  /** For a case in which one client sends to another. Throws `NotTested` where the network does not route that. */
  readonly requireRouting: () => void;
  /** Sends heartbeats in its name until the case ends, more often than need be. */
  readonly keepAlive: (peer: Peer) => void;
  /** The proof that another client is still served: one that has been there from the start gets an answer to its ping. */
  readonly othersServed: () => Promise<void>;
  /** Kills the server, and starts it again at once. Whoever was connected is not any more. */
  readonly restart: () => Promise<void>;
  /** Runs something during which no other case of the same server may ask for an address. */
  readonly alone: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Tells a step. */
  readonly tell: Tell;
};

export type ExamOptions = Pick<Exam, "patience" | "time" | "seed" | "site" | "server" | "alone"> & { readonly story: Story };

/** The port that delivered datagrams go to; nobody looks at it. */
const anyPort = 9;

/** An exam for one case: it begins, the case does what it does, others are proved to be served, and everybody leaves. */
export function createExam({ story, ...options }: ExamOptions): {
  readonly exam: Exam;
  readonly begin: () => Promise<void>;
  readonly proveOthersServed: () => Promise<void>;
  readonly leave: () => void;
} {
  const { patience, site, server } = options;
  const ping = createPings(site);
  const startedAt = performance.now();
  const peers = new Set<Peer>();
  const stops: (() => void)[] = [];
  let bystander: Client | undefined;
  let courier: Client | undefined;

  const tell: Tell = (verb, words) => {
    story.advance(performance.now() - startedAt - story.now());
    story.tell(verb, words);
  };

  async function connect(name: string, tellPeer: Tell = (verb, words) => tell(`${name} ${verb}`.trimEnd(), words)): Promise<Peer> {
    const peer = await connectPeer({ name, at: server.address, patience, tell: tellPeer });
    tellPeer("", "connects");
    peers.add(peer);
    return peer;
  }

  /** A client that does everything right, and is not told of. */
  async function helper(name: string): Promise<Client> {
    const client = await requestAddress(await connect(name, () => {}));
    keepAlive(client);
    return client;
  }

  function keepAlive(peer: Peer): void {
    stops.push(sendHeartbeats(peer, options.time.sendEvery / 2));
  }

  async function othersServed(): Promise<void> {
    bystander ??= await server.whenUp(() => helper("another client"));
    const took = await ping(bystander);
    tell("others", `are served: a ping is answered in ${took.toFixed(1)} ms`);
  }

  async function newcomerServed(): Promise<void> {
    const newcomer = await helper("a new client");
    await ping(newcomer);
    tell("others", `a new client gets ${newcomer.address}, and its ping is answered`);
  }

  async function deliver(to: Client, payloads: readonly Uint8Array[]): Promise<void> {
    if (site.kernel !== undefined) return site.kernel.sendUdp(to.address, anyPort, payloads);
    courier ??= await helper("the sender");
    const { address } = courier;
    for (const payload of payloads) courier.send(message(internetRequest, udpPacket(address, to.address, anyPort, payload)), "");
    return courier.flushed();
  }

  function leave(): void {
    for (const stop of stops.splice(0)) stop();
    for (const peer of peers) peer.drop();
    peers.clear();
    bystander = undefined;
    courier = undefined;
  }

  return {
    exam: {
      ...options,
      tell,
      connect: (name) => connect(name),
      client: async (name) => requestAddress(await connect(name)),
      ping,
      deliver,
      requireRouting: () => {
        if (site.whyNotRouted !== undefined) throw new NotTested(site.whyNotRouted);
      },
      keepAlive,
      othersServed,
      restart: async () => {
        tell("server", "is killed, and started again at once");
        await server.kill();
        leave();
        server.launch();
      },
    },
    begin: othersServed,
    proveOthersServed: async () => {
      await othersServed();
      await newcomerServed();
    },
    leave,
  };
}
