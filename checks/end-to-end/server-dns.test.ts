import { describe, expect, it } from "vitest";
import { findDnsServers } from "#server/host/dns.ts";

const stubFile = "/etc/resolv.conf";
const realFile = "/run/systemd/resolve/resolv.conf";
const find = (files: Readonly<Record<string, string>>) => findDnsServers((path) => files[path]);

describe("the DNS servers that clients are told", () => {
  it("are the host's, at most three, in order", () => {
    const text = "nameserver 192.0.2.1\nnameserver 192.0.2.2\nnameserver\t192.0.2.3\nnameserver 192.0.2.4\n";
    expect(find({ [stubFile]: text })).toEqual({ servers: ["192.0.2.1", "192.0.2.2", "192.0.2.3"], note: "from /etc/resolv.conf" });
  });

  it("are repeated when there are fewer", () => {
    expect(find({ [stubFile]: "nameserver 192.0.2.1\nnameserver 192.0.2.2" }).servers).toEqual(["192.0.2.1", "192.0.2.2", "192.0.2.1"]);
    expect(find({ [stubFile]: "nameserver 192.0.2.1" }).servers).toEqual(["192.0.2.1", "192.0.2.1", "192.0.2.1"]);
  });

  it("are no comments, no IPv6 addresses and no other settings", () => {
    const text = `
# nameserver 192.0.2.90
;nameserver 192.0.2.91
search example.com 192.0.2.92
options nameserver 192.0.2.93
nameserver 2001:db8::53
nameserver fe80::1%eth0
nameserver ::ffff:192.0.2.94
nameserver 192.0.2.300
nameservers 192.0.2.95
nameserver 192.0.2.1 # the router
nameserver 192.0.2.2;the other
`;
    expect(find({ [stubFile]: text }).servers).toEqual(["192.0.2.1", "192.0.2.2", "192.0.2.1"]);
  });

  it("are the real ones behind the stub of systemd-resolved", () => {
    const files = {
      [stubFile]: "# managed by systemd-resolved\nnameserver 127.0.0.53\noptions edns0 trust-ad\n",
      [realFile]: "nameserver 192.0.2.1\nnameserver 2001:db8::53\nnameserver 127.0.0.1\n",
    };
    expect(find(files)).toEqual({
      servers: ["192.0.2.1", "192.0.2.1", "192.0.2.1"],
      note: "from /run/systemd/resolve/resolv.conf, since /etc/resolv.conf names a stub on this host only",
    });
  });

  it("are those beside a stub, if there are any", () => {
    expect(find({ [stubFile]: "nameserver 127.0.0.1\nnameserver 192.0.2.7\n", [realFile]: "nameserver 192.0.2.1" }).servers).toEqual([
      "192.0.2.7",
      "192.0.2.7",
      "192.0.2.7",
    ]);
  });

  it("are public ones where the host has none that a client can reach", () => {
    const fallback = ["8.8.8.8", "1.1.1.1", "9.9.9.9"];
    expect(find({})).toMatchObject({ servers: fallback, note: expect.stringContaining("names no IPv4 server") as string });
    expect(find({ [stubFile]: "nameserver 2001:db8::53" }).servers).toEqual(fallback);
    expect(find({ [stubFile]: "nameserver 127.0.0.53" })).toMatchObject({
      servers: fallback,
      note: expect.stringContaining("names only 127.0.0.53") as string,
    });
    expect(find({ [stubFile]: "nameserver 127.0.0.53", [realFile]: "nameserver 2001:db8::53" }).servers).toEqual(fallback);
  });

  it("are read from lines that end as on Windows, too", () => {
    expect(find({ [stubFile]: "nameserver 192.0.2.1\r\nnameserver 192.0.2.2\r\n" }).servers).toEqual([
      "192.0.2.1",
      "192.0.2.2",
      "192.0.2.1",
    ]);
  });
});
