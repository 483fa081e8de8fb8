import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { readCapture } from "#checks/harness/capture/pcap-file.ts";
import { skeletonOf } from "#checks/skeleton/generate.ts";
import { hasReference } from "#launch/implementation.mjs";
import { startKitProgram } from "./kit-process.ts";
import { labsWith } from "./server-labs.ts";

const demo = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => startKitProgram("demo", args, { env }).ended;

/** The reference, with one text of a file replaced by another. */
function labsWithMistake(lab: "lab-1" | "lab-2" | "lab-4", name: string, right: string, wrong: string): Promise<string> {
  return labsWith(lab, (folder) => {
    const text = readFileSync(join(folder, name), "utf8");
    expect(text).toContain(right);
    writeFileSync(join(folder, name), text.replace(right, wrong));
  });
}

describe.skipIf(!hasReference)("npm run demo over links in memory", () => {
  it("carries pings and a page, and says what that proves", async () => {
    const folder = await temporaryFolder();
    const { code, stdout, stderr } = await demo(["--link", "memory", "--pcap", folder]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("client --> server  100  lend me an IPv4 address");
    expect(stdout).toContain("client <-- server  101  you have 13.8.0.2");
    expect(stdout.match(/102 {2}ping \d, 13\.8\.0\.2 > 198\.51\.100\.2/g)).toHaveLength(3);
    expect(stdout.match(/103 {2}its answer, 84 bytes/g)).toHaveLength(3);
    expect(stdout.match(/\n {3}ok {2}/g)).toHaveLength(4);
    expect(stdout).not.toMatch(/\bNO {2}/);
    expect(stdout.trimEnd()).toMatch(/\nNothing is left of it: server and client have stopped\.$/);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).not.toContain("\u001b");

    const [client, server] = await Promise.all(["client", "server"].map((name) => readCapture(join(folder, `${name}.pcap`))));
    const bytes = (capture: typeof client) => capture?.packets.map((packet) => Buffer.from(packet.bytes).toString("hex")).toSorted();
    expect(bytes(client)?.length).toBeGreaterThan(80);
    expect(bytes(client)).toEqual(bytes(server));
  });

  it("is taken where namespaces cannot be had, and says why", async () => {
    const { code, stdout } = await demo([], { PATH: "/nowhere" });
    if (process.platform === "linux") expect(stdout).toMatch(/No real TUN devices here: .*(missing|refused|no \/dev\/net\/tun)/);
    else expect(stdout).toContain("a thing of Linux");
    expect(code).toBe(0);
  });

  it.each(["tun", "tap"])("is no substitute for whoever insists on a %s device", async (link) => {
    const { code, stdout } = await demo(["--link", link], { PATH: "/nowhere" });
    expect(code).toBe(1);
    expect(stdout).toContain("This cannot be had here: ");
    expect(stdout).not.toContain("memory");
  });
});

describe.skipIf(!hasReference)("a demo of labs that are not done", () => {
  it.each(["lab-1", "lab-2", "lab-3", "lab-4"] as const)("names %s, and where to read on", async (lab) => {
    const from = await labsWith(lab, (folder) => {
      for (const { name, text } of skeletonOf(lab)) writeFileSync(join(folder, name), text);
    });
    const { code, stdout, stderr } = await demo(["--link", "memory", "--from", from]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    const number = lab.at(-1);
    expect(stdout.replaceAll("\n", " ")).toMatch(
      new RegExp(`Lab ${number} stops the demo: ${lab} .* is not implemented yet; docs/${lab}-.* explains it`),
    );
    expect(stdout).toContain("The checks say more: npm run check -- --from ");
  });

  it("is in colour when that is asked for, and never with --no-color", async () => {
    const from = await labsWith("lab-1", (folder) => {
      for (const { name, text } of skeletonOf("lab-1")) writeFileSync(join(folder, name), text);
    });
    const words = ["--link", "memory", "--from", from];
    expect((await demo(words, { FORCE_COLOR: "1", NO_COLOR: "" })).stdout).toContain("\u001b[");
    expect((await demo([...words, "--no-color"], { FORCE_COLOR: "1", NO_COLOR: "" })).stdout).not.toContain("\u001b");
    expect((await demo(words, { FORCE_COLOR: "1", NO_COLOR: "1" })).stdout).not.toContain("\u001b");
  });

  it("names the lab whose file cannot be read, with its line", async () => {
    const from = await labsWithMistake("lab-2", "session-table.ts", "export const", "export konst");
    const { code, stdout } = await demo(["--link", "memory", "--from", from]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Lab 2 stops the demo:\s+\S*session-table\.ts:\d+/);
  });
});

describe.skipIf(!hasReference)("a demo of labs with a mistake", () => {
  it("shows the crash and the lab that it comes from", async () => {
    const from = await labsWithMistake(
      "lab-2",
      "session-table.ts",
      "ownerOf: (",
      "ownerOf: (...[]) => { throw new TypeError('so what'); },\n    never: (",
    );
    const { code, stdout } = await demo(["--link", "memory", "--from", from]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Lab 2 stops the demo: TypeError: so what\n.*session-table\.ts:\d+/);
  });

  it("says that nothing came back, and what the server dropped", async () => {
    const from = await labsWithMistake("lab-4", "server-core.ts", "if (!isFrom(", "if (isFrom(");
    const { code, stdout } = await demo(["--link", "memory", "--from", from]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/Ping 1 was not answered within 2 s\.\n[\s\S]*spoofed-source/);
  });

  it("sees that an answer was changed on its way", async () => {
    const from = await labsWithMistake(
      "lab-4",
      "server-core.ts",
      '{ type: "internet-response", packet }',
      '{ type: "internet-response", packet: packet.map((byte, index) => (index === 8 ? byte - 1 : index === 10 ? byte + 1 : byte)) }',
    );
    const { code, stdout } = await demo(["--link", "memory", "--from", from]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/NO {2}the tunnel changed what it carried: to the client/);
    expect(stdout).toContain("Not everything was proven.");
  });
});
