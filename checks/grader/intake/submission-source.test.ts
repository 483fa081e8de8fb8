import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { findSources, submissionId } from "./submission-source.ts";

it("a submission is called as its file is, without the ending", () => {
  expect(["alice", "alice.zip", "alice.tar.gz", "ALICE.TGZ", "a.b_c-1.tar", "repo.git"].map(submissionId)).toEqual([
    "alice",
    "alice",
    "alice",
    "ALICE",
    "a.b_c-1",
    "repo",
  ]);
});

it("a name that is not fit for a file stays recognisable and apart from others", () => {
  const ids = ["Søren.zip", "张伟", "李娜", "../x", ".hidden", "a".repeat(80), "a".repeat(81), "-rf", ""].map(submissionId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/);
  expect(ids[0]).toMatch(/^S-ren-[0-9a-f]{8}$/);
});

it("submissions are found and sorted; a name that several have is told apart by the folder", async () => {
  const folder = await temporaryFolder();
  for (const name of ["zoe", "bob@home", "carol", "dave"]) mkdirSync(join(folder, name));
  for (const name of ["carol", "dave"]) writeFileSync(join(folder, name, "work.zip"), "");
  const found = findSources(["zoe", "bob@home", "carol/work.zip", "dave/work.zip"].map((name) => join(folder, name)));
  expect(found.map(({ id }) => id.replace(/-[0-9a-f]{8}$/, ""))).toEqual(["bob-home", "carol-work", "dave-work", "zoe"]);
  expect(found.map(({ revision }) => revision)).toEqual([undefined, undefined, undefined, undefined]);
  expect(findSources([join(folder, "zoe@main~2")])).toMatchObject([{ id: "zoe", revision: "main~2" }]);
});

it("what is not there, twice there, or no commit is wrong usage", async () => {
  const folder = await temporaryFolder();
  mkdirSync(join(folder, "alice"));
  writeFileSync(join(folder, "alice.zip"), "");
  const find =
    (...names: readonly string[]) =>
    () =>
      findSources(names.map((name) => join(folder, name)));
  expect(find("nobody")).toThrow("nobody: there is no such folder, archive or repository.");
  expect(find("alice@--upload-pack=x")).toThrow("is no commit; write it as in repository@main");
  expect(find("alice", "alice")).toThrow("rename one of them, or give it once.");
  // The same folder name in front does not help.
  expect(find("alice", "alice.zip")).toThrow("rename one of them, or give it once.");
});
