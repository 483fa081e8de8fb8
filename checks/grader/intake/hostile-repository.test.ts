import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { readGit } from "./read-git.ts";

const lab = "labs/lab-1-codec/message.ts";

type Kind = "commit" | "tree" | "blob";

/** A bare repository, whose files are written one by one: so they may say what git would never write. */
async function createRepository() {
  const folder = await temporaryFolder();
  const write = (name: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  const store = (id: string, kind: Kind, content: Uint8Array) => {
    write(`objects/${id.slice(0, 2)}/${id.slice(2)}`, deflateSync(Buffer.concat([Buffer.from(`${kind} ${content.length}\0`), content])));
    return { id, kind, content };
  };
  const put = (kind: Kind, content: Uint8Array) =>
    store(createHash("sha1").update(`${kind} ${content.length}\0`).update(content).digest("hex"), kind, content);
  const treeOf = (mode: string, name: string, { id }: { readonly id: string }) =>
    put("tree", Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, "hex")]));
  write("HEAD", "ref: refs/heads/main\n");
  mkdirSync(join(folder, "refs", "heads"), { recursive: true });

  return {
    write,
    store,
    /** Everything that a commit with this text in the lab's file is made of; the commit itself comes last. */
    put: (text: string, time: string, parents: readonly string[] = []) => {
      const blob = put("blob", Buffer.from(text));
      const file = treeOf("100644", "message.ts", blob);
      const labs = treeOf("40000", "lab-1-codec", file);
      const tree = treeOf("40000", "labs", labs);
      const by = `a <a@example.org> ${time} +0000`;
      const lines = [`tree ${tree.id}`, ...parents.map((id) => `parent ${id}`), `author ${by}`, `committer ${by}`, "", "x", ""];
      const commit = put("commit", Buffer.from(lines.join("\n")));
      return { id: commit.id, objects: [blob, file, labs, tree, commit] };
    },
    /** What is read of it: the commit, and the lab's file. */
    read: async (revision?: string, before?: string): Promise<readonly [revision: string, text: string]> => {
      const wanted = { revision, before: before === undefined ? undefined : new Date(before) };
      const { entries, revision: found } = await readGit(folder, wanted, AbortSignal.timeout(20_000));
      const file = entries.find(({ path }) => path === lab);
      return [found, file?.kind === "file" ? Buffer.from(file.content ?? []).toString() : "nothing"];
    },
  };
}

const march = (day: number) => String(Date.UTC(2026, 2, day) / 1000);

describe.skipIf(spawnSync("git", ["--version"]).status !== 0)(
  "a repository of somebody who would rather have another commit graded",
  () => {
    it("has no tag, branch or file that stands for the commit that is asked for", async () => {
      const { write, put, read } = await createRepository();
      const { id: good } = put("good", march(1));
      const { id: late } = put("late", march(9), [good]);
      const short = good.slice(0, 7);
      write("refs/heads/main", `${good}\n`);
      for (const name of [short, good, "main", `refs/tags/${short}`, `refs/heads/${good}`, "refs/heads/20260401"]) write(name, `${late}\n`);
      for (const name of [short, good, "main", "heads/main"]) expect(await read(name)).toEqual([good, "good"]);
      expect(await read(`${late.slice(0, 12)}~1`)).toEqual([good, "good"]);
      expect(await read(`refs/tags/${short}`)).toEqual([late, "late"]);
      write("refs/tags/main", `${late}\n`);
      await expect(read("main")).rejects.toThrow(/^has both refs\/heads\/main and refs\/tags\/main, so which one is meant by main/);
      await expect(read("20260401")).rejects.toThrow("has no commit 20260401; if that is a branch, write refs/heads/20260401");
    });

    it("cannot give a commit other parents, or another commit's place", async () => {
      const { write, put, read } = await createRepository();
      const { id: first } = put("first", march(1));
      const { id: last } = put("last", march(9), [first]);
      const { id: better } = put("better", march(2));
      write("refs/heads/main", `${last}\n`);
      write(`refs/replace/${first}`, `${better}\n`);
      write("info/grafts", `${last} ${better}\n`);
      expect(await read(undefined, "2026-03-05T00:00:00Z")).toEqual([first, "first"]);
      expect(await read(first)).toEqual([first, "first"]);
    });

    it("cannot exchange what a number stands for", async () => {
      const { put, store, read, write } = await createRepository();
      const good = put("good", march(1));
      const other = put("evil", march(2));
      write("refs/heads/main", `${good.id}\n`);
      for (const [index, { id, kind, content }] of good.objects.entries()) {
        store(id, kind, other.objects[index]?.content ?? Buffer.alloc(0));
        await expect(read(), kind).rejects.toThrow(/damaged|without a commit|git cannot read/);
        store(id, kind, content);
      }
      expect(await read()).toEqual([good.id, "good"]);
    });

    it("has commits of any time, and one after the moment does not hide those before it", async () => {
      const { write, put, read } = await createRepository();
      const { id: good } = put("good", march(1));
      const { id: far } = put("far", String(Date.UTC(2099, 0) / 1000), [good]);
      const { id: back } = put("back", march(3), [far]);
      write("refs/heads/main", `${far}\n`);
      expect(await read(undefined, "2026-03-05T00:00:00Z")).toEqual([good, "good"]);
      write("refs/heads/main", `${back}\n`);
      expect(await read(undefined, "2026-03-05T00:00:00Z")).toEqual([back, "back"]);
      expect(await read(undefined, "2026-03-02T00:00:00Z")).toEqual([good, "good"]);
      for (const time of ["-5", "9".repeat(30)]) await expect(read(put("odd", time).id)).rejects.toThrow("has a commit without a time");
    });

    it("has attributes and settings that change nothing of what is read", async () => {
      const { write, put, read } = await createRepository();
      write("refs/heads/main", `${put("a $Id$\r\n", march(1)).id}\n`);
      write("info/attributes", "* export-ignore text eol=crlf ident working-tree-encoding=UTF-16 export-subst\n");
      write("config", "[core]\n\tautocrlf = true\n\tworktree = /\n");
      expect((await read())[1]).toBe("a $Id$\r\n");
    });
  },
);
