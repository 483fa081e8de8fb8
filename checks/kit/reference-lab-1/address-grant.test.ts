import { describe, expect, it } from "vitest";
import type { AddressGrant } from "#contract/lab-1-codec.ts";
import { ipv4 } from "#kit/addresses.ts";
import { addressGrant } from "#lab-1/address-grant.ts";

const exact = "13.8.0.2 0.0.0.0 198.51.100.2 8.8.8.8 202.106.0.20";
const grant: AddressGrant = {
  address: ipv4("13.8.0.2"),
  route: ipv4("0.0.0.0"),
  dns: [ipv4("198.51.100.2"), ipv4("8.8.8.8"), ipv4("202.106.0.20")],
};

const parse = (text: string) => addressGrant.parse(Uint8Array.from(text, (character) => character.charCodeAt(0)));

it("writes the exact text", () => {
  expect(new TextDecoder().decode(addressGrant.serialize(grant))).toBe(exact);
});

it.each([exact, `${exact} `, `${exact}\r\n`, `\t ${exact}`, exact.replaceAll(" ", " \t\n"), `${exact}\0`, `${exact}\0 junk 1.2.3.4`])(
  "reads %j",
  (text) => {
    expect(parse(text)).toEqual({ ok: true, value: grant });
  },
);

describe("refuses", () => {
  it.each([
    ["", "truncated", "address"],
    ["  \0", "truncated", "address"],
    [exact.slice(0, exact.lastIndexOf(" ")), "truncated", "dns"],
    ["nonsense 0.0.0.0", "truncated", "dns"],
    [exact.replace("8.8.8.8", "8.8.8.8\0"), "truncated", "dns"],
    [exact.replace("13", "013"), "malformed", "address"],
    [exact.replace("0.0.0.0", "0.0.0"), "malformed", "route"],
    [exact.replace("8.8.8.8", "8.8.8.256"), "malformed", "dns"],
    [`${exact}x`, "malformed", "dns"],
    [`${exact} 1.1.1.1`, "malformed", "dns"],
    [`x${exact} 1.1.1.1`, "malformed", "address"],
    [`${exact}\u00a0`, "malformed", "dns"],
    [`\u000b${exact}`, "malformed", "address"],
  ])("%j as %s %s", (text, reason, field) => {
    expect(parse(text)).toEqual({ ok: false, error: { reason, field } });
  });
});
