import type { ConformanceCase } from "./case.ts";
import { addressCases } from "./cases/addresses.ts";
import { evictionCases } from "./cases/eviction.ts";
import { forgedPacketCases } from "./cases/forged-packets.ts";
import { framingCases } from "./cases/framing.ts";
import { grantCases } from "./cases/grant.ts";
import { hostCases } from "./cases/host.ts";
import { leavingCases } from "./cases/leaving.ts";
import { lengthCases } from "./cases/lengths.ts";
import { nonReaderCases } from "./cases/non-readers.ts";
import { packetCases } from "./cases/packets.ts";
import { requestCases } from "./cases/requests.ts";
import { slowClientCases } from "./cases/slow-clients.ts";
import { timingCases } from "./cases/timing.ts";
import { toleranceCases } from "./cases/tolerances.ts";

/** Every case, in the order in which they are listed and, where they take turns, run. */
export const allCases: readonly ConformanceCase[] = [
  ...grantCases,
  ...framingCases,
  ...lengthCases,
  ...toleranceCases,
  ...requestCases,
  ...packetCases,
  ...forgedPacketCases,
  ...slowClientCases,
  ...nonReaderCases,
  ...leavingCases,
  ...addressCases,
  ...hostCases,
  ...evictionCases,
  ...timingCases,
];
