import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { implementationOn } from "#checks/harness/run/run-lab.ts";
import { type Implementation, labFolders, labIds } from "#launch/implementation.mjs";
import { root } from "#launch/root.mjs";
import { whose } from "./whose.ts";

const all = (folder: string): Implementation =>
  Object.fromEntries(labIds.map((id) => [id, join(folder, labFolders[id])])) as Implementation;
const labs = all(join(root, "labs"));
const reference = all(join(root, "reference"));

describe("whose code it is", () => {
  it("is said by the folder", () => {
    expect(whose("lab-1", labs)).toBe("labs/lab-1-codec");
    expect(whose("lab-2", reference)).toBe("reference/lab-2-user-pool");
    expect(whose("lab-1", all("/somewhere/else"))).toBe("/somewhere/else/lab-1-codec");
  });

  it("is said with what it is built on, where that comes from elsewhere", () => {
    expect(whose("lab-4", implementationOn("lab-4", labs, reference))).toBe("labs/lab-4-tun-server on reference");
    expect(whose("lab-4", implementationOn("lab-4", labs, labs))).toBe("labs/lab-4-tun-server");
  });

  it("is nobody's when the kit made it for one run", () => {
    expect(whose("lab-1", all(join(root, ".kit", "variant-x")))).toBeUndefined();
    expect(whose("lab-4", implementationOn("lab-4", labs, all(join(root, ".kit", "x"))))).toBeUndefined();
  });
});
