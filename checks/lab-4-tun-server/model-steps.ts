import type { Arbitrary } from "fast-check";
import { CheckFailure } from "#checks/harness/check-failure.ts";
import type { Millis } from "#contract/vocabulary.ts";
import {
  connect,
  disconnect,
  expectActions,
  expectInAnyOrder,
  expectNothing,
  fromTun,
  receive,
  type ServerWorld,
  tick,
} from "./core-steps.ts";
import { grantedAddress } from "./describe-traffic.ts";
import { describeExpected, dropped, type ExpectedAction, expectAction } from "./expected-action.ts";
import { routerSolicitation } from "./packets.ts";
import { type ClientMessage, type createServerModel, packetTo, wireOf } from "./server-model.ts";
import { download, firstBytes, type Wire } from "./wire.ts";

type ServerModel = ReturnType<typeof createServerModel>;

/** Something that happens to a server. `who` chooses among the open connections, however many there are. */
export type ModelStep =
  | { readonly kind: "connect" }
  | { readonly kind: "disconnect"; readonly who: number }
  | { readonly kind: "receive"; readonly who: number; readonly messages: readonly ClientMessage[]; readonly cut: number }
  | { readonly kind: "tun"; readonly host: number; readonly packet: "whole" | "cut" | "ipv6" }
  | { readonly kind: "tick"; readonly elapsed: Millis };

/** Few at a time, so that each of them sees much: but more than there are addresses. */
const mostOpen = 5;

/** Generates an hour or so of a server's life. */
export function anySteps(fc: typeof import("fast-check")): Arbitrary<readonly ModelStep[]> {
  const often = <T>(weight: number, value: T) => ({ weight, arbitrary: fc.constant(value) });
  const messages = fc.oneof(
    often<ClientMessage>(8, "request"),
    often<ClientMessage>(8, "upload"),
    often<ClientMessage>(4, "heartbeat"),
    ...(["spoofed-upload", "cut-upload", "ipv6-upload", "wrong-direction", "unknown-type"] as const).map((kind) =>
      often<ClientMessage>(3, kind),
    ),
    often<ClientMessage>(1, "bad-header"),
  );
  const who = fc.nat(7);
  const elapsed = fc.constantFrom(1, 5_000, 7_000, 19_999, 20_000, 20_001, 0, 60_000, 60_001);
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.constant<ModelStep>({ kind: "connect" }) },
    { weight: 1, arbitrary: who.map((client): ModelStep => ({ kind: "disconnect", who: client })) },
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constant("receive" as const),
        who,
        messages: fc.array(messages, { minLength: 1, maxLength: 4 }),
        cut: fc.nat(150),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("tun" as const),
        host: fc.integer({ min: 1, max: 5 }),
        packet: fc.constantFrom("whole", "whole", "whole", "cut", "ipv6"),
      }),
    },
    { weight: 3, arbitrary: elapsed.map((time): ModelStep => ({ kind: "tick", elapsed: time })) },
  );
  // Without a bias to short lives: in those little can go wrong.
  return fc.noBias(fc.array(step, { minLength: 1, maxLength: 60, size: "max" }));
}

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
      const elapsed = step.elapsed + (model.isOnTheEdge(step.elapsed) ? 1 : 0);
      await tick(elapsed)(world);
      return expectInAnyOrder(...model.tick(elapsed))(world);
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
  return second.length === 0 ? [first] : [first, second];
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

function compare(actual: ReturnType<ServerWorld["outbox"]["takeAll"]>, expected: readonly ExpectedAction[]): void {
  for (const [index, action] of expected.entries()) {
    const found = actual[index];
    if (found === undefined) throw new CheckFailure(`expected ${describeExpected(action)}, but nothing came`);
    expectAction(found, action);
  }
  if (actual.length > expected.length)
    throw new CheckFailure(`expected nothing (more), but there were ${actual.length - expected.length} more actions`);
}
