import { describe, expect, it, type TestContext } from "vitest";
import { works } from "#checks/devices/ordinary-user.ts";
import { hasReference } from "#launch/implementation.mjs";
import { type OwnHost, ownHost } from "./server-network.ts";
import { portOf, serverEnding, startServer } from "./server-process.ts";

const listen = ["--listen", "[::1]:0"];

describe.skipIf(!hasReference)("a device that was there before", () => {
  const make = "ip tuntap add dev kept mode tun; ip link set kept mtu 1300; ip address add 10.1.2.3/24 dev kept";

  it("is used, and gets back its settings", async (context) => {
    const host = await ownHost(context);
    host.run(make);
    const before = host.settings();
    const server = startServer([...listen, "--tun-name", "kept"], host);
    expect(await server.next("device")).toMatchObject({ name: "kept", note: expect.stringContaining("was there") as string });
    expect(host.ping(await portOf(server), "13.8.0.1")).toMatchObject({ from: "13.8.0.1", to: "13.8.0.2" });
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0, stderr: "" });
    expect(host.settings()).toBe(before);
  });

  it("gets them back at the next start after kill -9", async (context) => {
    const host = await ownHost(context);
    host.run(make);
    const before = host.settings();
    const first = startServer([...listen, "--tun-name", "kept"], host);
    await first.next("listening");
    await first.end("SIGKILL");
    const second = startServer([...listen, "--pool", "10.9.0.0/24"], host);
    await second.next("cleaned up");
    await second.next("listening");
    await second.end("SIGTERM");
    expect(host.settings()).toBe(before);
  });

  it("is left alone when it is as needed", async (context) => {
    const host = await ownHost(context);
    host.run("ip tuntap add dev kept mode tun; ip address add 13.8.0.1/24 dev kept; ip link set kept up");
    const before = host.settings();
    const server = startServer([...listen, "--tun-name", "kept"], host);
    expect(await server.next("device")).toMatchObject({ note: "was there, set up as needed" });
    await server.next("listening");
    await server.end("SIGTERM");
    expect(host.settings().replaceAll("NO-CARRIER,", "")).toBe(before.replaceAll("NO-CARRIER,", ""));
  });
});

/** A program without the rights that others have on this host: it is root of nothing. */
function withoutRights(context: TestContext, host: OwnHost): { readonly within: readonly string[] } {
  const within = [...host.within, "setpriv", "--bounding-set", "-all", "--inh-caps", "-all"];
  if (!works([...within, "true"])) context.skip("setpriv cannot give rights away on this computer");
  return { within };
}

const refusal = (sentence: RegExp) => ({ code: 1, stderr: expect.stringMatching(sentence) as string });

describe.skipIf(!hasReference)("a server without rights", () => {
  const prepare = `ip tuntap add dev 4over6 mode tun user 0; ip address add 13.8.0.1/24 dev 4over6; ip link set 4over6 up
    echo 1 > /proc/sys/net/ipv4/ip_forward`;

  it("runs on a device and with forwarding that an administrator has prepared", async (context) => {
    const host = await ownHost(context);
    host.run(prepare);
    for (const nat of ["none", "auto"]) {
      const server = startServer([...listen, "--nat", nat], withoutRights(context, host));
      expect(await server.next("nat")).toMatchObject({ by: "none" });
      expect(host.ping(await portOf(server), "13.8.0.1")).toMatchObject({ from: "13.8.0.1", to: "13.8.0.2" });
      expect(await server.end("SIGTERM")).toMatchObject({ code: 0, stderr: "" });
    }
  });

  it("says what it may not change, in one sentence", async (context) => {
    const host = await ownHost(context);
    host.run(prepare);
    const before = host.settings();
    const limited = withoutRights(context, host);
    expect(await serverEnding([...listen, "--mtu", "1300"], limited)).toMatchObject(refusal(/^Changing 4over6 \(an MTU of 1300\) .*\n$/));
    expect(await serverEnding([...listen, "--nat", "nft"], limited)).toMatchObject(
      refusal(/^--nat nft: nft (refused|is not installed).*\n$/),
    );
    expect(await serverEnding([...listen, "--tun-name", "own"], limited)).toMatchObject(refusal(/^Making a TUN device needs .*\n$/));
    expect(host.settings()).toBe(before);
  });
});
