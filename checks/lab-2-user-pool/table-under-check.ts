import type { Exam } from "#checks/harness/check.ts";
import { expectThrows } from "#checks/harness/expect.ts";
import type { Lab2 } from "#contract/lab-2-user-pool.ts";
import type { Ipv4Address, SessionId } from "#contract/vocabulary.ts";
import { ipv4 } from "#kit/addresses.ts";
import { placeOf } from "./network.ts";
import { createPool, type PoolUnderCheck } from "./pool-under-check.ts";
import { expectAnswer, tellCall, wrongAnswer } from "./tell-call.ts";

/** A session table that tells what it is asked and fails the check when it answers wrongly. */
export type TableUnderCheck = {
  readonly open: (...ids: readonly number[]) => Promise<void>;
  readonly close: (id: number) => Promise<void>;
  /** `assign(id)` answers this. */
  readonly assigns: (id: number, expected: Ipv4Address | undefined) => Promise<void>;
  /** `assign(id)` answers an address of the pool's network, any. */
  readonly assignsSome: (id: number) => Promise<Ipv4Address>;
  /** `addressOf(id)` answers this. */
  readonly holds: (id: number, expected: Ipv4Address | undefined) => Promise<void>;
  /** `ownerOf(address)` answers this. */
  readonly owner: (address: string, expected: number | undefined) => Promise<void>;
  /** A whole life: open, assigned some address, closed. */
  readonly comesAndGoes: (id: number) => Promise<void>;
  readonly refusesToOpen: (id: number) => Promise<void>;
  readonly refusesToAssign: (id: number) => Promise<void>;
};

/** @param name tells one table from another, where there are several */
export async function createTable({ subject, story }: Exam<Lab2>, pool: PoolUnderCheck, name = ""): Promise<TableUnderCheck> {
  const called = name === "" ? "" : `${name} `;
  story.tell("table", `${called}of sessions`);
  const mirror = await subject.createSessionTable(pool.mirror);
  const tell = <T>(verb: string, words: string | number, call: Promise<T>) => tellCall(story, verb, `${called}${words}`, call);
  const open = (id: number) => mirror.open(id as SessionId);
  const assign = (id: number) => mirror.assign(id as SessionId);
  const close = (id: number) => mirror.close(id as SessionId);

  /** What opening and closing answer is the student's own business: nothing is expected of it, and none is told. */
  async function tellPlain(verb: string, id: number, call: Promise<unknown>): Promise<void> {
    await call;
    story.tell(verb, `${called}${id}`);
  }

  async function someAddress(id: number, call: Promise<Ipv4Address | undefined>): Promise<Ipv4Address> {
    const address = await tell("assign", id, call);
    if (address === undefined || placeOf(pool.network, address) === undefined)
      throw wrongAnswer(`assign(${id})`, `an address of ${pool.network.cidr}`, address);
    return address;
  }

  return {
    open: async (...ids) => {
      for (const id of ids) await tellPlain("open", id, open(id));
    },
    close: (id) => tellPlain("close", id, close(id)),
    assigns: async (id, expected) => expectAnswer(await tell("assign", id, assign(id)), expected, `assign(${id})`),
    assignsSome: (id) => someAddress(id, assign(id)),
    holds: async (id, expected) =>
      expectAnswer(await tell("addressOf", id, mirror.addressOf(id as SessionId)), expected, `addressOf(${id})`),
    owner: async (address, expected) =>
      expectAnswer(await tell("ownerOf", address, mirror.ownerOf(ipv4(address))), expected, `ownerOf(${address})`),
    comesAndGoes: async (id) => {
      const calls = [open(id), assign(id), close(id)] as const;
      await Promise.allSettled(calls);
      await calls[0];
      const address = await someAddress(id, calls[1]);
      await calls[2];
      story.tell("session", `${called}${id}: open, assign -> ${address}, close`);
    },
    refusesToOpen: (id) => expectThrows(tell("open", id, open(id)), "RangeError", `open(${id}) of a session that is open`),
    refusesToAssign: (id) => expectThrows(tell("assign", id, assign(id)), "RangeError", `assign(${id}) of a session that is not open`),
  };
}

/** A fresh pool, how much it has free, and a table over it. */
export async function beginTable(
  exam: Exam<Lab2>,
): Promise<{ readonly pool: PoolUnderCheck; readonly free: number; readonly table: TableUnderCheck }> {
  const pool = await createPool(exam, "13.8.0.0/24", ["13.8.0.1"]);
  return { pool, free: await pool.free(), table: await createTable(exam, pool) };
}

/** A table over a pool with one address left. */
export async function beginWithOneLeft(
  exam: Exam<Lab2>,
): Promise<{ readonly pool: PoolUnderCheck; readonly left: Ipv4Address; readonly table: TableUnderCheck }> {
  const pool = await createPool(exam, "13.8.0.0/24", ["13.8.0.1"]);
  return { pool, left: await pool.leaveOne(), table: await createTable(exam, pool) };
}
