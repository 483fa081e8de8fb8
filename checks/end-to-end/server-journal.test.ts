import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { createJournal, type JournalRules } from "#server/host/journal.ts";
import { type HostState, ownState, readStateFiles, stateFolder } from "#server/host/state-file.ts";

type Change = { readonly name: string; readonly fails?: boolean };

/** Undoing is noted. */
function rules(undone: string[], program = "server"): JournalRules<Change> {
  return {
    program,
    undo: ({ name, fails }) => {
      if (fails === true) throw new Error(`${name} is still there.`);
      undone.push(name);
    },
    isNeeded: ({ name }, byOthers) => name === "shared" && byOthers.some((other) => other.name === "shared"),
  };
}

const changesIn = async (folder: string) => {
  const [name = ""] = await readdir(folder);
  return (JSON.parse(await readFile(join(folder, name), "utf8")) as HostState<Change>).changes;
};

/** A process that has ended. */
const deadProcess = () => spawnSync(process.execPath, ["--version"]).pid;

describe.skipIf(process.platform !== "linux")("the journal of what was changed", () => {
  it("is in the file before the change is made, and undone the latest first", async () => {
    const folder = join(await temporaryFolder(), "state");
    const undone: string[] = [];
    const journal = createJournal(rules(undone), folder);
    expect(existsSync(folder)).toBe(false);
    journal.begin({ name: "one" });
    expect(await changesIn(folder)).toEqual([{ name: "one" }]);
    journal.begin({ name: "two" }, () => undone.push("two, by hand"));
    expect(await changesIn(folder)).toEqual([{ name: "one" }, { name: "two" }]);
    expect(journal.undoAll()).toEqual([]);
    expect(undone).toEqual(["two, by hand", "one"]);
    expect(existsSync(folder)).toBe(false);
    expect(journal.undoAll()).toEqual([]);
    expect(undone).toHaveLength(2);
  });

  it("undoes the latest change alone, or forgets it when it has not taken place", async () => {
    const folder = await temporaryFolder();
    const undone: string[] = [];
    const journal = createJournal(rules(undone), folder);
    for (const name of ["one", "two", "three"]) journal.begin({ name });
    journal.undoLast();
    expect(undone).toEqual(["three"]);
    expect(await changesIn(folder)).toEqual([{ name: "one" }, { name: "two" }]);
    journal.forgetLast();
    expect(await changesIn(folder)).toEqual([{ name: "one" }]);
    journal.undoAll();
    expect(undone).toEqual(["three", "one"]);
  });

  it("keeps what cannot be undone, and says so", async () => {
    const folder = await temporaryFolder();
    const undone: string[] = [];
    const journal = createJournal(rules(undone), folder);
    for (const change of [{ name: "one" }, { name: "two", fails: true }, { name: "three" }]) journal.begin(change);
    expect(journal.undoAll()).toEqual(["two is still there."]);
    expect(undone).toEqual(["three", "one"]);
    expect(await changesIn(folder)).toEqual([{ name: "two", fails: true }]);
  });

  it("works without a folder", () => {
    const undone: string[] = [];
    const journal = createJournal(rules(undone), null);
    journal.begin({ name: "one" });
    expect(journal.byOthers()).toEqual([]);
    expect(journal.undoAll()).toEqual([]);
    expect(undone).toEqual(["one"]);
  });

  it("leaves to another running program what that needs too", async () => {
    const folder = await temporaryFolder();
    // This process's parent runs as long as this one.
    const other = { ...ownState([{ name: "shared" }]), process: process.ppid, started: startOf(process.ppid) };
    await writeFile(join(folder, "server-other.json"), JSON.stringify(other));
    const undone: string[] = [];
    const journal = createJournal(rules(undone), folder);
    expect(journal.byOthers()).toEqual([{ name: "shared" }]);
    journal.begin({ name: "shared" });
    journal.begin({ name: "own" });
    journal.undoAll();
    expect(undone).toEqual(["own"]);
  });
});

const write = async (folder: string, name: string, state: object) => writeFile(join(folder, name), JSON.stringify(state));
const names = (files: readonly { readonly path: string }[]) => files.map(({ path }) => basename(path));

describe.skipIf(process.platform !== "linux")("the state files", () => {
  it("tell programs that run from those that were killed, also when the process's number is used again", async () => {
    const folder = await temporaryFolder();
    const own = ownState([{ name: "one" }]);
    await write(folder, "server-1.json", own);
    await write(folder, "server-2.json", { ...own, process: deadProcess() });
    await write(folder, "server-3.json", { ...own, started: "1" });
    const { running, killed } = readStateFiles(folder, "server");
    expect(names(running)).toEqual(["server-1.json"]);
    expect(names(killed)).toEqual(["server-2.json", "server-3.json"]);
  });

  it("of other namespaces are left alone; those from before the system's start, and broken ones, are deleted", async () => {
    const folder = await temporaryFolder();
    const own = { ...ownState([]), process: deadProcess() };
    await write(folder, "server-elsewhere.json", { ...own, place: "net:[1] pid:[1]" });
    await write(folder, "server-old.json", { ...own, boot: "another" });
    await writeFile(join(folder, "server-broken.json"), "{");
    await write(folder, "client-1.json", own);
    await mkdir(join(folder, "folder"));
    expect(readStateFiles(folder, "server")).toEqual({ running: [], killed: [] });
    expect((await readdir(folder)).toSorted()).toEqual(["client-1.json", "folder", "server-elsewhere.json"]);
  });

  it("need no folder", () => {
    expect(readStateFiles("/no/such/folder", "server")).toEqual({ running: [], killed: [] });
  });
});

describe.skipIf(process.platform !== "linux")("the folder of the state files", () => {
  it("is the first that can be made and that only this user can write to", async () => {
    const parent = await temporaryFolder();
    const [good, file, link, open] = ["good", "file", "link", "open"].map((name) => join(parent, name));
    await writeFile(String(file), "");
    await symlink(parent, String(link));
    await mkdir(String(open));
    await chmod(String(open), 0o777);
    const bad = [String(file), join(String(file), "below"), String(link), String(open)];
    expect(stateFolder([...bad, String(good), join(parent, "next")])).toBe(good);
    expect((await stat(String(good))).mode & 0o777).toBe(0o700);
    expect((await readdir(parent)).toSorted()).toEqual(["file", "good", "link", "open"]);
    expect(stateFolder(bad)).toBeUndefined();
  });

  it("is not one that somebody else has made", async ({ skip }) => {
    if (process.geteuid?.() !== 0) skip("only root can give a folder to somebody else");
    const folder = join(await temporaryFolder(), "taken");
    await mkdir(folder, { mode: 0o700 });
    await chown(folder, 12_345, 12_345);
    expect(stateFolder([folder])).toBeUndefined();
  });
});

/** Field 22 of proc_pid_stat(5), as the system tells it. */
function startOf(process: number): string {
  const { stdout } = spawnSync("sed", ["s/.*) //", `/proc/${process}/stat`], { encoding: "utf8" });
  return stdout.split(" ")[19] ?? "";
}
