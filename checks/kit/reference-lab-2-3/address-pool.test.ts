import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AddressPool } from "#contract/lab-2-user-pool.ts";
import type { Ipv4Address } from "#contract/vocabulary.ts";
import { ipv4 } from "#kit/addresses.ts";
import { createAddressPool } from "#lab-2/address-pool.ts";

const pool = (cidr: string, ...reserved: string[]) => createAddressPool({ cidr, reserved: reserved.map(ipv4) });

function drain(from: AddressPool): Ipv4Address[] {
  const all: Ipv4Address[] = [];
  for (let address = from.allocate(); address !== undefined; address = from.allocate()) all.push(address);
  return all;
}

describe("a fresh pool", () => {
  it("lends the hosts in ascending order, without those reserved", () => {
    expect(drain(pool("13.8.0.0/29", "13.8.0.4", "13.8.0.1"))).toEqual(["13.8.0.2", "13.8.0.3", "13.8.0.5", "13.8.0.6"]);
  });

  it("withholds an address once, whatever withholds it: named twice, network, broadcast", () => {
    const all = pool("13.8.0.0/29", "13.8.0.0", "13.8.0.1", "13.8.0.1", "13.8.0.7");
    expect(all.free()).toBe(5);
    expect(drain(all)).toHaveLength(5);
  });

  it("may have nothing to lend", () => {
    const none = pool("13.8.0.0/30", "13.8.0.1", "13.8.0.2");
    expect([none.free(), none.allocate(), none.allocate()]).toEqual([0, undefined, undefined]);
  });

  it("lends .255 and .0 inside a large network, and reaches the top of the address space", () => {
    expect(drain(pool("13.8.2.0/23")).slice(253, 257)).toEqual(["13.8.2.254", "13.8.2.255", "13.8.3.0", "13.8.3.1"]);
    expect(drain(pool("255.255.255.252/30"))).toEqual(["255.255.255.253", "255.255.255.254"]);
  });
});

describe("a pool in use", () => {
  it("agrees with a list that is searched from end to end, and lets an address rest as long as it can", () => {
    const command = fc.oneof(fc.constant("allocate" as const), fc.nat(7));
    fc.assert(
      fc.property(fc.array(command, { maxLength: 80, size: "max" }), (commands) => {
        const subject = pool("192.168.255.248/29", "192.168.255.249");
        const free = [250, 251, 252, 253, 254];
        const lent: number[] = [];
        for (const command of commands) {
          if (command === "allocate") {
            const host = free.shift();
            if (host !== undefined) lent.push(host);
            expect(subject.allocate()).toBe(host === undefined ? undefined : `192.168.255.${host}`);
          } else if (command < 2 || command === 7) {
            expect(() => subject.release(ipv4(`192.168.255.${248 + command}`))).toThrow(RangeError);
          } else {
            const index = lent.indexOf(248 + command);
            if (index >= 0) free.push(...lent.splice(index, 1));
            expect(subject.release(ipv4(`192.168.255.${248 + command}`))).toBe(index >= 0);
          }
          expect(subject.free()).toBe(free.length);
        }
      }),
      { seed: 4606, numRuns: 300 },
    );
  });

  it("needs no search: a quarter of a million addresses are lent, returned and lent again", () => {
    const large = pool("10.0.0.0/14");
    const first = drain(large);
    expect(first).toHaveLength(2 ** 18 - 2);
    expect(first.filter((address) => !large.release(address))).toEqual([]);
    expect(new Set(drain(large)).size).toBe(first.length);
  });
});

describe("misuse", () => {
  it.each([
    ["13.8.0.0", /is not a network such as/],
    ["13.8.0/24", /is not a network such as/],
    ["13.8.0.0/024", /is not a network such as/],
    ["13.8.0.0/24 ", /is not a network such as/],
    ["13.8.0.0/7", /must be 8 to 30/],
    ["13.8.0.0/31", /must be 8 to 30/],
    ["13.8.0.1/24", /the network is 13\.8\.0\.0\/24/],
    ["200.0.1.0/23", /the network is 200\.0\.0\.0\/23/],
  ])("%j is refused with the reason", (cidr, reason) => {
    expect(() => pool(cidr)).toThrow(RangeError);
    expect(() => pool(cidr)).toThrow(reason);
  });

  it("a reserved address must be in the network", () => {
    expect(() => pool("13.8.0.0/24", "13.8.1.1")).toThrow(new RangeError("13.8.1.1 cannot be reserved: it is not in 13.8.0.0/24."));
  });

  it("only what the pool lends can be released; refusing changes nothing", () => {
    const small = pool("13.8.0.0/29", "13.8.0.1");
    for (const address of ["13.7.255.255", "13.8.0.0", "13.8.0.1", "13.8.0.7", "13.8.0.8", "13.8.0.02", "13.8.0.258"])
      expect(() => small.release(address as Ipv4Address), address).toThrow(RangeError);
    expect(small.free()).toBe(5);
  });
});
