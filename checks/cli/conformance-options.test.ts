import { describe, expect, it } from "vitest";
import { readConformanceOptions } from "./conformance-options.ts";
import { readSoakOptions } from "./soak-options.ts";

describe("npm run conformance", () => {
  it("tests the kit's own server when nothing is said", () => {
    const { server, quick, only, patience } = readConformanceOptions([]);
    expect({ server, quick, only, patience }).toMatchObject({
      server: { kind: "own", link: "tun" },
      quick: false,
      only: [],
      patience: 5000,
    });
  });

  it("tests a server that is given as a command and an address", () => {
    const { server } = readConformanceOptions(["--command", "./my-server -v", "--address", "[::]:5678"]);
    expect(server).toEqual({ kind: "given", command: "./my-server -v", address: { host: "::", port: 5678 } });
  });

  it.each([
    [["--command", "./my-server"], "--command needs --address"],
    [["--address", "[::]:5678"], "give both, or neither"],
    [["--command", "x", "--address", "127.0.0.1:5678"], "IPv6"],
    [["--command", "x", "--address", "[::]:0"], "0 is none"],
    [["--command", "x", "--address", "[::]:1", "--from", "labs"], "give one of them"],
    [["--command", "x", "--address", "[::]:1", "--link", "tap"], "own server"],
    [["--link", "tan"], "Did you mean tun"],
    [["--patience", "soon"], "milliseconds"],
    [["--only"], "only"],
    [["--onyl", "x"], "onyl"],
  ])("refuses %j", (words, sentence) => {
    expect(() => readConformanceOptions(words)).toThrow(sentence);
  });
});

describe("npm run soak", () => {
  it("takes half a minute when nothing is said", () => {
    expect(readSoakOptions([])).toMatchObject({ duration: 30_000, visitors: 16, seed: 1 });
  });

  it.each([
    [["--minutes", "0"], "from 0.05 to 1440"],
    [["--minutes", "1e9"], "from 0.05 to 1440"],
    [["--minutes", ""], "from 0.05 to 1440"],
    [["--clients", "many"], "from 1 to 200"],
    [["--seed=-1"], "from 0 to"],
  ])("refuses %j", (words, sentence) => {
    expect(() => readSoakOptions(words)).toThrow(sentence);
  });
});
