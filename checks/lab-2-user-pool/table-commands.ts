import type { Arbitrary } from "fast-check";
import type { Exam } from "#checks/harness/check.ts";
import { expectThrows } from "#checks/harness/expect.ts";
import type { Lab2 } from "#contract/lab-2-user-pool.ts";
import type { SessionId } from "#contract/vocabulary.ts";
import { naiveTable } from "./naive-table.ts";
import { hostsOf, network } from "./network.ts";
import { expectAnswer, expectOneOf, tellCall } from "./tell-call.ts";

/** What is done to a session. */
export type TableCommand = { readonly kind: "open" | "assign" | "close"; readonly id: SessionId };

/** More sessions than addresses, so that the pool is often empty. */
const ids = [0, 1, 2, 3] as readonly number[] as readonly SessionId[];
const small = network("13.8.0.0/29", ["13.8.0.1", "13.8.0.4", "13.8.0.5", "13.8.0.6"]);
const addresses = hostsOf(small);

export function anyTableCommand(fc: typeof import("fast-check")): Arbitrary<TableCommand> {
  return fc.record({ kind: fc.constantFrom("open", "assign", "assign", "close"), id: fc.constantFrom(...ids) });
}

/** Does the same to the lab's table and to the naive one, and asks both for everything that they know after each command. */
export async function compareTables({ subject, story }: Exam<Lab2>, commands: readonly TableCommand[]): Promise<void> {
  story.tell("pool", `of ${small.cidr} with ${addresses.join(" and ")} only`);
  const pool = await subject.createAddressPool({ cidr: small.cidr, reserved: small.reserved });
  const table = await subject.createSessionTable(pool);
  const model = naiveTable(addresses);

  // No command needs the answer to another: all calls are made at once, and judged one after the other.
  const begun = commands.map(({ kind, id }) => ({
    kind,
    id,
    call: table[kind](id),
    holders: ids.map((each) => ({ id: each, call: table.addressOf(each) })),
    owners: addresses.map((address) => ({ address, call: table.ownerOf(address) })),
    free: pool.free(),
  }));
  await Promise.allSettled(
    begun.flatMap(({ call, holders, owners, free }) => [call, free, ...[...holders, ...owners].map((each) => each.call)]),
  );

  for (const { kind, id, call, holders, owners, free } of begun) {
    await judgeCommand({ kind, id }, call);
    for (const each of holders) await judgeQuestion("addressOf", each.id, each.call, model.addressOf(each.id));
    for (const { address, call: asked } of owners) await judgeQuestion("ownerOf", address, asked, model.ownerOf(address));
    await judgeQuestion("free", "", free, model.free());
  }

  async function judgeCommand({ kind, id }: TableCommand, call: Promise<unknown>): Promise<void> {
    const wrong = kind === "open" ? model.isOpen(id) : kind === "assign" && !model.isOpen(id);
    if (wrong) return expectThrows(tellCall(story, kind, `${id}`, call), "RangeError", `${kind}(${id})`);
    if (kind === "assign") {
      const address = await tellCall(story, kind, `${id}`, call);
      const right = model.mayAssign(id);
      expectOneOf(address, right, `assign(${id})`);
      return model.assign(
        id,
        right.find((each) => each === address),
      );
    }
    await call;
    story.tell(kind, `${id}`);
    model[kind](id);
  }

  /** Told only when it is wrong: there are too many of them. */
  async function judgeQuestion(member: string, about: string | number, call: Promise<unknown>, expected: unknown): Promise<void> {
    if ((await call) === expected) return;
    expectAnswer(await tellCall(story, member, `${about}`, call), expected, `${member}(${about})`);
  }
}
