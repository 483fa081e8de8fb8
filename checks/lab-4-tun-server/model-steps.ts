import { CheckFailure } from "#checks/harness/check-failure.ts";
import type { ServerAction } from "#contract/lab-4-tun-server.ts";
import type { ModelStep } from "./any-steps.ts";
import { connect, disconnect, expectActions, expectInAnyOrder, expectNothing, fromTun, receive, tick } from "./core-steps.ts";
import { grantedAddress } from "./describe-traffic.ts";
import { describeExpected, dropped, type ExpectedAction, expectAction } from "./expected-action.ts";
import { packetTo, wireOf } from "./model-messages.ts";
import { routerSolicitation } from "./packets.ts";
import type { createServerModel } from "./server-model.ts";
import { type ServerWorld } from "./server-world.ts";
import { download, firstBytes, type Wire } from "./wire.ts";

type ServerModel = ReturnType<typeof createServerModel>;

/** Few at a time, so that each of them sees much: but more than there are addresses. */
const mostOpen = 5;

/** Lets a step happen to the lab and to the model, and compares. */
export async function perform(step: ModelStep, world: ServerWorld, model: ServerModel): Promise<void> {
  switch (step.kind) {
    case "connect":
      return model.open().length < mostOpen ? connect(model.connect())(world) : undefined;
    case "disconnect": {
      const client = chosen(step.who, model);
      if (client === undefined) return;
      model.disconnect(client);
      return disconnect(client)(world);
    }
    case "receive": {
      const client = chosen(step.who, model);
      return client === undefined ? undefined : performReceive(client, step, world, model);
    }
    case "tun":
      return performTun(step, world, model);
    case "tick": {
      await tick(step.elapsed)(world);
      return expectInAnyOrder(...model.tick(step.elapsed))(world);
    }
    default:
      return step satisfies never;
  }
}

function chosen(who: number, model: ServerModel): number | undefined {
  const open = model.open();
  return open[who % Math.max(1, open.length)];
}

/** The chunk comes in two pieces, and once more when the session is over: then nothing comes of it. */
async function performReceive(
  client: number,
  { messages, cut }: Extract<ModelStep, { kind: "receive" }>,
  world: ServerWorld,
  model: ServerModel,
): Promise<void> {
  const source = model.addressOf(client) ?? "13.8.0.2";
  const parts = messages.map((kind) => wireOf(kind, source));
  for (const chunk of inTwo(parts, cut)) await receive(client, ...chunk)(world);
  const actions = world.outbox.takeAll();
  const [lent] = actions.flatMap((action) => (action.kind === "send" ? [grantedAddress(action.bytes)] : []));
  compare(actions, model.receive(client, messages, source, lent));
  if (model.open().includes(client)) return;
  await receive(client, ...parts)(world);
  await expectNothing()(world);
}

/** Cuts the stream of these parts after so many bytes; a part that is cut is told as two. */
function inTwo(parts: readonly Wire[], cut: number): readonly (readonly Wire[])[] {
  const [first, second]: [Wire[], Wire[]] = [[], []];
  let left = cut;
  for (const part of parts) {
    const length = part.bytes.length;
    if (left >= length) first.push(part);
    else if (left <= 0) second.push(part);
    else {
      first.push(firstBytes(left, part));
      second.push({ bytes: part.bytes.slice(left), words: "the rest of it" });
    }
    left -= length;
  }
  return [first, second].filter((chunk) => chunk.length > 0);
}

async function performTun(step: Extract<ModelStep, { kind: "tun" }>, world: ServerWorld, model: ServerModel): Promise<void> {
  const destination = `13.8.0.${step.host}`;
  const whole = packetTo(destination);
  switch (step.packet) {
    case "whole":
      await fromTun(whole)(world);
      return expectActions(...model.fromTun(destination, download(whole)))(world);
    case "cut":
      await fromTun(whole.slice(0, -1))(world);
      return expectActions(dropped("tun", "malformed-packet"))(world);
    case "ipv6":
      await fromTun(routerSolicitation)(world);
      return expectActions(dropped("tun", "not-ipv4"))(world);
    default:
      return step.packet satisfies never;
  }
}

function compare(actual: readonly ServerAction[], expected: readonly ExpectedAction[]): void {
  for (const [index, action] of expected.entries()) {
    const found = actual[index];
    if (found === undefined) throw new CheckFailure(`expected ${describeExpected(action)}, but nothing came`);
    expectAction(found, action);
  }
  const extra = actual.length - expected.length;
  if (extra > 0)
    throw new CheckFailure(`expected nothing (more), but there ${extra === 1 ? "was 1 more action" : `were ${extra} more actions`}`);
}
