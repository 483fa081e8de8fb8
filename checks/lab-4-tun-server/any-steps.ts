import type { Arbitrary } from "fast-check";
import type { Millis } from "#contract/vocabulary.ts";
import type { ClientMessage } from "./model-messages.ts";

/** Something that happens to a server. `who` chooses among the open connections, however many there are. */
export type ModelStep =
  | { readonly kind: "connect" }
  | { readonly kind: "disconnect"; readonly who: number }
  | { readonly kind: "receive"; readonly who: number; readonly messages: readonly ClientMessage[]; readonly cut: number }
  | { readonly kind: "tun"; readonly host: number; readonly packet: "whole" | "cut" | "ipv6" }
  | { readonly kind: "tick"; readonly elapsed: Millis };

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
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("disconnect" as const), who }) },
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
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("tick" as const), elapsed }) },
  );
  // Without a bias to short lives: in those little can go wrong.
  return fc.noBias(fc.array(step, { minLength: 1, maxLength: 60, size: "max" }));
}
