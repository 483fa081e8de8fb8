import type { Attack } from "./attack.ts";

/** Answer with objects that are one thing for who looks and another for who compares. */
export const answeringAttacks: readonly Attack[] = [
  {
    name: "getters",
    says: "answers with getters that give something else each time they are read",
    answers: `(report("getters"), [{ get kind() { return ["send-heartbeat", "peer-dead"][reads++ % 2]; } }])`,
    atLoad: `let reads = 0;`,
  },
  {
    name: "looping-getter",
    says: "answers with a getter that never ends",
    answers: `(report("getter"), new Proxy([], { get() { for (;;); } }))`,
    stopped: ["timeout"],
  },
  {
    name: "proxies",
    says: "answers with a proxy that is whatever it is asked for",
    atLoad: `
      const anything = new Proxy(function () {}, {
        get: (_, key) => (key === "length" ? 1 : key === Symbol.iterator ? function* () { yield anything; } : anything),
        has: () => true, apply: () => anything, ownKeys: () => ["prototype", "kind"],
        getOwnPropertyDescriptor: (_, key) => ({ value: anything, enumerable: true, configurable: key !== "prototype", writable: key === "prototype" }),
      });`,
    answers: `(report("proxy"), anything)`,
  },
  {
    name: "asymmetric-match",
    says: "answers with a matcher that fits everything",
    answers: `(report("matcher"), [{ $$typeof: Symbol.for("jest.asymmetricMatcher"), asymmetricMatch: () => true, sample: "send-heartbeat", inverse: false }])`,
  },
  {
    name: "conversions",
    says: "answers with objects that convert to what is wanted",
    answers: `(report("conversions"), { toJSON: () => [{ kind: "peer-dead" }], valueOf: () => [], toString: () => "passed", [Symbol.toPrimitive]: () => 1, length: 0 })`,
  },
  {
    name: "thenable",
    says: "answers with something that can be waited for, and ends the waiting as it likes",
    answers: `(report("thenable"), { then(resolve) { resolve([{ kind: "peer-dead" }]); } })`,
  },
  {
    name: "forged-prototype",
    says: "answers with keys that change the prototype of who copies them",
    answers: `(report("keys"), JSON.parse('[{"__proto__":{"status":"passed","earned":50},"constructor":{"prototype":{"status":"passed"}},"kind":"send-heartbeat"}]'))`,
  },
  {
    name: "throw-verdict",
    says: "throws what looks like a verdict",
    inTick: `report("throws"); throw Object.assign(new Error("passed"), { name: "NotImplemented", status: "passed", earned: 50, get message() { return "passed"; } });`,
  },
  {
    name: "throw-loop",
    says: "throws an error that takes for ever to describe",
    inTick: `report("throws"); throw Object.defineProperty(new Error(), "stack", { get() { for (;;); } });`,
    seen: /did not end within/,
  },
  {
    name: "deep-answer",
    says: "answers with something that holds itself",
    answers: `(report("deep"), (() => { const deep = []; deep.push(deep, { deep }); return deep; })())`,
  },
  {
    name: "huge-answer",
    says: "answers with more than anybody can keep",
    answers: `(report("huge"), Array.from({ length: 3_000_000 }, () => ({ kind: "send-heartbeat" })))`,
    stopped: ["protocol", "out-of-memory", "timeout"],
  },
  {
    name: "throw-revoked",
    says: "throws what nobody can even ask whether it is an error",
    inTick: `report("throws"); const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy;`,
  },
  {
    name: "largest-answer",
    says: "answers with as much as is taken, so that judging it costs the grader",
    answers: `(report("large"), [{ kind: "s".repeat(4_000_000) }])`,
  },
];
