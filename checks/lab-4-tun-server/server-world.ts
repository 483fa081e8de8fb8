import type { Exam } from "#checks/harness/check.ts";
import { createOutbox, type Outbox } from "#checks/harness/outbox.ts";
import { type Step, scenario } from "#checks/harness/scenario.ts";
import type { Story } from "#checks/harness/story.ts";
import type { Subject } from "#checks/harness/subject.ts";
import type { AddressPool } from "#contract/lab-2-user-pool.ts";
import type { ServerAction, ServerCore } from "#contract/lab-4-tun-server.ts";
import type { CheckedLab4 } from "./checked-lab.ts";
import { classicServer, type ServerConfig } from "./classic-server.ts";
import { describeAction } from "./describe-traffic.ts";
import { packetOfAction } from "./traffic-packets.ts";

/** A core with its tables, and the actions that no step has expected yet. */
export type ServerWorld = {
  readonly core: Subject<ServerCore>;
  readonly pool: Subject<AddressPool>;
  readonly outbox: Outbox<ServerAction>;
  readonly story: Story;
};

export type ServerStep = Step<ServerWorld>;

/**
 * @param config what is other than in the classic server
 * @param options.gather actions may wait while more calls are made
 */
export function beginServing(
  config: Partial<ServerConfig> = {},
  options: { readonly gather?: boolean } = {},
): (exam: Exam<CheckedLab4>) => Promise<ServerWorld> {
  return async ({ subject, story }) => {
    const { cidr, reserved, ...core } = { ...classicServer, ...config };
    const pool = await subject.createAddressPool({ cidr, reserved });
    const sessions = await subject.createSessionTable(pool);
    return {
      core: await subject.createServerCore({ ...core, sessions }),
      pool,
      outbox: createOutbox<ServerAction>(story, (action) => [...describeAction(action), packetOfAction(action)], options),
      story,
    };
  };
}

/** A scenario with the classic server. */
export function serving(...steps: readonly ServerStep[]): (exam: Exam<CheckedLab4>) => Promise<void> {
  return scenario(beginServing(), steps);
}

/** Several steps as one. */
export function inTurn(...steps: readonly ServerStep[]): ServerStep {
  return async (world) => {
    for (const step of steps) await step(world);
  };
}
