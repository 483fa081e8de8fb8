import { expect, it } from "vitest";
import { createPrints } from "./prints.ts";

const bytes = (text: string) => Buffer.from(text);

it("keeps the beginning and the end of much, and says how much is missing", () => {
  const prints = createPrints(4);
  for (const letter of "abcdefghijklmno") prints.add(bytes(letter));
  expect(prints.size()).toBe(15);
  expect(prints.take()).toBe("abcd\n… 7 bytes left out …\nlmno");
  expect(prints.take()).toBe("");
});

it("keeps all of little", () => {
  const prints = createPrints(4);
  prints.add(bytes("abc"));
  prints.add(bytes("defg"));
  expect(prints.take()).toBe("abcdefg");
});

it("keeps the end of one large piece", () => {
  const prints = createPrints(4);
  prints.add(bytes("abcdefghijklmno"));
  expect(prints.take()).toBe("abcd\n… 7 bytes left out …\nlmno");
});
