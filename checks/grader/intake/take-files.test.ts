import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { bounds } from "./bounds.ts";
import type { FoundEntry } from "./found-entry.ts";
import { isOwnFileName } from "./lab-files.ts";
import { takeFiles } from "./take-files.ts";

const file = (path: string, text = "text"): FoundEntry => ({ kind: "file", path, size: text.length, content: Buffer.from(text) });
const take = (...entries: readonly FoundEntry[]) => {
  const { files, refused } = takeFiles(entries);
  return { files: files.map(({ lab, path }) => `${lab} ${path}`), refused: refused.map(({ path, why }) => `${path} ${why}`) };
};

describe("which files are taken", () => {
  it.each([
    ["at the top", ""],
    ["below labs/", "labs/"],
    ["below a folder that wraps everything", "alice-main/"],
    ["below labs/ in such a folder", "alice-main/labs/"],
    ["behind ./", "./labs/"],
  ])("%s", (_, root) => {
    expect(take(file(`${root}lab-1-codec/message.ts`), file(`${root}lab-3-heartbeat/heartbeat.ts`))).toEqual({
      files: ["lab-1 message.ts", "lab-3 heartbeat.ts"],
      refused: [],
    });
  });

  it("files of the student's own, up to a number", () => {
    const own = Array.from({ length: bounds.ownFiles }, (_, index) => file(`lab-1-codec/own-${index}.ts`));
    expect(take(file("lab-1-codec/message.ts"), ...own).files.length).toBe(33);
    const tooMany = take(file("lab-1-codec/message.ts"), ...own, file("lab-1-codec/one-more.ts"));
    expect(tooMany.files).toEqual(["lab-1 message.ts"]);
    expect(tooMany.refused.length).toBe(33);
    expect(tooMany.refused[0]).toBe("lab-1-codec/own-0.ts is one of more than 32 files of the student's own in that folder");
  });

  it("those of labs/ when a whole kit is handed in, which has folders of the same names elsewhere", () => {
    const kit = ["reference", "checks"].map((floor) => file(`${floor}/lab-1-codec/message.ts`));
    expect(take(file("labs/lab-1-codec/message.ts"), ...kit, file("docs/lab-1-codec.md"), file("package.json"))).toEqual({
      files: ["lab-1 message.ts"],
      refused: [
        "reference/ is not directly in a lab's folder (1 file)",
        "checks/ is not directly in a lab's folder (1 file)",
        "docs/ is not directly in a lab's folder (1 file)",
        "package.json is not directly in a lab's folder",
      ],
    });
  });

  it("none when there is no lab folder, or more than one place with them", () => {
    expect(take(file("message.ts"))).toEqual({
      files: [],
      refused: [". has no file in a lab's folder, such as lab-1-codec/", "message.ts is not directly in a lab's folder"],
    });
    expect(take(file("a/lab-1-codec/message.ts"), file("b/lab-1-codec/message.ts"))).toEqual({
      files: [],
      refused: [". has lab folders in several places (a, b); only one can count"],
    });
  });
});

describe("what is refused", () => {
  const good = file("lab-1-codec/message.ts");
  it.each<[FoundEntry, string]>([
    [file("../lab-1-codec/message.ts"), "../lab-1-codec/message.ts leads out of the submission with .."],
    [file("lab-1-codec/../../x.ts"), "lab-1-codec/../../x.ts leads out of the submission with .."],
    [file("/lab-1-codec/message.ts"), "/lab-1-codec/message.ts has an absolute path"],
    [file("C:/lab-1-codec/message.ts"), "C:/lab-1-codec/message.ts has a path with a drive of Windows"],
    [file("lab-1-codec\\arp-message.ts"), "lab-1-codec\\arp-message.ts has a backslash in its name"],
    [file("lab-1-codec/a\u001b[2J.ts"), "lab-1-codec/a\\u{1b}[2J.ts has a control character in its name"],
    [file("lab-1-codec/a\ufffd.ts"), "lab-1-codec/a\ufffd.ts has a name that is not UTF-8"],
    [file("lab-1-codec/\u202egnp.ts"), "lab-1-codec/\\u{202e}gnp.ts has a name of more than plain letters, digits, dots and dashes"],
    [file("lab-1-codec/a b.ts"), "lab-1-codec/a b.ts has a name of more than plain letters, digits, dots and dashes"],
    [file("lab-1-codec/nul.ts"), "lab-1-codec/nul.ts has a name of more than plain letters, digits, dots and dashes"],
    [file("lab-1-codec/Arp-Message.ts"), "lab-1-codec/Arp-Message.ts is written arp-message.ts in the lab"],
    [file("lab-1-codec/postcss.config.mjs"), "lab-1-codec/postcss.config.mjs is no TypeScript file"],
    [file("lab-1-codec/package.json"), "lab-1-codec/package.json is no TypeScript file"],
    [file("lab-1-codec/.npmrc"), "lab-1-codec/.npmrc is hidden"],
    [file("lab-1-codec/scratch/try.ts"), "lab-1-codec/scratch/ is not directly in a lab's folder (1 file)"],
    [{ kind: "file", path: "lab-1-codec/large.ts", size: bounds.file + 1 }, "lab-1-codec/large.ts is larger than 1 MiB"],
    [{ kind: "other", path: "lab-1-codec/arp-message.ts", why: "is a link" }, "lab-1-codec/arp-message.ts is a link"],
    [{ kind: "other", path: "lab-2-user-pool", why: "is a link" }, "lab-2-user-pool is a link"],
    [file("lab-2-user-pool"), "lab-2-user-pool is a file, and should be a folder"],
    [file(`${"a/".repeat(70)}x.ts`), `${"a/".repeat(70)}x.ts lies more than 64 folders deep`],
  ])("%o", (entry, refusal) => {
    expect(take(good, entry)).toEqual({ files: ["lab-1 message.ts"], refused: [refusal] });
  });

  it("a file that is there twice, and names that differ only in large and small letters", () => {
    expect(take(file("lab-1-codec/message.ts", "a"), file("lab-1-codec/message.ts", "b"), file("lab-1-codec/arp-message.ts"))).toEqual({
      files: ["lab-1 arp-message.ts"],
      refused: Array.from({ length: 2 }, () => "lab-1-codec/message.ts is there more than once, and which one counts cannot be known"),
    });
    expect(take(good, file("lab-1-codec/own.ts"), file("lab-1-codec/Own.ts"))).toEqual({
      files: ["lab-1 message.ts"],
      refused: ["own.ts", "Own.ts"].map((name) => `lab-1-codec/${name} differs from another file only in large and small letters`),
    });
    expect(take(good, file("lab-1-codec/Message.ts")).files).toEqual(["lab-1 message.ts"]);
  });

  it("everything, when it is too much altogether", () => {
    const large = Array.from({ length: 9 }, (_, index) => file(`lab-2-user-pool/own-${index}.ts`, "x".repeat(bounds.file)));
    expect(take(good, ...large)).toEqual({ files: [], refused: [". has more than 8 MiB of code in the lab folders"] });
  });

  it("and many thousands of one name, each of which is looked at as often as one of a few", () => {
    let lookedAt = 0;
    const counting = (entry: FoundEntry): FoundEntry =>
      ({
        ...entry,
        get kind() {
          lookedAt++;
          return "file" as const;
        },
      }) as FoundEntry;
    const looksFor = (count: number) => {
      lookedAt = 0;
      takeFiles(Array.from({ length: count }, () => counting(file("lab-1-codec/own.ts"))));
      return lookedAt;
    };
    expect(looksFor(2000)).toBeLessThan(11 * looksFor(200));
  });

  it("and told without end: the rest is counted", () => {
    const many = Array.from({ length: 300 }, (_, index) => file(`lab-1-codec/note-${index}.txt`));
    const { refused } = take(good, ...many);
    expect([refused.length, refused.at(-1)]).toEqual([101, "… and 200 more"]);
  });
});

it("whatever the paths are, what is taken has a safe name, is there once, and nothing is both taken and refused", () => {
  const segment = constantFrom(
    "labs",
    "lab-1-codec",
    "lab-2-user-pool",
    "message.ts",
    "Message.ts",
    "own.ts",
    "..",
    ".",
    "",
    "a",
    "C:",
    "\\",
    "é.ts",
  );
  const path = array(segment, { minLength: 1, maxLength: 5 }).map((segments) => segments.join("/"));
  assert(
    property(array(path, { maxLength: 12 }), (paths) => {
      const { files, refused } = takeFiles(paths.map((each) => file(each)));
      const names = files.map(({ lab, path }) => `${lab}/${path}`.toLowerCase());
      expect(new Set(names).size).toBe(names.length);
      expect(files.every((each) => isOwnFileName(each.path))).toBe(true);
      expect(files.length > 0 || refused.length > 0 || paths.length === 0).toBe(true);
    }),
    { seed: 8, numRuns: 300 },
  );
});
