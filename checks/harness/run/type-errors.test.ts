import { utimesSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { labWith } from "./broken-lab.ts";
import { fewGlobals } from "./few-globals.ts";
import { findTypeFaults } from "./type-errors.ts";

const typed = `import type { Lab1 } from "#contract/lab-1-codec.ts";

export const internetChecksum: Lab1["internetChecksum"] = (bytes) => {
  return %;
};
`;

const uses = (code: string) => labWith({ "internet-checksum.ts": typed.replace("return %", code), "message.ts": "export {};" });

describe("the types of a lab", () => {
  it("are checked by the contract, also in a folder elsewhere, and a fault is told with its line", async () => {
    const lab = labWith({ "internet-checksum.ts": typed.replace("%", "`${bytes.length}`"), "message.ts": "export {};" });
    expect(await findTypeFaults(["lab-1"], lab)).toEqual([
      {
        file: `${lab["lab-1"]}/internet-checksum.ts`,
        line: 3,
        column: 14,
        message: expect.stringMatching(
          /^Type '\(bytes: Uint8Array<.*>\) => string' is not assignable to type '.*'\. Type 'string' is not assignable to type 'number'\.$/,
        ),
        source: 'export const internetChecksum: Lab1["internetChecksum"] = (bytes) => {',
      },
    ]);
  });

  it("are told with the member that does not fit, and with the last of the reasons", async () => {
    const decoder = `import type { Lab1 } from "#contract/lab-1-codec.ts";
export const createMessageDecoder: Lab1["createMessageDecoder"] = () => {
  const receive = (chunk: Uint8Array) => (chunk.length > 9 ? [] : undefined);
  return { receive };
};
`;
    const [fault] = await findTypeFaults(["lab-1"], labWith({ "message-decoder.ts": decoder }));
    expect(fault?.message).toMatch(
      / The types returned by 'receive\(\.\.\.\)' are incompatible between these types\. Type 'undefined' is not assignable to/,
    );
    expect(fault?.message.match(/not assignable/g)).toHaveLength(2);
  });

  it("are right in a lab that keeps the contract", async () => {
    const lab = labWith({ "internet-checksum.ts": typed.replace("%", "bytes.length"), "message.ts": "export {};" });
    expect(await findTypeFaults(["lab-1"], lab)).toEqual([]);
  });

  it("may be any that Node knows", async () => {
    for (const code of [
      "console.log(bytes, new TextDecoder().decode(bytes), structuredClone([1])); return 1",
      "return Buffer.from(bytes).length + performance.now()",
    ])
      expect(await findTypeFaults(["lab-1"], uses(code))).toEqual([]);
    const faults = await findTypeFaults(["lab-1"], uses("console.log(proces.pid); return Buffer.from(bytes).lenght"));
    expect(faults.map(({ message }) => message)).toEqual([
      "Cannot find name 'proces'. Did you mean 'process'?",
      expect.stringMatching(/^Property 'lenght' does not exist on type 'Buffer/),
    ]);
  });

  it("are looked at with a few globals first, which allow nothing that Node's do not", async () => {
    const names = [...fewGlobals.matchAll(/declare (?:const|class|function) (\w+)/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(3);
    const quick = labWith({ "internet-checksum.ts": `export const all = [${names.join()}];` });
    expect(await findTypeFaults(["lab-1"], quick)).toEqual([]);
    const few = `declare namespace Few {${fewGlobals.replaceAll("declare ", "export ")}}`;
    const code = [few, ...names.map((name) => `export const own${name}: typeof Few.${name} = ${name};`)].join("\n");
    expect(await findTypeFaults(["lab-1"], labWith({ "internet-checksum.ts": `${code}\nexport const { pid } = process;` }))).toEqual([]);
  });

  it("are told of a file that is no TypeScript, and not of files in scratch/ or of other labs", async () => {
    const lab = labWith({ "internet-checksum.ts": "const = 3;", "message.ts": "export {};" });
    const faults = await findTypeFaults(["lab-1"], lab);
    expect(faults.length).toBeGreaterThan(0);
    for (const { file } of faults) expect(file).toBe(`${lab["lab-1"]}/internet-checksum.ts`);
  });

  it("are looked at again as soon as a file changes, or comes", async () => {
    const wrong = typed.replace("%", "`${bytes.length}`");
    const lab = labWith({ "internet-checksum.ts": wrong, "message.ts": "export {};" });
    const file = join(lab["lab-1"], "internet-checksum.ts");
    const longAgo = () => {
      for (const path of [file, join(lab["lab-1"], "message.ts"), lab["lab-1"]]) utimesSync(path, 1, 1);
    };
    longAgo();
    const first = await findTypeFaults(["lab-1"], lab);
    expect(first.length).toBe(1);
    expect(await findTypeFaults(["lab-1"], lab)).toEqual(first);
    writeFileSync(file, typed.replace("%", "bytes.length"));
    expect(await findTypeFaults(["lab-1"], lab)).toEqual([]);
    longAgo();
    expect(await findTypeFaults(["lab-1"], lab)).toEqual([]);
    writeFileSync(join(lab["lab-1"], "helper.ts"), "const none: string = 1;\n");
    expect((await findTypeFaults(["lab-1"], lab)).map(({ file }) => basename(file))).toEqual(["helper.ts"]);
  });
});
