import { describe, expect, it } from "vitest";
import { formatEndpoint, parseEndpoint } from "#devices/endpoint.ts";
import { deviceErrorOf } from "./device-error-of.ts";

describe("an address to listen on", () => {
  it.each([
    ["[::]:5678", "::", 5678],
    ["[::1]:0", "::1", 0],
    ["[2001:db8::46]:65535", "2001:db8::46", 65535],
    ["[fe80::1%eth0]:5678", "fe80::1%eth0", 5678],
    ["[::ffff:192.0.2.1]:5678", "::ffff:192.0.2.1", 5678],
  ])("%s is read and written", (text, host, port) => {
    expect(parseEndpoint(text)).toEqual({ host, port });
    expect(formatEndpoint({ host, port })).toBe(text);
  });

  it.each([
    ["127.0.0.1:5678", "IPv4"],
    ["127.0.0.1", "IPv4"],
    ["[127.0.0.1]:5678", "127.0.0.1 is not an IPv6 address"],
    ["[::1]", "port is missing"],
    ["[::1]:", "not an IPv6 address with a port"],
    ["::1", "brackets"],
    ["::1:5678", "brackets"],
    ["[::1]:65536", "at most 65535"],
    ["[::1]:-1", "not an IPv6 address with a port"],
    ["[]:5678", "nothing is not an IPv6 address"],
    ["[localhost]:5678", "localhost is not an IPv6 address"],
    ["5678", "not an IPv6 address with a port"],
    ["", "not an IPv6 address with a port"],
    ["[::1]:5678\n", "not an IPv6 address with a port"],
  ])("%j is refused, and the sentence says why", (text, why) => {
    const { code, message } = deviceErrorOf(() => parseEndpoint(text));
    expect(code).toBe("bad-address");
    expect(message).toContain(why);
    expect(message).toContain("write it as [::1]:5678");
  });
});
