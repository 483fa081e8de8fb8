import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { withSmallDisk } from "#checks/devices/namespace.ts";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { bundle } from "#launch/bundle.mjs";
import { implementationFrom } from "#launch/implementation.mjs";
import { findGrade, makeRunFolder, readRun } from "./run-folder.ts";

/** Starts made-up-run.program.ts; `go(n)` lets it grade so many more. */
async function startRun(args: readonly string[], within: readonly string[] = []) {
  const { file } = await bundle(fileURLToPath(new URL("made-up-run.program.ts", import.meta.url)), implementationFrom("labs"));
  const [command = process.execPath, ...rest] = [...within, process.execPath, "--enable-source-maps", file, ...args];
  const child = spawn(command, rest, { stdio: ["pipe", "pipe", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  const ended = new Promise<void>((done) => child.on("close", () => done()));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  child.stdin.on("error", () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    go: (times: number) => child.stdin.write("go\n".repeat(times)),
    next: async () => {
      const line = await lines.next();
      if (line.done !== true) return line.value;
      await ended;
      return `ended: ${complaints}`;
    },
    rest: async () => {
      const words: string[] = [];
      for await (const line of { [Symbol.asyncIterator]: () => lines }) words.push(line);
      return words;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
    complaints: () => complaints,
  };
}

/** Every file below the folder with the hash of its content. */
function contents(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted()
      .map((path) => [path.slice(folder.length), createHash("sha256").update(readFileSync(path)).digest("hex")]),
  );
}

describe("a run that is killed", () => {
  it("leaves nothing half-written, and comes to the same when it goes on", async () => {
    const home = await temporaryFolder();
    const [whole, killed] = [join(home, "whole"), join(home, "killed")];
    const first = await startRun([whole, "8"]);
    first.go(8);
    expect((await first.rest()).at(-1)).toBe("end 8");

    const second = await startRun([killed, "8"]);
    second.go(3);
    expect(await second.next()).toBe("begun");
    for (let done = 0; done < 3; done++) expect(await second.next()).toMatch(/^graded student-0\d$/);
    await second.kill();
    const finished = readdirSync(join(killed, "grades"));
    expect(finished.length).toBe(3);
    for (const name of finished) expect(findGrade({ path: killed, shown: "grades" }, name.replace(".json", ""))?.points).toBe(10);
    expect(existsSync(join(killed, ".lock"))).toBe(true);
    expect(() => readRun({ path: killed, shown: "grades" })).toThrow(
      "grades is not finished: 3 of 8 submissions are graded; go on with --resume.",
    );

    // As if it had been killed in the middle of writing.
    writeFileSync(join(killed, "grades", ".student-07.json.77.draft"), "{");
    const third = await startRun([killed, "8"]);
    third.go(8);
    const told = await third.rest();
    expect(told.filter((line) => line.startsWith("kept")).length).toBe(3);
    expect(told.at(-1)).toBe("end 8");
    expect(contents(killed)).toEqual(contents(whole));
    expect(Object.keys(contents(whole)).length).toBe(17);
  });
});

describe("a run that goes on", () => {
  it("has its folder for itself", async () => {
    const folder = join(await temporaryFolder(), "grades");
    const first = await startRun([folder, "2"]);
    expect(await first.next()).toBe("begun");
    const second = await startRun([folder, "2"]);
    expect(await second.next()).toMatch(/Another run \(process \d+\) is writing into grades; wait until it is done\./);
    first.go(2);
    expect((await first.rest()).at(-1)).toBe("end 2");
    expect(existsSync(join(folder, ".lock"))).toBe(false);
  });

  it("takes over the lock of a process that is gone, also when its number is another's now", async () => {
    const folder = join(await temporaryFolder(), "grades");
    const first = await startRun([folder, "1"]);
    expect(await first.next()).toBe("begun");
    await first.kill();
    const lock = join(folder, ".lock");
    const holder = JSON.parse(readFileSync(lock, "utf8"));
    if (process.platform === "linux") writeFileSync(lock, JSON.stringify({ ...holder, pid: process.pid }));
    const second = await startRun([folder, "1"]);
    second.go(1);
    expect((await second.rest()).at(-1)).toBe("end 1");
    writeFileSync(lock, JSON.stringify({ ...holder, computer: "elsewhere" }));
    expect(await (await startRun([folder, "1"])).next()).toContain(
      "A run on another computer writes into grades; when it is gone, remove grades/.lock.",
    );
    writeFileSync(lock, "no lock");
    expect(await (await startRun([folder, "1"])).next()).toBe("begun");
  });

  it("grades again what was handed in anew, and keeps the rest", async () => {
    const folder = join(await temporaryFolder(), "grades");
    for (const [size, expected] of [
      ["100", ["graded student-00", "graded student-01"]],
      ["100", ["kept student-00", "kept student-01"]],
      ["101", ["graded student-00", "graded student-01"]],
    ] as const) {
      const run = await startRun([folder, "2", size]);
      run.go(2);
      expect((await run.rest()).toSorted()).toEqual(["begun", "end 2", ...expected]);
    }
  });
});

it("a full disk loses nothing that is finished", async (context) => {
  const run = await startRun(
    ["/mnt/grades", "8", "12000"],
    [...withSmallDisk(context), "sh", "-c", '"$@"; find /mnt -type f | sort', "sh"],
  );
  run.go(8);
  const told = await run.rest();
  expect(told).toContain("failed ENOSPC");
  const graded = told.filter((line) => line.startsWith("graded ")).map((line) => line.replace("graded ", ""));
  expect(graded.length).toBeGreaterThan(0);
  const files = told.filter((line) => line.startsWith("/mnt/grades/"));
  for (const id of graded)
    expect(files).toEqual(expect.arrayContaining([`/mnt/grades/grades/${id}.json`, `/mnt/grades/taken/${id}.tar.gz`]));
  expect(files.filter((file) => file.startsWith("/mnt/grades/grades/")).length).toBe(graded.length);
  expect(files.filter((file) => file.includes("draft"))).toEqual([]);
});

it("a folder that holds something else is refused", async () => {
  const path = await temporaryFolder();
  const folder = { path: join(path, "new", "grades"), shown: "grades" };
  makeRunFolder(folder);
  writeFileSync(join(folder.path, ".lock"), "");
  writeFileSync(join(folder.path, ".run.json.7.draft"), "");
  makeRunFolder(folder);
  mkdirSync(join(folder.path, "photos"));
  expect(() => makeRunFolder(folder)).toThrow("grades is not empty, and what is in it is no run of the grader; give a new folder.");
  rmSync(join(folder.path, "photos"), { recursive: true });
  writeFileSync(join(folder.path, "run.json"), "{}");
  expect(() => readRun(folder)).toThrow("grades/run.json is not of this version of the grader");
});
