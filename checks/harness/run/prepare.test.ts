import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { lab1 } from "#checks/lab-1-codec/lab.ts";
import { bundle } from "#launch/bundle.mjs";
import { implementationFrom } from "#launch/implementation.mjs";
import { createRebuilder, plainBuilder } from "#launch/rebuild.mjs";
import { defaultSeed } from "../seed.ts";
import { checksumCheck, encodeCheck, labWith, right, shortLimits } from "./broken-lab.ts";
import { isInside } from "./lab-paths.ts";
import { createPreparer, type Preparer, prepareWorker, worker } from "./prepare.ts";
import { supervise } from "./supervise.ts";

/** Checks the checksum, the encoding and the Ethernet frame, whose file is missing. */
async function check(lab: ReturnType<typeof labWith>, prepare?: Preparer) {
  const ids = [checksumCheck, encodeCheck, "lab-1.ethernet-parse"];
  const prepared = await prepareWorker("lab-1", lab);
  const given = prepare === undefined ? prepared : { ...prepared, file: await prepare("lab-1", lab) };
  const results = await supervise(given, lab1 as never, ids, defaultSeed, undefined, shortLimits);
  return results.map(({ status, failure }) => ({ status, said: [failure?.headline, failure?.detail.map(({ text }) => text).join("; ")] }));
}

const passed = { status: "passed", said: [undefined, undefined] };

it("the checks are bundled without the code of any lab", async () => {
  const labs = implementationFrom("labs");
  const { inputs } = await bundle(worker, labs);
  expect(inputs.length).toBeGreaterThan(50);
  expect(inputs.filter((path) => Object.values(labs).some((folder) => isInside(folder, path)))).toEqual([]);
});

describe("a file of the lab", () => {
  it("that is missing costs the checks that need it, and is named", async () => {
    const lab = labWith({});
    expect(await check(lab)).toEqual([
      passed,
      passed,
      {
        status: "failed",
        said: ["the file with ethernetFrame cannot be loaded", `Error: ${lab["lab-1"]}/ethernet-frame.ts is missing`],
      },
    ]);
  });

  it("with an error of syntax costs the checks that need it, and says where it is", async () => {
    const lab = labWith({ "internet-checksum.ts": "export const internetChecksum = () => {\n  const = 3;\n};\n" });
    const [checksum, encode] = await check(lab);
    expect(encode).toEqual(passed);
    expect(checksum).toEqual({
      status: "failed",
      said: [
        "the file with internetChecksum cannot be loaded",
        `SyntaxError: ${lab["lab-1"]}/internet-checksum.ts:2:9 Expected identifier but found "="`,
      ],
    });
  });

  it("with an error of syntax takes those with it that import it", async () => {
    const [checksum, encode] = await check(
      labWith({
        "internet-checksum.ts": `import "./helper.ts";\n${right["internet-checksum.ts"]}`,
        "helper.ts": "export const = 1;",
      }),
    );
    expect(checksum?.said[1]).toMatch(/^SyntaxError: .*helper\.ts:1:14 /);
    expect(encode).toEqual(passed);
  });

  it("that imports what is not there is told where it does", async () => {
    const [checksum, encode] = await check(
      labWith({ "internet-checksum.ts": `import { sum } from "./sums.ts";\n${right["internet-checksum.ts"]}\nsum();` }),
    );
    expect(checksum?.said[1]).toMatch(/^SyntaxError: .*internet-checksum\.ts:1:21 Could not resolve "\.\/sums\.ts"/);
    expect(encode).toEqual(passed);
  });

  it("without the function that is due is told so", async () => {
    const [checksum, encode] = await check(labWith({ "internet-checksum.ts": "export const other = 1;" }));
    expect(checksum?.said[0]).toBe("there is no function internetChecksum in your code; is it exported?");
    expect(encode).toEqual(passed);
  });

  it.each(["a builder that remembers nothing", "one that remembers"])("is read anew when it has changed, by %s", async (which) => {
    const rebuilder = createRebuilder();
    onTestFinished(rebuilder.close);
    const prepare = createPreparer(which === "one that remembers" ? rebuilder : plainBuilder);
    const lab = labWith({});
    const file = join(lab["lab-1"], "internet-checksum.ts");
    const first = async () => (await check(lab, prepare))[0];
    expect(await first()).toEqual(passed);
    writeFileSync(file, "export const internetChecksum = () => 1;\n");
    expect((await first())?.status).toBe("failed");
    writeFileSync(file, "export const internetChecksum = () => 1 1;\n");
    expect((await first())?.said[1]).toMatch(/^SyntaxError: .*internet-checksum\.ts:1:41 /);
    writeFileSync(file, "export const internetChecksum = (: 1;\n");
    expect((await first())?.said[1]).toMatch(/^SyntaxError: .*internet-checksum\.ts:1:34 /);
    rmSync(file);
    expect((await first())?.said[1]).toMatch(/is missing$/);
    writeFileSync(file, right["internet-checksum.ts"]);
    expect(await first()).toEqual(passed);
  });
});
