import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { copyProject } from "./copied-project.ts";

const project = copyProject();
const show = (...args: readonly string[]) => project.run("show", args);
afterAll(project.remove);

const kernel = "fixtures/captures/arp-linux-kernel.pcap";

describe("npm run show", () => {
  it("shows a capture in words, exit code 0", async () => {
    const { code, stdout, stderr } = await show(kernel);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`${kernel}: 24 packets in 3.704 s\n`);
    expect(stdout).toContain("\n 1 0.000  ARP who-has 192.0.2.2 tell 192.0.2.1\n");
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("finds the file from where the user stands", async () => {
    cpSync(join(project.folder, kernel), join(project.folder, "docs", "here.pcap"));
    const { code, stdout } = await project.run("show", ["here.pcap", "--limit", "1"], { INIT_CWD: join(project.folder, "docs") });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^here\.pcap: 24 packets/);
  });

  it("tells a damaged file in one sentence, exit code 2", async () => {
    writeFileSync(join(project.folder, "cut.pcap"), readFileSync(join(project.folder, kernel)).subarray(0, 5000));
    expect(await show("cut.pcap")).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "cut.pcap: packet 10, whose record begins at byte 3754, is cut: 1514 bytes are announced and 1230 are there; copy the file again.\n",
    });
  });

  it.each([
    [["no-such.pcap"], "There is no file no-such.pcap; check the name."],
    [["package.json"], "package.json is not a pcap file: it begins with the bytes 7b 0a 20 20; give a capture."],
    [[kernel, "--only", "arq"], "--only arq: no packet here fits. Did you mean arp"],
    [[kernel, "--only", "10.9.9.9"], "--only 10.9.9.9: no packet here fits."],
    [[kernel, "--limit", "none"], "--limit none: give a whole number, 1 or more."],
    [[kernel, "--hexx"], "Unknown option '--hexx'"],
    [[], "Name a capture to show."],
  ])("%j is wrong usage, exit code 2", async (args, message) => {
    const { code, stdout, stderr } = await show(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("explains itself", async () => {
    const { code, stdout } = await show("--help");
    expect(code).toBe(0);
    expect(stdout).toContain("npm run show FILE");
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});
