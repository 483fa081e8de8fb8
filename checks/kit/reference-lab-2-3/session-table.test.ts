import { describe, expect, it } from "vitest";
import type { AddressPool } from "#contract/lab-2-user-pool.ts";
import type { Ipv4Address, SessionId } from "#contract/vocabulary.ts";
import { ipv4 } from "#kit/addresses.ts";
import { createSessionTable } from "#lab-2/session-table.ts";

const session = (id: number) => id as SessionId;
const [anna, ben, carl] = [session(0), session(7), session(2 ** 40)];

/** Keeps the contract, lends the last address first, and remembers what it was asked. */
function recordingPool(...addresses: string[]): AddressPool & { readonly calls: string[] } {
  const stack = addresses.map(ipv4);
  const calls: string[] = [];
  return {
    calls,
    allocate() {
      calls.push("allocate");
      return stack.pop();
    },
    release(address: Ipv4Address) {
      calls.push(`release ${address}`);
      stack.push(address);
      return true;
    },
    free: () => {
      throw new Error("A table has no need of free().");
    },
  };
}

describe("the session table", () => {
  it("knows who holds what from both sides, also for session 0", () => {
    const table = createSessionTable(recordingPool("13.8.0.2", "13.8.0.9"));
    table.open(anna);
    table.open(ben);
    expect(table.addressOf(anna)).toBeUndefined();
    expect([table.assign(anna), table.assign(ben)]).toEqual(["13.8.0.9", "13.8.0.2"]);
    expect([table.addressOf(anna), table.addressOf(ben), table.addressOf(carl)]).toEqual(["13.8.0.9", "13.8.0.2", undefined]);
    expect([ipv4("13.8.0.9"), ipv4("13.8.0.2"), ipv4("10.0.0.1")].map(table.ownerOf)).toEqual([anna, ben, undefined]);
  });

  it("takes one address a session and returns it once, however often it is asked", () => {
    const pool = recordingPool("13.8.0.2", "13.8.0.3");
    const table = createSessionTable(pool);
    table.open(anna);
    expect([table.assign(anna), table.assign(anna)]).toEqual(["13.8.0.3", "13.8.0.3"]);
    table.close(anna);
    table.close(anna);
    expect(pool.calls).toEqual(["allocate", "release 13.8.0.3"]);
    expect([table.addressOf(anna), table.ownerOf(ipv4("13.8.0.3"))]).toEqual([undefined, undefined]);
  });

  it("lets a session ask again after the pool was empty, and closes one without an address", () => {
    const pool = recordingPool("13.8.0.2");
    const table = createSessionTable(pool);
    for (const id of [anna, ben, carl]) table.open(id);
    expect([table.assign(anna), table.assign(ben), table.assign(carl)]).toEqual(["13.8.0.2", undefined, undefined]);
    table.close(carl);
    table.close(anna);
    expect(table.assign(ben)).toBe("13.8.0.2");
    expect(table.ownerOf(ipv4("13.8.0.2"))).toBe(ben);
    expect(pool.calls.filter((call) => call.startsWith("release"))).toEqual(["release 13.8.0.2"]);
  });

  it("refuses to open twice or to assign without opening, and changes nothing by it", () => {
    const pool = recordingPool("13.8.0.2");
    const table = createSessionTable(pool);
    expect(() => table.assign(anna)).toThrow(RangeError);
    table.open(anna);
    expect(() => table.open(anna)).toThrow(new RangeError("Session 0 is open already."));
    table.assign(anna);
    expect(() => table.open(anna)).toThrow(RangeError);
    expect(table.addressOf(anna)).toBe("13.8.0.2");
    table.close(anna);
    expect(() => table.assign(anna)).toThrow(RangeError);
    expect(pool.calls).toEqual(["allocate", "release 13.8.0.2"]);
  });
});
