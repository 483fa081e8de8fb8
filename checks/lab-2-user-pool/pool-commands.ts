import type { Arbitrary } from "fast-check";
import type { Exam } from "#checks/harness/check.ts";
import { expectThrows } from "#checks/harness/expect.ts";
import type { Lab2 } from "#contract/lab-2-user-pool.ts";
import { naivePool } from "./naive-pool.ts";
import { addressAt, type Network } from "./network.ts";
import { expectAnswer, expectOneOf, tellCall } from "./tell-call.ts";

/** What is done to a pool. An address is named by its place in the network. */
export type PoolCommand = { readonly kind: "allocate" } | { readonly kind: "release"; readonly place: number };

export function anyPoolCommand(fc: typeof import("fast-check")): Arbitrary<PoolCommand> {
  const release = (min: number, max: number) => fc.record({ kind: fc.constant("release" as const), place: fc.integer({ min, max }) });
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant<PoolCommand>({ kind: "allocate" }) },
    { weight: 4, arbitrary: release(2, 6) },
    // A few of all places, some of which are not the pool's to lend, or not even in the network.
    { weight: 1, arbitrary: release(-1, 16) },
  );
}

/** Does the same to the lab's pool and to the naive one, and looks at `free()` after each command. */
export async function comparePools({ subject, story }: Exam<Lab2>, network: Network, commands: readonly PoolCommand[]): Promise<void> {
  const { cidr, reserved } = network;
  story.tell("pool", `of ${cidr}${reserved.length === 0 ? "" : `, reserved ${reserved.join(" ")}`}`);
  const pool = await subject.createAddressPool({ cidr, reserved });
  const model = naivePool(network);

  /** Makes the calls of a command, and returns how to judge them. */
  function begin(command: PoolCommand): { readonly calls: readonly Promise<unknown>[]; readonly judge: () => Promise<void> } {
    if (command.kind === "allocate") {
      const calls = [pool.allocate(), pool.free()] as const;
      return {
        calls,
        judge: async () => {
          const address = await tellCall(story, "allocate", "", calls[0]);
          expectOneOf(address, model.mayLend(), "allocate()");
          if (address !== undefined) model.lend(address);
          await judgeFree(calls[1]);
        },
      };
    }
    const address = addressAt(network, command.place);
    const calls = [pool.release(address), pool.free()] as const;
    return {
      calls,
      judge: async () => {
        const expected = model.takeBack(address);
        const told = tellCall(story, "release", address, calls[0]);
        if (expected === "throws") await expectThrows(told, "RangeError", `release(${address})`);
        else expectAnswer(await told, expected, `release(${address})`);
        await judgeFree(calls[1]);
      },
    };
  }

  async function judgeFree(call: Promise<number>): Promise<void> {
    const free = await call;
    if (free !== model.free()) story.tell("free", `-> ${free}`);
    expectAnswer(free, model.free(), "free()");
  }

  // No command needs the answer to another: all are made at once, and judged one after the other.
  const begun = commands.map(begin);
  await Promise.allSettled(begun.flatMap(({ calls }) => calls));
  for (const { judge } of begun) await judge();
}
