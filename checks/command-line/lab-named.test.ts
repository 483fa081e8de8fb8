import { describe, expect, it } from "vitest";
import { labNamed } from "./lab-named.ts";
import { UsageError } from "./usage-error.ts";

describe("a lab's name", () => {
  it.each(["lab-1", "lab1", "1", "lab-1-codec", "labs/lab-1-codec", "labs/lab-1-codec/", "reference/lab-1-codec"])("may be %s", (word) => {
    expect(labNamed(word)).toBe("lab-1");
  });

  it.each(["labs/lab-1-codec/message.ts", "labs\\lab-1-codec\\message.ts", "docs/lab-1-codec.md", "checks/lab-1-codec/message.check.ts"])(
    "may be that of a file: %s",
    (word) => {
      expect(labNamed(word)).toBe("lab-1");
    },
  );

  it.each(["lab-0", "lab-9", "lab-11", "codec", "", "lab-1.decode-glued"])("is not %j", (word) => {
    expect(() => labNamed(word)).toThrow(UsageError);
    expect(() => labNamed(word)).toThrow(`There is no lab ${word}.`);
  });

  it("is not that of a check, which is named behind --only", () => {
    expect(() => labNamed("lab-1.decode-glued")).toThrow(
      / lab-1\.decode-glued\. To run one check: npm run check lab-1 -- --only decode-glued$/,
    );
  });

  it("is one of those that are asked for", () => {
    expect(labNamed("lab-3", ["lab-3"])).toBe("lab-3");
    expect(() => labNamed("lab-1", ["lab-3"])).toThrow("The labs are lab-3.");
  });
});
