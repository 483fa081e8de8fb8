import { expect, it } from "vitest";
import { columnsOf, firstColumns, inOneLine, lastColumns } from "./columns.ts";

it.each([
  ["plain", 5],
  ["加油", 4],
  ["e\u0301", 1],
  ["█░…", 3],
  ["😀", 2],
  ["", 0],
])("%s takes %d columns", (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});

it("the first columns of a text never cut a character in two", () => {
  expect(firstColumns("abc", 2)).toBe("ab");
  expect(firstColumns("加油", 3)).toBe("加");
  expect(firstColumns("😀x", 1)).toBe("");
  expect(firstColumns("abc", 10)).toBe("abc");
});

it("the last columns of a text never cut a character in two either", () => {
  expect(lastColumns("abc", 2)).toBe("bc");
  expect(lastColumns("加油", 3)).toBe("油");
  expect(lastColumns("x😀", 1)).toBe("");
  expect(lastColumns("abc", 10)).toBe("abc");
  expect(lastColumns("abc", 0)).toBe("");
});

it("a line holds nothing that would move the cursor", () => {
  expect(inOneLine("a\tb\r\nc\nd")).toBe("a  b c d");
  expect(inOneLine("\u001b[31mred\u001b[0m\u001b[2J\u0007\u202e\u0000")).toBe("red");
});
