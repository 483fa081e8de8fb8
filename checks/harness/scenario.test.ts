import { describe, expect, it } from "vitest";
import type { Exam } from "./check.ts";
import { CheckFailure } from "./check-failure.ts";
import { ownLoopback } from "./loopback.ts";
import { createOutbox, type Outbox } from "./outbox.ts";
import { type Step, scenario } from "./scenario.ts";
import { createStory } from "./story.ts";

type World = { readonly outbox: Outbox<string>; readonly done: string[] };

const exam: Exam<unknown> = { subject: {}, story: createStory(), seed: 1, loopback: ownLoopback };

function begin(done: string[]) {
  return async ({ story }: Exam<unknown>): Promise<World> => ({ outbox: createOutbox<string>(story, (text) => ["did", text]), done });
}

const note =
  (text: string): Step<World> =>
  async ({ done }) => {
    await Promise.resolve();
    done.push(text);
  };
const put =
  (text: string): Step<World> =>
  async ({ outbox }) =>
    outbox.put([text]);

const fail: Step<World> = async () => {
  throw new CheckFailure("no");
};

describe("a scenario", () => {
  it("does its steps one after the other", async () => {
    const done: string[] = [];
    await scenario(begin(done), [note("a"), note("b"), note("c")])(exam);
    expect(done).toEqual(["a", "b", "c"]);
  });

  it("stops at the first step that fails", async () => {
    const done: string[] = [];
    await expect(scenario(begin(done), [note("a"), fail, note("b")])(exam)).rejects.toThrow("no");
    expect(done).toEqual(["a"]);
  });

  it("fails at its end when something is unclaimed", async () => {
    await expect(scenario(begin([]), [put("x")])(exam)).rejects.toThrow("expected nothing (more)");
  });

  it("begins a new world each time", async () => {
    const done: string[] = [];
    const run = scenario(begin(done), [put("x"), async ({ outbox }) => void outbox.take("an x")]);
    await run(exam);
    await run(exam);
  });
});
