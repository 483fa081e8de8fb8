import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { limitedBy } from "../sandbox/find-program.ts";
import { runGit } from "./run-git.ts";

it.skipIf(limitedBy().length === 0)("an object that says it is larger than memory is not unpacked", async () => {
  const folder = await temporaryFolder();
  execFileSync("git", ["init", "--quiet", "--bare", folder]);
  const commit = Buffer.concat([Buffer.from(`commit ${3 * 1024 ** 3}\0`), Buffer.alloc(1 << 20)]);
  const id = createHash("sha1").update(commit).digest("hex");
  mkdirSync(join(folder, "objects", id.slice(0, 2)));
  writeFileSync(join(folder, "objects", id.slice(0, 2), id.slice(2)), deflateSync(commit));
  const repository = { folder, signal: AbortSignal.timeout(20_000) };
  await expect(runGit(repository, ["cat-file", "commit", id])).rejects.toThrow(
    /^is a repository that git cannot read \(.*[Oo]ut of memory/,
  );
});
