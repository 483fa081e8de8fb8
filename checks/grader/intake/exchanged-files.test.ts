import { mkdirSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "#checks/devices/temporary-folder.ts";
import { readSubmission } from "./read-submission.ts";

/** What somebody does to a path, after it was looked at so many times. */
const deeds = vi.hoisted(() => ({ left: new Map<string, { looks: number; readonly deed: () => void }>() }));

vi.mock("node:fs/promises", async (original) => {
  const real = await original<typeof import("node:fs/promises")>();
  return {
    ...real,
    lstat: async (path: string) => {
      const found = await real.lstat(path);
      const planned = deeds.left.get(path);
      if (planned !== undefined && --planned.looks === 0) planned.deed();
      return found;
    },
  };
});

function afterLooks(path: string, looks: number, deed: () => void): void {
  deeds.left.set(path, { looks, deed });
}

describe.skipIf(process.platform === "win32")("a folder in which somebody exchanges files while it is read", () => {
  let folder = "";
  let others = "";
  const message = () => join(folder, "lab-1-codec", "message.ts");
  const read = async () => {
    const { files, refused } = await readSubmission({ id: "eve", path: folder, given: folder, revision: undefined }, undefined);
    expect([...deeds.left.values()].every(({ looks }) => looks <= 0)).toBe(true);
    return [
      ...files.map(({ path, content }) => `${path}: ${Buffer.from(content).toString()}`),
      ...refused.map(({ path, why }) => `${path} ${why}`),
    ];
  };

  beforeEach(async () => {
    deeds.left.clear();
    [folder, others] = [realpathSync(await temporaryFolder()), realpathSync(await temporaryFolder())];
    for (const [place, text] of [
      [folder, "mine"],
      [others, "somebody else's"],
    ] as const)
      for (const name of ["arp-message.ts", "message.ts"]) {
        mkdirSync(dirname(join(place, "lab-1-codec", name)), { recursive: true });
        writeFileSync(join(place, "lab-1-codec", name), text);
      }
  });

  it.each([1, 2])("loses a file that becomes a link after look %d, or is gone", async (looks) => {
    const why =
      looks === 1 ? /^lab-1-codec\/message\.ts (?:is a link|was exchanged while it was read)$/ : /was exchanged while it was read$/;
    afterLooks(message(), looks, () => {
      rmSync(message());
      symlinkSync(join(others, "lab-1-codec", "message.ts"), message());
    });
    expect(await read()).toEqual(["arp-message.ts: mine", expect.stringMatching(why)]);
    rmSync(message());
    writeFileSync(message(), "mine");
    afterLooks(message(), looks, () => rmSync(message()));
    expect(await read()).toEqual(["arp-message.ts: mine", "lab-1-codec/message.ts was exchanged while it was read"]);
  });

  it("takes nothing of a folder that has become a link to somebody else's", async () => {
    afterLooks(message(), 2, () => {
      renameSync(join(folder, "lab-1-codec"), join(folder, "away"));
      symlinkSync(join(others, "lab-1-codec"), join(folder, "lab-1-codec"));
    });
    expect(await read()).toEqual(["arp-message.ts: mine", "lab-1-codec/message.ts was exchanged while it was read"]);
  });
});
