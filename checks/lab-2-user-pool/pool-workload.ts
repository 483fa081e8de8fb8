import type { AddressPool, Lab2, SessionTable } from "#contract/lab-2-user-pool.ts";
import type { Ipv4Address, SessionId } from "#contract/vocabulary.ts";

/** Lab 2 as its checks reach it: with functions of the kit that run where the lab runs. */
export type Lab2UnderCheck = Lab2 & { readonly lendAndReturn: typeof lendAndReturn; readonly comeAndGo: typeof comeAndGo };

/**
 * Borrows `held` addresses; then, so many `rounds`, gives one of them back, gives it back three times more, and borrows another. One by
 * one the calls would cost more on the way from the check to the lab than in it.
 *
 * What comes back is among the newest, since a search from the front finds those last. It is not the very newest each time: a large `Set`
 * slows down when one key is deleted and added over and over, and that is the JavaScript engine's fault, not the lab's.
 *
 * @returns how many rounds went well: the address was taken back, once, and one was lent
 */
export function lendAndReturn(pool: AddressPool, { held, rounds }: { readonly held: number; readonly rounds: number }): number {
  const borrowed = Array.from({ length: held }, () => pool.allocate());
  let well = 0;
  for (let round = 0; round < rounds; round++) {
    const borrower = held - 1 - (round % 4096);
    const address = borrowed[borrower] as Ipv4Address;
    const taken = pool.release(address);
    const takenAgain = pool.release(address) || pool.release(address) || pool.release(address);
    borrowed[borrower] = pool.allocate();
    if (taken && !takenAgain && borrowed[borrower] !== undefined) well++;
  }
  return well;
}

/**
 * Opens `held` sessions, each with an address; then, so many `rounds`, looks one of the newest up from both sides, closes it, and opens
 * another in its place.
 *
 * @returns how many rounds went well: both sides knew the session, and after it was closed neither did
 */
export function comeAndGo(table: SessionTable, { held, rounds }: { readonly held: number; readonly rounds: number }): number {
  let opened = 0;
  const come = () => {
    const id = opened++ as SessionId;
    table.open(id);
    return { id, address: table.assign(id) as Ipv4Address };
  };
  const sessions = Array.from({ length: held }, come);
  let well = 0;
  for (let round = 0; round < rounds; round++) {
    const place = held - 1 - (round % 4096);
    const { id, address } = sessions[place] as (typeof sessions)[number];
    const known = table.addressOf(id) === address && table.ownerOf(address) === id;
    table.close(id);
    const forgotten = table.addressOf(id) === undefined && table.ownerOf(address) === undefined;
    sessions[place] = come();
    if (known && forgotten) well++;
  }
  return well;
}
