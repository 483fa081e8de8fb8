import { mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { bundle } from "#launch/bundle.mjs";
import { implementationFrom } from "#launch/implementation.mjs";

const folder = mkdtempSync(join(tmpdir(), "kit-bundle-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const labs = implementationFrom("labs");
const path = (name: string) => join(folder, name);

async function answerOf(file: string): Promise<unknown> {
  const { answer }: { readonly answer: unknown } = await import(/* @vite-ignore */ pathToFileURL(file).href);
  return answer;
}

describe("a bundle", () => {
  it("holds what its program imports, through the kit's own names too", async () => {
    writeFileSync(
      path("one.ts"),
      'import { toHex } from "#kit/bytes.ts";\nimport { more } from "./more.ts";\nexport const answer: string = toHex(Uint8Array.of(more));\n',
    );
    writeFileSync(path("more.ts"), "export const more: number = 10;\n");
    const { file, inputs } = await bundle(path("one.ts"), labs);
    expect(await answerOf(file)).toBe("0a");
    expect(inputs).toEqual(expect.arrayContaining([path("one.ts"), path("more.ts")]));
  });

  it("is used again while nothing changes, and made anew when an imported file does", async () => {
    writeFileSync(path("two.ts"), 'import { value } from "./value.ts";\nexport const answer: number = value;\n');
    writeFileSync(path("value.ts"), "export const value: number = 1;\n");
    for (const name of ["two.ts", "value.ts"]) utimesSync(path(name), 1, 1);
    const first = await bundle(path("two.ts"), labs);
    const longAgo = new Date(0);
    utimesSync(first.file, longAgo, longAgo);
    const again = await bundle(path("two.ts"), labs);
    expect(again.file).toBe(first.file);
    expect(statSync(again.file).mtimeMs).toBeGreaterThan(0);
    writeFileSync(path("value.ts"), "export const value: number = 22;\n");
    const changed = await bundle(path("two.ts"), labs);
    expect(changed.file).not.toBe(first.file);
    expect(await answerOf(changed.file)).toBe(22);
  });

  it("is not used again when a file was saved while it was made", async () => {
    writeFileSync(path("four.ts"), "export const answer: number = 1;\n");
    const soon = new Date(Date.now() + 60_000);
    utimesSync(path("four.ts"), soon, soon);
    expect(await answerOf((await bundle(path("four.ts"), labs)).file)).toBe(1);
    // As long, and of the same time: only that the time was not past tells.
    writeFileSync(path("four.ts"), "export const answer: number = 2;\n");
    utimesSync(path("four.ts"), soon, soon);
    expect(await answerOf((await bundle(path("four.ts"), labs)).file)).toBe(2);
  });

  it("is another one for other labs", async () => {
    writeFileSync(path("three.ts"), 'export { answer } from "#lab-1/answer.ts";\n');
    for (const name of ["a", "b"]) {
      const lab = mkdtempSync(path(`${name}-`));
      writeFileSync(join(lab, "answer.ts"), `export const answer: string = "${name}";\n`);
      expect(await answerOf((await bundle(path("three.ts"), { ...labs, "lab-1": lab })).file)).toBe(name);
    }
  });

  it("fails when a file cannot be read as TypeScript, and says where", async () => {
    writeFileSync(path("broken.ts"), "export const = ;\n");
    await expect(bundle(path("broken.ts"), labs)).rejects.toThrow(/broken\.ts:1:13/);
  });
});
