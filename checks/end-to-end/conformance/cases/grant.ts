import { CheckFailure } from "#checks/harness/check-failure.ts";
import { isIpv4 } from "#kit/addresses.ts";
import type { ConformanceCase } from "../case.ts";
import { grantWords } from "../client/client.ts";

const grantText: ConformanceCase = {
  id: "grant-text",
  title: "The text of a 101 is exactly five words: address, route, three DNS servers",
  rule: "docs/protocol.md#address-grant",
  why: "Clients read it with sscanf. With a word too few they take garbage for a DNS server; with text that has no end, rubbish hangs on the last word.",
  run: async ({ client }) => {
    const { grant } = await client("A");
    const words = grant.split(" ");
    const expected = "expected  address, route, DNS, DNS, DNS: five IPv4 addresses, one space between, nothing behind";
    if (words.length !== 5 || !words.every(isIpv4))
      throw new CheckFailure("the 101 is not five words", [
        { kind: "expected", text: expected },
        { kind: "got", text: `got       ${JSON.stringify(grant)}` },
      ]);
    if (words[1] !== "0.0.0.0")
      throw new CheckFailure("the second word of the 101 is not the default route", [
        { kind: "expected", text: "expected  0.0.0.0: a route, and not a mask" },
        { kind: "got", text: `got       ${words[1]}` },
      ]);
  },
};

const grantDns: ConformanceCase = {
  id: "grant-dns",
  title: "The DNS servers of a 101 can be reached by a client",
  rule: "docs/protocol.md#dns",
  why: "127.0.0.53 in resolv.conf is a stub on the server itself. A client that is told to ask it asks itself, and finds no name at all.",
  run: async ({ client }) => {
    const { grant } = await client("A");
    const useless = grantWords(grant)
      .slice(2, 5)
      .filter((address) => !isIpv4(address) || /^(?:0|127|22[4-9]|23\d|25[0-5])\./.test(address));
    if (useless.length > 0)
      throw new CheckFailure("the 101 names a DNS server that no client can reach", [
        { kind: "got", text: `got       ${useless.join(", ")}` },
      ]);
  },
};

export const grantCases: readonly ConformanceCase[] = [grantText, grantDns];
