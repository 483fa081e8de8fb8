import type { Ipv4Address } from "#contract/vocabulary.ts";

/** A session table that is slow and obviously right: one list of sessions, searched from end to end. */
export type NaiveTable = {
  readonly isOpen: (id: number) => boolean;
  readonly open: (id: number) => void;
  readonly close: (id: number) => void;
  /** Which answers of `assign(id)` are right now, for a session that is open. */
  readonly mayAssign: (id: number) => readonly (Ipv4Address | undefined)[];
  readonly assign: (id: number, address: Ipv4Address | undefined) => void;
  readonly addressOf: (id: number) => Ipv4Address | undefined;
  readonly ownerOf: (address: Ipv4Address) => number | undefined;
  readonly free: () => number;
};

/** @param addresses what there is to lend */
export function naiveTable(addresses: readonly Ipv4Address[]): NaiveTable {
  let sessions: { readonly id: number; address: Ipv4Address | undefined }[] = [];
  const find = (wanted: number) => sessions.find(({ id }) => id === wanted);
  const ownerOf = (wanted: Ipv4Address) => sessions.find(({ address }) => address === wanted)?.id;
  const free = () => addresses.filter((address) => ownerOf(address) === undefined);

  return {
    isOpen: (id) => find(id) !== undefined,
    open: (id) => sessions.push({ id, address: undefined }),
    close: (wanted) => {
      sessions = sessions.filter(({ id }) => id !== wanted);
    },
    mayAssign: (id) => {
      const held = find(id)?.address;
      if (held !== undefined) return [held];
      return free().length > 0 ? free() : [undefined];
    },
    assign: (id, address) => {
      const session = find(id);
      if (session !== undefined) session.address = address;
    },
    addressOf: (id) => find(id)?.address,
    ownerOf,
    free: () => free().length,
  };
}
