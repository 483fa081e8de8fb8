import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { inOwnNetworkWithoutRights } from "#checks/devices/namespace.ts";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { skeletonOf } from "#checks/skeleton/generate.ts";
import { hasReference, labFolders } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { connectPeer } from "./server-connect.ts";
import { labsWith } from "./server-labs.ts";
import { askForAddress, message } from "./server-peer.ts";
import { portOf, serverEnding, startServer } from "./server-process.ts";

/** One sentence on stderr, and no log line that says it listens. */
const refusal = (code: number, ...words: readonly string[]) => ({
  code,
  stdout: expect.not.stringContaining("listening") as string,
  stderr: expect.toSatisfy(
    (text: string) => /^[^\n]+[.?…]\n$/.test(text) && words.every((word) => text.includes(word)),
    `one sentence with ${words.join(" and ")}`,
  ) as string,
});

describe.skipIf(!hasReference)("the server refuses, in one sentence,", () => {
  it.for([
    [["--listn", "[::1]:0"], "no option --listn", "Did you mean --listen?"],
    [["--listen"], "--listen needs a value"],
    [["--listen", "--mtu"], "--listen needs a value"],
    [["memory"], '"memory" is not an option', "--help"],
    [["--help=yes"], "--help takes no value"],
    [["--listen", "127.0.0.1:5678"], "--listen", "IPv4", "[::1]:5678"],
    [["--listen", "::1"], "--listen", "brackets"],
    [["--pool", "13.8.0.0"], "--pool", "not a network", "13.8.0.0/24"],
    [["--pool", "13.8.0.1/24"], "--pool", "host bits", "13.8.0.0/24"],
    [["--pool", "13.8.0.0/31"], "--pool", "too small"],
    [["--pool", "0.0.0.0/0"], "--pool", "too large"],
    [["--mtu", "4097"], "--mtu", "68 to 4096"],
    [["--mtu", "many"], "--mtu", '"many"'],
    [["--max-clients", "0"], "--max-clients", "1 to"],
    [["--dns", "8.8.8.8,dns.example"], "--dns", '"dns.example"'],
    [["--dns", "1.1.1.1,1.1.1.2,1.1.1.3,1.1.1.4"], "--dns", "these are 4"],
    [["--nat", "nftables"], "--nat", "auto, nft, iptables, none", "Did you mean nft?"],
    [["--link", "tap0"], "--link", "tun, tap, memory", "Did you mean tap?"],
    [["--link-network", "10.4.6.1/30"], "--link-network", "host bits", "10.4.6.0/30"],
    [["--link-network", "10.4.6.0/31"], "--link-network", "too small", "kernel and interface"],
    [["--link-network", "ethernet"], "--link-network", "not a network", "10.4.6.0/30"],
    [["--link", "tap", "--link-network", "13.8.0.8/30"], "--link-network", "overlaps the pool 13.8.0.0/24"],
    [["--link", "tap", "--pool", "10.0.0.0/8"], "--link-network", "overlaps the pool 10.0.0.0/8"],
    [["--link", "tap", "--tun-name", "fourteen-bytes"], "--tun-name", "13"],
    [["--log-level", "loud"], "--log-level", "info"],
    [["--tun-name", "tun*"], "--tun-name", "4over6"],
    [["--tun-name", "a-name-of-16-byt"], "--tun-name", "15"],
    [["--pcap", "/no/such/folder/file.pcap"], "--pcap", "no folder"],
    [["--config", "/no/such/file.json"], "--config", "no such file"],
    [["--from", "/no/such/folder"], "--from", "no such folder"],
  ] as const)("%s", async ([args, ...words]) => {
    expect(await serverEnding(args)).toMatchObject(refusal(2, ...words));
  });

  it.for([
    ["{", "is not JSON"],
    ["[]", "one object"],
    ['{"mtuu": 1400}', 'no option "mtuu"', "Did you mean mtu?"],
    ['{"mtu": 9000}', "mtu in server.json", "9000"],
    ['{"mtu": true}', "mtu in server.json", "a text or a number"],
    ['{"from": "labs"}', "from in server.json", "on the command line"],
    ['{"config": "other.json"}', 'no option "config"'],
  ] as const)("the config file %s", async ([text, ...words]) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "server.json"), text);
    expect(await serverEnding(["--config", "server.json"], { cwd: folder })).toMatchObject(refusal(2, ...words));
  });

  it("a flag that npm has kept to itself", async () => {
    const env = { npm_lifecycle_event: "server", npm_config_listen: "true" };
    expect(await serverEnding([], { env })).toMatchObject(refusal(2, "npm run server -- --listen"));
  });

  it("an address that is not this host's", async () => {
    expect(await serverEnding(["--link", "memory", "--listen", "[2001:db8::1]:0"])).toMatchObject(
      refusal(1, "not an address of this host"),
    );
  });

  it("a capture file that cannot be made", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "taken"));
    const result = await serverEnding(["--link", "memory", "--listen", "[::1]:0", "--pcap", "taken"], { cwd: folder });
    expect(result).toMatchObject({ code: 1, stderr: expect.stringContaining("it is a folder") as string });
  });

  it("a TUN device without the right to make one", async (context) => {
    const within = inOwnNetworkWithoutRights(context);
    const result = await serverEnding(["--listen", "[::]:0"], { within });
    expect(result).toMatchObject({ code: 1, stderr: expect.stringMatching(/^Making a TUN device needs .* run as root.*\.\n$/) as string });
  });
});

describe.skipIf(!hasReference)("help", () => {
  it("is printed on standard output", async () => {
    const { code, stdout, stderr } = await serverEnding(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const option of [
      "listen",
      "pool",
      "link",
      "tun-name",
      "link-network",
      "mtu",
      "dns",
      "nat",
      "pcap",
      "max-clients",
      "log-level",
      "from",
      "config",
      "metrics",
      "status",
    ])
      expect(stdout).toContain(`--${option} `);
  });
});

describe.skipIf(!hasReference)("labs that are not done", () => {
  it.for([
    ["lab-1", "message-decoder.ts"],
    ["lab-2", "session-table.ts"],
    ["lab-3", "heartbeat.ts"],
    ["lab-4", "run-server.ts"],
    ["lab-4", "packet-header.ts"],
  ] as const)("stop the server before it listens: %s, %s", async ([lab, file]) => {
    const from = await labsWith(lab, (folder) => cpSync(join(root, "labs", labFolders[lab], file), join(folder, file)));
    expect(await serverEnding(["--link", "memory", "--from", from])).toMatchObject(
      refusal(1, lab, "is not implemented yet", `docs/${labFolders[lab]}.md#`),
    );
  });

  it.for(["arp-table.ts", "pending-packets.ts", "network-interface.ts"])(
    "stop the server on Ethernet, and no other, before the host is touched: lab-5, %s",
    async (file) => {
      const from = await labsWith("lab-5", (folder) => {
        const undone = skeletonOf("lab-5").find(({ name }) => name === file);
        writeFileSync(join(folder, file), undone?.text ?? "");
      });
      expect(await serverEnding(["--link", "tap", "--from", from])).toMatchObject(
        refusal(1, "lab-5", "is not implemented yet", "docs/lab-5-arp-interface.md#"),
      );
      const server = startServer(["--link", "memory", "--listen", "[::1]:0", "--from", from]);
      await server.next("listening");
      expect(await server.end("SIGTERM")).toMatchObject({ code: 0 });
    },
  );

  it.for(["connect", "receive", "disconnect", "receiveFromTun", "tick"] as const)(
    "stop the server before it listens: %s of the core",
    async (method) => {
      const from = await labsWith("lab-4", (folder) => {
        const file = join(folder, "server-core.ts");
        const right = readFileSync(file, "utf8");
        const undone = right.replace(
          new RegExp(`\\n    ${method}: \\(.*\\) => \\{`),
          `$& if (Math) return notImplemented("lab-4 ${method}", "docs/lab-4-tun-server.md#x");`,
        );
        expect(undone).not.toBe(right);
        writeFileSync(file, `import { notImplemented } from "#kit/not-implemented.ts";\n${undone}`);
      });
      expect(await serverEnding(["--link", "memory", "--from", from])).toMatchObject(refusal(1, `lab-4 ${method} is not implemented yet`));
    },
  );

  it("stop it before it touches the host", async () => {
    expect(await serverEnding(["--link", "tun", "--from", "labs"])).toMatchObject(refusal(1, "is not implemented yet"));
  });
});

describe.skipIf(!hasReference)("a crash", () => {
  it("prints the stack and the state, and has an exit code of its own", async () => {
    const from = await labsWith("lab-4", (folder) => {
      const file = join(folder, "server-core.ts");
      const wrong = readFileSync(file, "utf8").replace(
        'if (event.kind === "ignored") return',
        'if (event.kind === "ignored") throw new Error("oops"); else if (false) return',
      );
      writeFileSync(file, wrong);
    });
    const server = startServer(["--link", "memory", "--listen", "[::1]:0", "--from", from]);
    const peer = await connectPeer(await portOf(server));
    await askForAddress(peer);
    peer.send(message(99, Buffer.from("unknown")));
    const { code, stderr } = await server.ended;
    expect(code).toBe(70);
    expect(stderr).toMatch(/^The server crashed\./);
    expect(stderr).toMatch(/Error: oops\n +at .*server-core\.ts:\d+/);
    expect(stderr).toContain('"address": "13.8.0.2"');
    expect(stderr).toContain('"addressesLent": 1');
    expect(server.lines().at(-1)).toMatchObject({ level: "fatal", msg: "crashed", users: [{ address: "13.8.0.2" }] });
  });
});
