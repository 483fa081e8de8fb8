import type { Check, Exam } from "#checks/harness/check.ts";
import { expectThrows } from "#checks/harness/expect.ts";
import type { Lab2 } from "#contract/lab-2-user-pool.ts";
import { ipv4 } from "#kit/addresses.ts";
import { createPool } from "./pool-under-check.ts";

const rule = "docs/lab-2-user-pool.md#misuse";

/** No pool is made of any of these texts. */
async function refusesNetworks({ subject, story }: Exam<Lab2>, texts: readonly string[], reserved: readonly string[] = []): Promise<void> {
  const calls = texts.map((cidr) => subject.createAddressPool({ cidr, reserved: reserved.map(ipv4) }));
  await Promise.allSettled(calls);
  for (const [index, call] of calls.entries()) {
    const what = `a pool of ${JSON.stringify(texts[index])}${reserved.length === 0 ? "" : `, reserved ${reserved.join(" ")}`}`;
    story.tell("pool", what);
    await expectThrows(call, "RangeError", what, () => "a pool");
  }
}

/** A pool is made of each of these. */
async function acceptsNetworks(exam: Exam<Lab2>, texts: readonly string[]): Promise<void> {
  for (const cidr of texts) await createPool(exam, cidr);
}

export const checks: readonly Check<Lab2>[] = [
  {
    id: "lab-2.network-text",
    title: "Text that is not a network throws a RangeError",
    rule,
    hints: [
      "Look at how you take `cidr` apart.",
      'Number("") is 0, Number(" 24") is 24, parseInt("24x") is 24: what do they let in?',
      "Match the whole text with one regular expression (^…$), and give the part before the slash to isIpv4().",
    ],
    run: async (exam) => {
      await refusesNetworks(exam, ["", "13.8.0.0", "13.8.0.0/", "/24", "13.8.0/24", "13.8.0.0.0/24", "13.8.0.256/24", "13.08.0.0/24"]);
      await refusesNetworks(exam, ["13.8.0.0/24 ", " 13.8.0.0/24", "13.8.0.0 /24", "13.8.0.0/ 24", "13.8.0.0/24\n"]);
      await refusesNetworks(exam, ["13.8.0.0/024", "13.8.0.0/+24", "13.8.0.0/24.0", "13.8.0.0/2x", "13.8.0.0/1e1", "13.8.0.0/0x18"]);
      await refusesNetworks(exam, ["13.8.0.0/24/24", "13.8.0.0/255.255.255.0", "2001:db8::/24"]);
    },
  },
  {
    id: "lab-2.host-bits",
    title: "A network with host bits set throws a RangeError",
    rule,
    hints: [
      "Look at what you do with the bits behind the prefix.",
      "13.8.0.1/24 names an address and a network at once; guessing which one was meant is a trap for the caller.",
      "number % 2 ** (32 - prefixLength) must be 0; if it is not, throw, and say which network was probably meant.",
    ],
    run: async (exam) => {
      await refusesNetworks(exam, ["13.8.0.1/24", "13.8.0.128/24", "13.8.0.2/30", "13.8.1.0/23", "10.1.0.0/8", "192.168.1.0/23"]);
      await acceptsNetworks(exam, ["13.8.0.128/25", "192.168.2.0/23"]);
    },
  },
  {
    id: "lab-2.prefix-range",
    title: "Prefix lengths are 8 to 30; any other throws a RangeError",
    rule,
    hints: [
      "Look at the smallest and the largest prefix length that you accept.",
      "How many hosts has a /31? And 1 << 32 is 1 in JavaScript.",
      "Throw unless 8 <= prefixLength <= 30.",
    ],
    run: async (exam) => {
      await refusesNetworks(exam, ["0.0.0.0/0", "12.0.0.0/7", "13.8.0.0/31", "13.8.0.0/32", "13.8.0.0/33", "13.8.0.0/99"]);
      await acceptsNetworks(exam, ["13.0.0.0/8", "13.8.0.0/30"]);
    },
  },
  {
    id: "lab-2.reserved-outside",
    title: "A reserved address outside the network throws a RangeError",
    rule,
    hints: [
      "Look at what createAddressPool() does with each reserved address.",
      "Who reserves 13.8.1.1 in 13.8.0.0/24 has mistyped something, and believes the server's address to be safe.",
      "Compare the number of each reserved address with both ends of the network, and throw when it lies outside.",
    ],
    run: async (exam) => {
      await refusesNetworks(exam, ["13.8.0.0/24"], ["13.8.1.1"]);
      await refusesNetworks(exam, ["13.8.0.0/24"], ["13.8.0.1", "13.7.255.255"]);
      await refusesNetworks(exam, ["192.168.0.0/24"], ["192.168.1.0"]);
      await createPool(exam, "13.8.0.0/24", ["13.8.0.255", "13.8.0.0"]);
    },
  },
];
