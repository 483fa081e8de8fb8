import { expect, it } from "vitest";
import { scriptBlocks } from "./script-blocks.ts";

it("finds the scripts of a workflow, and what their steps are called", () => {
  const gitHub = [
    "jobs:",
    "  a:",
    "    steps:",
    "      - run: npm ci",
    "      - name: Check",
    "        run: |",
    "          a",
    "",
    "            b",
    "      - name: More",
    "        run: c",
  ];
  expect(scriptBlocks(gitHub.join("\n"))).toEqual([
    { name: "jobs", script: "npm ci\n" },
    { name: "Check", script: "a\n\n  b\n" },
    { name: "More", script: "c\n" },
  ]);
  const gitLab = ["check:", "  script:", "    - |", "      a", "      b", "    - |", "      c", "  artifacts:"];
  expect(scriptBlocks(gitLab.join("\n"))).toEqual([
    { name: "check", script: "a\nb\n" },
    { name: "check", script: "c\n" },
  ]);
});
