import type { Exam } from "#checks/harness/check.ts";
import { expectThat, expectThrows } from "#checks/harness/expect.ts";
import type { Subject } from "#checks/harness/subject.ts";
import type { AddressPool, Lab2 } from "#contract/lab-2-user-pool.ts";
import type { Ipv4Address } from "#contract/vocabulary.ts";
import { ipv4 } from "#kit/addresses.ts";
import { counted } from "#kit/counted.ts";
import { type Network, network, placeOf } from "./network.ts";
import { expectAnswer, tellCall, wrongAnswer } from "./tell-call.ts";

/** A pool that tells what it is asked and fails the check when it answers wrongly. */
export type PoolUnderCheck = {
  readonly network: Network;
  /** The lab's pool itself, to be given to a session table. */
  readonly mirror: Subject<AddressPool>;
  /** `allocate()` answers these, one after the other. */
  readonly lends: (...expected: readonly string[]) => Promise<void>;
  /** `allocate()` answers an address of the network, any. */
  readonly lendsSome: () => Promise<Ipv4Address>;
  readonly lendsNothing: () => Promise<void>;
  /** `allocate()` answers exactly so many addresses, all different, and then `undefined`. */
  readonly lendsRest: (count: number) => Promise<readonly Ipv4Address[]>;
  /** Borrows whatever can be borrowed and judges nothing: the beginning of a check about something else. */
  readonly takeAll: () => Promise<readonly [Ipv4Address, ...Ipv4Address[]]>;
  /** As `takeAll`, and gives one back: the only address that is left. */
  readonly leaveOne: () => Promise<Ipv4Address>;
  /** `release(address)` answers this. */
  readonly releases: (address: string, expected: boolean) => Promise<void>;
  /** `release(address)` throws a `RangeError`, for each of them. */
  readonly refuses: (...addresses: readonly string[]) => Promise<void>;
  readonly hasFree: (expected: number) => Promise<void>;
  readonly free: () => Promise<number>;
};

/** So many answers of a kind are told one by one. */
const mostLines = 8;

/** @param name tells one pool from another, where there are several */
export async function createPool(
  { subject, story }: Exam<Lab2>,
  cidr: string,
  reserved: readonly string[] = [],
  name = "",
): Promise<PoolUnderCheck> {
  const lent = network(cidr, reserved);
  const called = name === "" ? "" : `${name} `;
  story.tell("pool", `${called}of ${cidr}${reserved.length === 0 ? "" : `, reserved ${reserved.join(" ")}`}`);
  const mirror = await subject.createAddressPool({ cidr, reserved: lent.reserved });
  const tell = <T>(verb: string, words: string, call: Promise<T>) => tellCall(story, verb, `${called}${words}`.trim(), call);

  const isOurs = (address: unknown): address is Ipv4Address => placeOf(lent, address) !== undefined;

  /** So many calls of `allocate()`, made at once: none of them needs another's answer. */
  async function allocations(count: number): Promise<readonly Promise<Ipv4Address | undefined>[]> {
    const calls = Array.from({ length: count }, () => mirror.allocate());
    await Promise.allSettled(calls);
    return calls;
  }

  /** The calls in front whose answers are right, told in one line when they are many; and the first whose answer is not. */
  async function leading(
    calls: readonly Promise<Ipv4Address | undefined>[],
    isRight: (address: Ipv4Address, index: number) => boolean,
  ): Promise<{ readonly right: readonly Ipv4Address[]; readonly wrong: Promise<Ipv4Address | undefined> | undefined }> {
    const right: Ipv4Address[] = [];
    for (const call of calls) {
      const address = await call.catch(() => undefined);
      if (address === undefined || !isRight(address, right.length)) break;
      right.push(address);
    }
    if (right.length > mostLines) story.tell("allocate", `${called}${right.length} times -> ${right[0]} … ${right.at(-1)}`);
    else for (const address of right) story.tell("allocate", `${called}-> ${address}`);
    return { right, wrong: calls[right.length] };
  }

  async function takeAll(): Promise<readonly [Ipv4Address, ...Ipv4Address[]]> {
    const outcomes = await Promise.allSettled(await allocations(lent.size));
    const addresses = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" && isOurs(outcome.value) ? [outcome.value] : []));
    const [first, ...others] = new Set(addresses);
    if (first === undefined) {
      const [begin] = outcomes;
      throw begin?.status === "fulfilled" ? wrongAnswer("allocate()", `an address of ${cidr}`, begin.value) : begin?.reason;
    }
    story.tell(
      "allocate",
      `${called}${counted(lent.size, "time")} -> ${counted(1 + others.length, "address", "addresses")}, ${first} and so on`,
    );
    return [first, ...others];
  }

  const pool: PoolUnderCheck = {
    network: lent,
    mirror,
    lends: async (...expected) => {
      const { right, wrong } = await leading(await allocations(expected.length), (address, index) => address === expected[index]);
      if (wrong !== undefined) expectAnswer(await tell("allocate", "", wrong), expected[right.length], "allocate()");
    },
    lendsSome: async () => {
      const address = await tell("allocate", "", mirror.allocate());
      if (!isOurs(address)) throw wrongAnswer("allocate()", `an address of ${cidr}`, address);
      return address;
    },
    lendsNothing: async () => expectAnswer(await tell("allocate", "", mirror.allocate()), undefined, "allocate() of an empty pool"),
    lendsRest: async (count) => {
      const calls = await allocations(count);
      const seen = new Set<Ipv4Address>();
      const { right, wrong } = await leading(calls, (address) => isOurs(address) && seen.size < seen.add(address).size);
      if (wrong !== undefined) {
        const address = await tell("allocate", "", wrong);
        expectThat(!isOurs(address), `allocate() lends ${address} a second time, though nobody has given it back`);
        throw wrongAnswer(`allocate(), number ${right.length + 1} of ${count},`, `an address of ${cidr}`, address);
      }
      await pool.lendsNothing();
      return right;
    },
    takeAll,
    leaveOne: async () => {
      const [address] = await takeAll();
      await pool.releases(address, true);
      return address;
    },
    releases: async (address, expected) =>
      expectAnswer(await tell("release", address, mirror.release(ipv4(address))), expected, `release(${address})`),
    refuses: async (...addresses) => {
      const calls = addresses.map((address) => mirror.release(ipv4(address)));
      await Promise.allSettled(calls);
      for (const [index, call] of calls.entries()) {
        const address = addresses[index] ?? "";
        await expectThrows(tell("release", address, call), "RangeError", `release(${address})`);
      }
    },
    hasFree: async (expected) => expectAnswer(await tell("free", "", mirror.free()), expected, "free()"),
    free: () => tell("free", "", mirror.free()),
  };
  return pool;
}
