import type { Check } from "#checks/harness/check.ts";
import { expectEqual, expectThat } from "#checks/harness/expect.ts";
import { showValue } from "#checks/harness/show-value.ts";
import type { Story } from "#checks/harness/story.ts";
import type { Subject } from "#checks/harness/subject.ts";
import type { ServerAction } from "#contract/lab-4-tun-server.ts";
import type { SessionId } from "#contract/vocabulary.ts";
import type { CheckedLab4 } from "./checked-lab.ts";
import { far, packet } from "./packets.ts";
import type { StagedShell } from "./staged-shell.ts";
import { heartbeat } from "./wire.ts";

const rule = "docs/lab-4-tun-server.md#the-shell";
const client = 7 as SessionId;
const gone = 8 as SessionId;
const late = 9 as SessionId;

/** What stop() ends, each in the words of the stage. */
const ends = ["stop the clock", `close client ${client}`, "close the listener", "close the device"];

/** One of each kind, two of them for a client that has gone. */
const actions: readonly ServerAction[] = [
  { kind: "drop", reason: "no-session" },
  { kind: "drop", session: client, reason: "spoofed-source" },
  { kind: "drop", session: client, reason: "spoofed-source" },
  { kind: "send", to: client, bytes: heartbeat.bytes },
  { kind: "send", to: gone, bytes: heartbeat.bytes },
  { kind: "close", session: gone, reason: "peer-dead" },
  { kind: "write-tun", packet: packet("13.8.0.2", far) },
];

/** Lets the core ask for all of it, and an accept fail. */
async function lose(shell: Subject<StagedShell>, story: Story): Promise<void> {
  story.tell("connect", `client ${client}`);
  await shell.connect(client);
  story.tell("connect", `client ${gone}`);
  await shell.connect(gone);
  story.tell("gone", `client ${gone}`);
  await shell.leave(gone);
  story.tell("tick", `the core answers: 3 drops, 2 sends, a close, a packet; there is no ${gone} any more`);
  await shell.tick(1, actions);
  const asked = await shell.asked();
  const afterwards = asked.find((words) => words.endsWith(`client ${gone}`));
  expectThat(afterwards === undefined, `expected client ${gone}, which has gone, to be forgotten, but the shell did: ${afterwards}`);
  expectEqual(asked, [`write to client ${client}`, "write to the device"], "what the shell did");
  story.tell("error", "the listener could not accept a connection");
  await shell.failAccept();
  const [also] = await shell.asked();
  expectThat(also === undefined, `expected the server to go on, but the shell did: ${also}`);
}

/** Of what stop() asked for, each once. */
function expectEnds(asked: readonly string[]): void {
  for (const wanted of ends) {
    const times = asked.filter((words) => words === wanted).length;
    expectThat(times > 0, `expected stop() to ${wanted}, but it did not`);
    expectThat(times === 1, `expected stop() to ${wanted} once, but it did so ${times} times`);
  }
}

/**
 * @param known what must be counted under these reasons
 * @param total how many losses there are in all: under which reason a message to somebody who has gone is counted is the lab's choice
 */
async function expectLosses(shell: Subject<StagedShell>, known: Readonly<Record<string, number>>, total: number): Promise<void> {
  const losses = await shell.losses();
  expectThat(losses !== undefined, "expected runServer to return losses() beside stop()");
  const got = `got       ${showValue(Object.fromEntries(losses))}`;
  const counted = new Map(losses);
  for (const [reason, count] of Object.entries(known))
    expectThat((counted.get(reason) ?? 0) >= count, `expected losses() to count ${reason} ${count === 1 ? "once" : `${count} times`}`, [
      { kind: "got", text: got },
    ]);
  const sum = losses.reduce((all, [, count]) => all + count, 0);
  expectThat(sum === total, `expected ${total} losses in all, but losses() counts ${sum}`, [{ kind: "got", text: got }]);
}

export const checks: readonly Check<CheckedLab4>[] = [
  {
    id: "lab-4.shell-losses",
    title: "What is lost is counted by its reason, and hurts nobody",
    rule,
    hints: [
      "Look at what write() gives, at the action drop, and at the listener's onError.",
      "A client that reads too slowly, one that has gone, a device that is full: each loses something, and the server goes on.",
      "losses.set(reason, (losses.get(reason) ?? 0) + 1), with the reasons of the type Loss.",
    ],
    run: async ({ subject, story }) => {
      story.tell("server", "runServer with all around it scripted; no write is taken");
      const full = await subject.createStagedShell({ takes: false, closes: true });
      await lose(full, story);
      const always = { "no-session": 1, "spoofed-source": 2, "failed-accept": 1 };
      await expectLosses(full, { ...always, "slow-client": 1, "refused-by-device": 1 }, 7);

      story.begin();
      story.tell("server", "runServer once more; every write is taken");
      const free = await subject.createStagedShell({ takes: true, closes: true });
      await expectLosses(free, {}, 0);
      await lose(free, story);
      await expectLosses(free, always, 5);
    },
  },
  {
    id: "lab-4.shell-stop-once",
    title: "Stopping closes each thing once, and ends when listener and device are closed",
    rule,
    hints: [
      "Look at what your stop() waits for, and at what calls it.",
      "Closing the device reports to your onClose at once, which calls stop() again: is the first promise kept by then?",
      "Keep the promise before anything is closed: stopping ??= Promise.resolve().then(shutDown), where shutDown awaits both.",
    ],
    run: async ({ subject, story }) => {
      story.tell("server", "runServer with all around it scripted; a device reports its own closing, too");
      const shell = await subject.createStagedShell({ takes: true, closes: true });
      story.tell("connect", `client ${client}`);
      await shell.connect(client);
      story.tell("stop", "called twice, at once");
      const { ending, closing } = await shell.stop();
      expectEnds(await shell.asked());
      expectThat(ending !== "pending", "expected the promise of stop() to end, but it does not");
      expectThat(ending === "ended", "expected the promise of stop() to be fulfilled, but it was rejected");
      expectThat(closing.length === 0, `expected stop() to wait until all is closed, but it ended before ${closing.join(" and ")}`);
    },
  },
  {
    id: "lab-4.shell-stop-in-trouble",
    title: "When the listener does not close, stop() closes the rest all the same, and sends later clients away",
    rule,
    hints: [
      "Look at what your stop() waits for, at a connection that is made while it waits, and at what the device's onClose does with its promise.",
      "If closing the listener fails, is the device closed all the same? Who hears of the failure? And who does when the device was deleted?",
      "Use Promise.allSettled, and throw the reason of what failed. Close a new connection when stop() has been called. In onClose: stop().catch(() => {}).",
    ],
    run: async ({ subject, story }) => {
      story.tell("server", "runServer with all around it scripted; the listener will not close");
      const shell = await subject.createStagedShell({ takes: true, closes: false });
      story.tell("connect", `client ${client}`);
      await shell.connect(client);
      story.tell("stop", "called twice, at once");
      const { ending, closing } = await shell.stop();
      const asked = new Set(await shell.asked());
      for (const wanted of ends) expectThat(asked.has(wanted), `expected stop() to ${wanted}, but it did not`);
      expectThat(ending === "failed", "expected the promise of stop() to be rejected, since the listener did not close");
      expectThat(closing.length === 0, `expected stop() to wait for both, but it ended before ${closing.join(" and ")} was closed`);
      story.tell("connect", `client ${late}`);
      await shell.connect(late);
      const became = await shell.asked();
      expectThat(became.includes(`close client ${late}`), `expected client ${late}, which came after stop(), to be closed at once`);

      story.begin();
      story.tell("server", "runServer once more; the listener will not close");
      const alone = await subject.createStagedShell({ takes: true, closes: false });
      story.tell("connect", `client ${client}`);
      await alone.connect(client);
      story.tell("device", "is deleted; nobody waits for stop()");
      await alone.deleteDevice();
      const done = new Set(await alone.asked());
      for (const wanted of ends.slice(0, 3)) expectThat(done.has(wanted), `expected the shell to ${wanted}, but it did not`);
    },
  },
];
