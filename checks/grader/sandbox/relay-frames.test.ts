import { array, assert, constantFrom, integer, nat, property, record, uint8Array } from "fast-check";
import { expect, it } from "vitest";
import { concat } from "#kit/bytes.ts";
import { createFrameReader, writeFrame } from "./relay-frames.ts";

const kinds = ["open", "opened", "data", "finish", "reset", "pause", "resume", "closed", "works", "pass"] as const;
const frames = array(record({ kind: constantFrom(...kinds), id: nat(), bytes: uint8Array({ maxLength: 40 }) }));

it("brings frames across, however they are cut", () => {
  assert(
    property(frames, integer({ min: 1, max: 50 }), (sent, size) => {
      const stream = concat(...sent.map(writeFrame));
      const read = createFrameReader();
      const came = Array.from({ length: Math.ceil(stream.length / size) }, (_, i) =>
        read(stream.subarray(i * size, (i + 1) * size)),
      ).flat();
      expect(came).toEqual(sent);
    }),
    { seed: 4006 },
  );
});
