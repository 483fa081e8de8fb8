import type { Check, Exam } from "#checks/harness/check.ts";
import { forAll } from "#checks/harness/generate.ts";
import { ipv4 } from "#kit/addresses.ts";
import { anySteps } from "./any-steps.ts";
import type { CheckedLab4 } from "./checked-lab.ts";
import { expectClosed, expectHeartbeat, expectNothing, expectWritten, join, receive, tick } from "./core-steps.ts";
import { perform } from "./model-steps.ts";
import { far, packet } from "./packets.ts";
import { createServerModel } from "./server-model.ts";
import { beginServing, inTurn } from "./server-world.ts";
import { badHeader, upload } from "./wire.ts";

const rule = "docs/protocol.md#the-server";
const up = packet("13.8.0.2", far);

/** Few addresses, so that the pool is often empty. */
const addresses = ["13.8.0.2", "13.8.0.3", "13.8.0.4"];
const smallPool = { cidr: "13.8.0.0/29", reserved: ["13.8.0.1", "13.8.0.5", "13.8.0.6"].map(ipv4) };

async function twoCores(exam: Exam<CheckedLab4>): Promise<void> {
  exam.story.tell("core", "two of them, each with a session table of its own");
  const [first, second] = [await beginServing()(exam), await beginServing()(exam)];
  const inFirst = inTurn(join(0, "13.8.0.2"));
  await inFirst(first);
  exam.story.tell("core", "the second one, which has a client 0 too");
  await inFirst(second);
  exam.story.tell("core", "the first one");
  await inTurn(receive(0, badHeader), expectClosed(0, "bad-message"))(first);
  exam.story.tell("core", "the second one");
  await inTurn(receive(0, upload(up)), expectWritten(up))(second);
  exam.story.tell("core", "the first one, then the second");
  await inTurn(tick(20_000), expectNothing())(first);
  await inTurn(tick(20_000), expectHeartbeat(0))(second);
  await inTurn(tick(20_000), expectNothing())(first);
}

export const checks: readonly Check<CheckedLab4>[] = [
  {
    id: "lab-4.two-cores",
    title: "Two cores share nothing",
    rule,
    hints: ["Look for variables outside createServerCore.", "They exist once for all cores.", "Make every Map inside createServerCore."],
    run: twoCores,
  },
  {
    id: "lab-4.core-model",
    title: "Thousands of random steps give what a slow, obviously right server gives",
    rule,
    hints: [
      "Read the story: it is the shortest one that fails.",
      "Which rule does its last step need?",
      "Compare with the tables of the handout, step by step.",
    ],
    run: (exam) =>
      forAll(
        exam,
        anySteps,
        async (steps) => {
          const world = await beginServing(smallPool, { gather: true })(exam);
          const model = createServerModel(addresses);
          for (const step of steps) await perform(step, world, model);
          world.outbox.expectEmpty();
        },
        { cases: 50 },
      ),
  },
];
