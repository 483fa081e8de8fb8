import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parsePcapng } from "#checks/harness/pcapng/parse-pcapng.ts";
import { hasReference } from "#launch/implementation.mjs";
import { copyProject } from "./copied-project.ts";

const project = copyProject();
afterAll(project.remove);

const lab = "lab-5-arp-interface";
const out = join(project.folder, "checks", "out");
const captures = () => (existsSync(out) ? readdirSync(out).toSorted() : []);
const check = (...args: readonly string[]) => project.run("check", args);

/** The reference's lab 5, in which what waits is never given up. */
function breakLab(): void {
  cpSync(join(project.folder, "reference", lab), join(project.folder, "labs", lab), { recursive: true });
  const file = join(project.folder, "labs", lab, "pending-packets.ts");
  const text = readFileSync(file, "utf8");
  const broken = text.replace("if (givenUpAt > now) return;", "if (givenUpAt > now || now > 0) return;");
  if (broken === text) throw new Error("The reference has changed: break it otherwise.");
  writeFileSync(file, broken);
}

describe.skipIf(!hasReference)("the packets of a failing check", () => {
  it("are saved, and the story says where", async () => {
    breakLab();
    const { code, stdout } = await check("lab-5", "--only", "pending-dropped");
    expect(code).toBe(1);
    expect(stdout).toContain("    capture checks/out/lab-5.pending-dropped.pcapng  frame 4\n");
    expect(captures()).toEqual(["lab-5.pending-dropped.pcapng"]);
    const { packets } = parsePcapng(readFileSync(join(out, "lab-5.pending-dropped.pcapng")), "x");
    expect(packets.map(({ atMicroseconds, comment }) => [atMicroseconds, comment.split(/[,:]/)[0]])).toEqual([
      [0, "send"],
      [0, "sent"],
      [5_000_000, "recv"],
      [5_000_000, "got"],
    ]);
  });

  it("can be shown in words", async () => {
    const { stdout } = await project.run("show", ["checks/out/lab-5.pending-dropped.pcapng"]);
    expect(stdout).toContain("2 0.000  ARP who-has 10.0.0.9 tell 10.0.0.1\n");
    expect(stdout).toContain("         | got: expected nothing (more), but there was one action\n");
  });

  it("are saved for the stories that are told, and go with the next run of the lab", async () => {
    const { stdout } = await check("lab-5");
    const told = [...stdout.matchAll(/capture checks\/out\/(\S+)/g)].map(([, name = ""]) => name);
    expect(told.length).toBe(3);
    expect(captures()).toEqual(told.toSorted((a, b) => a.localeCompare(b)));
    await check("lab-5", "--from", "reference", "--only", "pending-dropped");
    expect(captures()).toEqual([]);
  });

  it("are none of an overview's", async () => {
    await check();
    expect(captures()).toEqual([]);
  });

  it("have a place in the JSON report", async () => {
    await check("lab-5", "--only", "pending-dropped", "--json", "results.json");
    const text = readFileSync(join(project.folder, "results.json"), "utf8");
    expect(JSON.parse(text).labs[0].checks[0].failure.capture).toEqual({ file: "checks/out/lab-5.pending-dropped.pcapng", frame: 4 });
    expect(text).not.toContain('bytes":');
  });
});

describe.skipIf(!hasReference)("npm run check -- --trace", () => {
  it("draws a scenario that passes", async () => {
    const { code, stdout } = await check("lab-5", "--from", "reference", "--only", "pending-dropped", "--trace");
    expect(code).toBe(0);
    expect(stdout).toContain("neighbours                       lab                      upper layer\n");
    expect(stdout).toMatch(/^ {2}5\.000 s │·+ tick 5000 ms ·+│$/m);
    expect(stdout).toMatch(/^ok lab-5\.pending-dropped {2}\d+\/\d+ points$/m);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  it("draws one that fails, with its failure", async () => {
    const { code, stdout } = await check("lab-5", "--only", "pending-dropped", "--trace");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^> +│<─+│ +│$/m);
    expect(stdout).toContain("  > t=5.000 s     expected nothing (more), but there was one action\n");
    expect(stdout.match(/who-has/g)?.length).toBe(1);
  });

  it("draws it whole, however long it is", async () => {
    const { stdout } = await check("lab-5", "--from", "reference", "--only", "interval-in-small-ticks", "--trace");
    expect(stdout).not.toContain("left out");
    expect(stdout.match(/tick 100 ms, 7 times/g)?.length).toBe(7);
  });

  it("wants to know which", async () => {
    const { code, stderr } = await check("lab-5", "--trace");
    expect(code).toBe(2);
    expect(stderr).toBe("--trace draws whole scenarios; say which: --only NAME --trace.\n");
  });
});
