import { execFileSync, spawnSync } from "node:child_process";
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { packFiles } from "./pack-files.ts";
import { readSubmission } from "./read-submission.ts";
import { findSources } from "./submission-source.ts";
import { type ZipEntry, zipOf } from "./zip-writer.ts";

const MiB = 1 << 20;

async function read(path: string, before?: Date) {
  const [source] = findSources([path]);
  if (source === undefined) throw new Error("no source");
  const { files, refused, ...about } = await readSubmission(source, before);
  return {
    about,
    files: Object.fromEntries(files.map(({ lab, path, content }) => [`${lab} ${path}`, Buffer.from(content).toString()])),
    refused: refused.map(({ path, why }) => `${path} ${why}`),
    taken: files,
  };
}

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(await temporaryFolder(), "alice");
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function archiveOf(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

type TarEntry = {
  readonly name: string;
  readonly text?: string | Uint8Array;
  readonly type?: "file" | "symlink" | "link" | "fifo" | "character-device";
  readonly pax?: Readonly<Record<string, string>>;
};

async function tarOf(entries: readonly TarEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const { name, text = "", type = "file", pax } of entries) {
    const content = Buffer.from(text);
    if (type === "file") tar.entry({ name, size: content.length, ...(pax === undefined ? {} : { pax }) }, content);
    else tar.entry({ name, type, linkname: "/etc/passwd", size: 0 });
  }
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar as AsyncIterable<unknown>) chunks.push(chunk as Uint8Array);
  return gzipSync(Buffer.concat(chunks));
}

/** A file with a header of pax before it. */
function withPax(records: Readonly<Record<string, string>>): TarEntry {
  return { name: "labs/lab-1-codec/message.ts", text: "bytes", pax: records };
}

async function readZipOf(...entries: readonly ZipEntry[]) {
  return read(await archiveOf("alice.zip", zipOf(entries)));
}

async function readTarOf(...entries: readonly TarEntry[]) {
  return read(await archiveOf("alice.tar.gz", await tarOf(entries)));
}

/** Commits in UTC, one a day, the first on 1 March. */
function git(folder: string, words: readonly string[], day = 1): string {
  const date = `2026-03-0${day}T12:00:00Z`;
  const environment = {
    PATH: process.env["PATH"],
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_DATE: date,
  };
  const options = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always"];
  return execFileSync("git", [...options, "-C", folder, ...words], { env: environment, encoding: "utf8", stdio: "pipe" }).trim();
}

const two = { "lab-1 message.ts": "codec", "lab-3 heartbeat.ts": "beat" };
const twoFiles = { "labs/lab-1-codec/message.ts": "codec", "labs/lab-3-heartbeat/heartbeat.ts": "beat" };

describe("a folder", () => {
  it("is read", async () => {
    const found = await read(await folderOf({ ...twoFiles, "README.md": "x", "node_modules/a/index.js": "x" }));
    expect(found).toMatchObject({ about: { id: "alice", source: "folder" }, files: two });
    expect(found.refused).toEqual(["README.md is not directly in a lab's folder", "node_modules/ is not directly in a lab's folder"]);
  });

  it("with links, hard links and pipes in it loses those, and nothing is followed or waited for", async (context) => {
    if (process.platform === "win32") context.skip("Windows has no links and pipes of this kind");
    const folder = await folderOf(twoFiles);
    const lab = join(folder, "labs", "lab-1-codec");
    writeFileSync(join(folder, "secret.txt"), "secret");
    symlinkSync(join(folder, "secret.txt"), join(lab, "arp-message.ts"));
    linkSync(join(folder, "secret.txt"), join(lab, "ethernet-frame.ts"));
    execFileSync("mkfifo", [join(lab, "ipv4-packet.ts")]);
    symlinkSync(lab, join(folder, "labs", "lab-2-user-pool"));
    symlinkSync("/", join(folder, "root"));
    const found = await read(folder);
    expect(found.files).toEqual(two);
    expect(found.refused.toSorted()).toEqual([
      "lab-1-codec/arp-message.ts is a link",
      "lab-1-codec/ethernet-frame.ts is a hard link: the same file stands somewhere else, too",
      "lab-1-codec/ipv4-packet.ts is a pipe",
      "lab-2-user-pool is a link",
      "root is a link",
      "secret.txt is a hard link: the same file stands somewhere else, too",
    ]);
  });

  it("that is a link is none", async () => {
    const folder = await folderOf(twoFiles);
    symlinkSync(folder, `${folder}-link`);
    expect(await read(`${folder}-link`)).toMatchObject({ files: {}, refused: [". is a link"] });
  });
});

describe("a zip archive", () => {
  const good: readonly ZipEntry[] = Object.entries(twoFiles).map(([name, content]) => ({ name, content }));

  it("is read, also one whose names have backslashes, as some programs of Windows write them", async () => {
    expect(await readZipOf(...good)).toMatchObject({ about: { id: "alice", source: "archive" }, files: two, refused: [] });
    expect(await readZipOf(...good.map(({ name, content = "" }) => ({ name: String(name).replaceAll("/", "\\"), content })))).toMatchObject(
      {
        files: two,
      },
    );
  });

  it("may hold what hides, leads out or is no file: that is refused, and the rest is taken", async () => {
    const found = await readZipOf(
      ...good,
      { name: "labs/lab-1-codec/arp-message.ts", content: "/etc/passwd", mode: 0o120777 },
      { name: "labs/lab-1-codec/pipe.ts", mode: 0o010644 },
      { name: "labs/lab-1-codec/secret.ts", content: "x", flags: 1 },
      { name: "labs/lab-1-codec/broken.ts", content: "x", crc: 5 },
      { name: Buffer.from("labs/lab-1-codec/\xff.ts", "latin1"), content: "x" },
      { name: "../../labs/lab-1-codec/out.ts", content: "x" },
      { name: "c:\\labs\\lab-1-codec\\out.ts", content: "x" },
    );
    expect(found.files).toEqual(two);
    expect(found.refused).toEqual([
      "lab-1-codec/arp-message.ts is a link",
      "lab-1-codec/pipe.ts is no regular file",
      "lab-1-codec/secret.ts is encrypted",
      "lab-1-codec/broken.ts is damaged: its checksum is wrong",
      "labs/lab-1-codec/\ufffd.ts has a name that is not UTF-8",
      "../../labs/lab-1-codec/out.ts leads out of the submission with ..",
      "c:/labs/lab-1-codec/out.ts has a path with a drive of Windows",
    ]);
  });

  it("that is a bomb does not go off", async () => {
    const bomb = Buffer.alloc(2 * MiB);
    expect(await readZipOf(...good, { name: "bomb.ts", content: bomb }, { name: "labs/lab-1-codec/bomb.ts", content: bomb })).toMatchObject(
      {
        files: two,
        refused: ["lab-1-codec/bomb.ts is larger than 1 MiB", "bomb.ts is not directly in a lab's folder"],
      },
    );
    expect(await readZipOf(...good, { name: "labs/lab-1-codec/bomb.ts", content: bomb, claims: 10 })).toMatchObject({ files: {} });
  });

  it("that is none, or broken off, says so", async () => {
    const whole = zipOf(good);
    for (const bytes of [Buffer.from("hello"), Buffer.alloc(0), whole.subarray(0, whole.length - 30), whole.subarray(20)]) {
      const { files, refused } = await read(await archiveOf("alice.zip", bytes));
      expect(files).toEqual({});
      expect(refused.length).toBe(1);
      expect(refused[0]).toMatch(/^\. is (?:no zip archive that can be read|a damaged zip archive) \(/);
    }
  });
});

describe("a tar archive", () => {
  const good = Object.entries(twoFiles).map(([name, text]) => ({ name, text }));

  it("is read", async () => {
    expect(await readTarOf(...good)).toMatchObject({ about: { id: "alice", source: "archive" }, files: two, refused: [] });
  });

  it("may hold links, devices and paths that lead out: those are refused, and the rest is taken", async () => {
    const found = await readTarOf(
      ...good,
      { name: "labs/lab-1-codec/arp-message.ts", type: "symlink" },
      { name: "labs/lab-1-codec/ipv4-packet.ts", type: "link" },
      { name: "labs/lab-1-codec/pipe.ts", type: "fifo" },
      { name: "labs/lab-1-codec/device.ts", type: "character-device" },
      { name: "../lab-1-codec/out.ts", text: "x" },
      { name: "/labs/lab-1-codec/out.ts", text: "x" },
      { name: "labs/lab-1-codec/message.ts", text: "again" },
    );
    expect(found.files).toEqual({ "lab-3 heartbeat.ts": "beat" });
    expect(found.refused.toSorted()).toEqual([
      "../lab-1-codec/out.ts leads out of the submission with ..",
      "/labs/lab-1-codec/out.ts has an absolute path",
      "lab-1-codec/arp-message.ts is a link",
      "lab-1-codec/device.ts is no regular file",
      "lab-1-codec/ipv4-packet.ts is a hard link",
      "lab-1-codec/message.ts is there more than once, and which one counts cannot be known",
      "lab-1-codec/message.ts is there more than once, and which one counts cannot be known",
      "lab-1-codec/pipe.ts is no regular file",
    ]);
  });

  it("that is a bomb is stopped", async () => {
    expect(await readTarOf(...good, { name: "bomb", text: Buffer.alloc(17 * MiB) })).toMatchObject({
      files: {},
      refused: [". unpacks to more than 16 MiB"],
    });
  });

  it("may say more of its files in headers of their own, within bounds and without a contradiction", async () => {
    expect((await readTarOf(withPax({ comment: "x".repeat(1000) }))).files).toEqual({ "lab-1 message.ts": "bytes" });
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key-${index}`, ""]));
    expect(await readTarOf(...good, withPax(many))).toMatchObject({
      files: {},
      refused: [". is a tar archive with a header of more than 64 KiB"],
    });
    expect(await readTarOf(...good, withPax({ size: "5" }))).toMatchObject({
      files: {},
      refused: [". is a tar archive that tells the size of a file twice"],
    });
  });

  it("that is none, or broken off, says so", async () => {
    const whole = await tarOf(good);
    for (const bytes of [Buffer.from("hello"), Buffer.alloc(0), whole.subarray(0, whole.length - 30), gzipSync(Buffer.alloc(700, 7))]) {
      const { files, refused } = await read(await archiveOf("alice.tgz", bytes));
      expect(files).toEqual({});
      expect(refused.length).toBe(1);
      expect(refused[0]).toMatch(/^\. is (?:no tar archive packed with gzip that can be read \(|an archive with nothing in it)/);
    }
  });

  it("that was packed from taken files holds exactly these, in the same bytes every time", async () => {
    const { taken } = await read(await folderOf(twoFiles));
    const [packed, again] = [await packFiles(taken), await packFiles(taken.toReversed())];
    expect(Buffer.compare(packed, again)).toBe(0);
    const found = await read(await archiveOf("alice.tar.gz", packed));
    expect(found).toMatchObject({ files: two, refused: [] });
    expect(found.taken).toEqual(taken);
  });
});

it("another kind of file is no submission", async () => {
  expect(await read(await archiveOf("alice.rar", Buffer.from("Rar!")))).toMatchObject({
    files: {},
    refused: [". is no folder, no .zip, no .tar.gz and no git repository"],
  });
});

async function repository(): Promise<string> {
  const folder = await folderOf(twoFiles);
  git(folder, ["init", "--quiet", "--initial-branch=main"]);
  git(folder, ["add", "."]);
  git(folder, ["commit", "--quiet", "-m", "one"], 1);
  writeFileSync(join(folder, "labs", "lab-3-heartbeat", "heartbeat.ts"), "later");
  git(folder, ["commit", "--quiet", "-a", "-m", "two"], 3);
  return folder;
}

describe.skipIf(spawnSync("git", ["--version"]).status !== 0)("a git repository", () => {
  it("is read at a commit, and at the last one until a moment", async () => {
    const folder = await repository();
    const [first, last] = [git(folder, ["rev-parse", "main~1"]), git(folder, ["rev-parse", "main"])];
    const later = { ...two, "lab-3 heartbeat.ts": "later" };
    expect(await read(`${folder}@main`)).toMatchObject({
      about: { id: "alice", source: "git", revision: last, submittedAt: "2026-03-03T12:00:00.000Z" },
      files: later,
      refused: [],
    });
    expect(await read(`${folder}@${first.slice(0, 10)}`)).toMatchObject({ about: { revision: first }, files: two });
    expect(await read(folder, new Date("2026-03-03T11:59:59Z"))).toMatchObject({ about: { revision: first }, files: two });
    expect(await read(folder, new Date("2026-03-03T12:00:00Z"))).toMatchObject({ about: { revision: last }, files: later });
    expect(await read(folder, new Date("2026-02-28T12:00:00Z"))).toMatchObject({
      about: { source: "git" },
      files: {},
      refused: [". has no commit from 2026-02-28T12:00:00.000Z or earlier"],
    });
    expect(await read(`${folder}@nobody`)).toMatchObject({ refused: [". has no commit nobody"] });
  });

  it("without a working tree is read at its newest commit", async () => {
    const folder = await repository();
    git(folder, ["clone", "--quiet", "--bare", "--no-local", folder, `${folder}-bare.git`]);
    expect(await read(`${folder}-bare.git`)).toMatchObject({
      about: { id: "alice-bare", source: "git", revision: git(folder, ["rev-parse", "main"]) },
      files: { ...two, "lab-3 heartbeat.ts": "later" },
    });
  });

  it("starts nothing, whatever its settings and hooks say", async () => {
    const folder = await repository();
    const trap = join(folder, "..", "trap");
    const program = join(folder, "..", "program.sh");
    writeFileSync(program, `#!/bin/sh\ntouch '${trap}'\n`, { mode: 0o755 });
    for (const [name, value] of [
      ["core.fsmonitor", program],
      ["core.pager", program],
      ["core.sshCommand", program],
      ["core.hooksPath", dirname(program)],
      ["gpg.program", program],
      ["log.showSignature", "true"],
      ["filter.x.smudge", program],
      ["filter.x.required", "true"],
      ["diff.external", program],
      ["extensions.partialClone", "origin"],
      ["remote.origin.promisor", "true"],
      ["remote.origin.url", `ext::${program}`],
      ["remote.origin.uploadpack", program],
    ] as const)
      git(folder, ["config", name, value]);
    writeFileSync(join(folder, ".git", "info", "attributes"), "* filter=x\n");
    const found = await read(`${folder}@main`);
    expect(found.files).toMatchObject({ "lab-1 message.ts": "codec" });
    // An object that is missing would have to be fetched.
    const object = git(folder, ["rev-parse", "main:labs/lab-1-codec/message.ts"]);
    execFileSync("rm", ["-f", join(folder, ".git", "objects", object.slice(0, 2), object.slice(2))]);
    expect(await read(`${folder}@main`)).toMatchObject({ files: {} });
    expect(spawnSync("test", ["-e", trap]).status).toBe(1);
  });

  it("may hold links and other repositories, which are refused", async () => {
    const folder = await repository();
    symlinkSync("/etc/passwd", join(folder, "labs", "lab-1-codec", "arp-message.ts"));
    const commit = git(folder, ["rev-parse", "HEAD"]);
    git(folder, ["update-index", "--add", "--cacheinfo", `160000,${commit},labs/lab-2-user-pool`]);
    git(folder, ["add", "labs/lab-1-codec"]);
    git(folder, ["commit", "--quiet", "-m", "three"], 4);
    const { files, refused } = await read(`${folder}@main`);
    expect(Object.keys(files)).toEqual(["lab-1 message.ts", "lab-3 heartbeat.ts"]);
    expect(refused.toSorted()).toEqual(["lab-1-codec/arp-message.ts is a link", "lab-2-user-pool is a submodule: another repository"]);
  });

  it("that leads to another one is refused as a whole", async () => {
    const folder = await repository();
    const borrowing = await temporaryFolder();
    git(folder, ["clone", "--quiet", "--shared", folder, borrowing]);
    expect((await read(`${borrowing}@main`)).refused).toEqual([
      ". is a repository that borrows from another one; make a clone of it that is whole: git clone --no-local",
    ]);
    git(folder, ["worktree", "add", "--quiet", `${folder}-tree`, "HEAD~1"]);
    expect((await read(`${folder}-tree@HEAD`)).refused).toEqual([". has a .git that leads to another repository"]);
    symlinkSync("/etc/passwd", join(folder, ".git", "objects", "link"));
    expect((await read(`${folder}@main`)).refused).toEqual([". is a repository with a link or a pipe in its .git"]);
  });
});
