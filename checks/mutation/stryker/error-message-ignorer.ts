import type { Ignorer } from "@stryker-mutator/api/ignore";

/** As much of Babel's syntax tree as is looked at. */
type SyntaxPath = {
  readonly parentPath?: SyntaxPath | null;
  readonly listKey?: string;
  readonly node: { readonly type: string; readonly callee?: { readonly name?: string } };
};

/**
 * Leaves alone what a thrown error says to people: the rules say which error is thrown and when; the words are the author's own, and a
 * check that asked for them would be unfair. Such words are arguments of `new RangeError(…)`, and the texts that are given to a function
 * `require…`, which throws one.
 */
export const errorMessageIgnorer: Ignorer = {
  shouldIgnore: (path) => (isErrorMessage(path as SyntaxPath) ? "the words of an error are free" : undefined),
};

function isErrorMessage({ node, listKey, parentPath }: SyntaxPath): boolean {
  if (listKey !== "arguments" || !parentPath) return false;
  const { type, callee } = parentPath.node;
  if (type === "NewExpression") return /^[A-Z]\w*Error$/.test(callee?.name ?? "");
  return type === "CallExpression" && node.type === "StringLiteral" && /^require[A-Z]/.test(callee?.name ?? "");
}
