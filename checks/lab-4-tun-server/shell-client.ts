import { CheckFailure } from "#checks/harness/check-failure.ts";
import { expectEqual, expectThat } from "#checks/harness/expect.ts";
import type { Story } from "#checks/harness/story.ts";
import { fromLab, type StoryPacket, toLab } from "#checks/harness/story-packet.ts";
import { messageLayout } from "#checks/harness/wire/layouts.ts";
import { concat } from "#kit/bytes.ts";
import { describeMessageBytes, grantedAddress } from "./describe-traffic.ts";
import type { LoopbackClient } from "./loopback-client.ts";
import { grant, request, type Wire } from "./wire.ts";

/** A client that tells what it does, and fails the check when the server answers wrongly. */
export type ShellClient = {
  readonly address: string;
  readonly send: (...parts: readonly Wire[]) => void;
  /** These messages come next. */
  readonly expect: (...messages: readonly Wire[]) => Promise<void>;
  /** Asks once more: its 101 comes behind all that was on its way, and nothing was. */
  readonly expectNothingElse: () => Promise<void>;
  readonly expectClosed: () => Promise<void>;
  /** Sends a FIN. */
  readonly finish: () => void;
  /** Sends a reset. */
  readonly reset: () => void;
  /** Reads nothing more. */
  readonly pause: () => void;
  /**
   * Reads what has piled up, so that nothing waits any more. Then it asks, and is answered.
   *
   * @param taken how many bytes the server's end of the connection has taken from the lab
   */
  readonly resumeAndExpectAnswer: (taken: number) => Promise<void>;
};

/** Asks for an address, and is lent one. */
export async function joinServer(name: string, client: LoopbackClient, story: Story): Promise<ShellClient> {
  const tell = (verb: string, words = "", packet?: StoryPacket) => story.tell(verb, words === "" ? name : `${name}: ${words}`, packet);
  const whyNothing = () => (client.isClosed() ? "its connection was closed" : "nothing came");

  const send = (...parts: readonly Wire[]): void => {
    const bytes = concat(...parts.map((part) => part.bytes));
    const words = parts.length > 6 ? `${parts.length} messages at once` : parts.map((part) => part.words).join(" + ");
    tell("send", words, toLab("four-over-six", bytes, name));
    client.write(bytes);
  };
  const take = async (expected: string, bytes?: Uint8Array): Promise<Uint8Array> => {
    const found = await client.next();
    const got = found && fromLab("four-over-six", found, name);
    if (found !== undefined) tell("recv", describeMessageBytes(found), got);
    story.compare(bytes && fromLab("four-over-six", bytes, name), got);
    if (found === undefined) throw new CheckFailure(`expected ${name} to get ${expected}, but ${whyNothing()}`);
    return found;
  };
  const expect = async (...messages: readonly Wire[]): Promise<void> => {
    for (const { bytes, words } of messages) expectEqual(await take(words, bytes), bytes, `${words} to ${name}`, { layout: messageLayout });
  };

  tell("connect");
  send(request);
  const first = await take("a 101 that lends an address");
  const address = grantedAddress(first) ?? "13.8.0.2";
  expectEqual(first, grant(address).bytes, `the first message to ${name}`, { layout: messageLayout });

  const expectNothingElse = async (): Promise<void> => {
    send(request);
    await expect(grant(address));
  };

  return {
    address,
    send,
    expect,
    expectNothingElse,
    expectClosed: async () => {
      expectThat(await client.closes(), `expected the connection of ${name} to be closed, but it is still open`);
      tell("closed");
    },
    finish: () => {
      tell("FIN");
      client.finish();
    },
    reset: () => {
      tell("reset");
      client.reset();
    },
    pause: () => {
      tell("pause", "reads nothing more");
      client.pause();
    },
    resumeAndExpectAnswer: async (taken) => {
      tell("resume", "reads what has piled up");
      client.resume();
      await client.receives(taken);
      while (client.waiting().length > 0) await client.next();
      await expectNothingElse();
    },
  };
}
