import type { LabId } from "#launch/implementation.mjs";
import { messageDecoderVariants } from "./lab-1-message-decoder.variants.ts";
import { messageVariants } from "./lab-1-messages.variants.ts";
import { packetVariants } from "./lab-1-packets.variants.ts";
import { lab2Variants } from "./lab-2.variants.ts";
import { lab3Variants } from "./lab-3.variants.ts";
import { coreTimeVariants } from "./lab-4-core-time.variants.ts";
import { packetHeaderVariants } from "./lab-4-packet-header.variants.ts";
import { runServerVariants } from "./lab-4-run-server.variants.ts";
import { serverCoreVariants } from "./lab-4-server-core.variants.ts";
import { arpTableVariants } from "./lab-5-arp-table.variants.ts";
import { learningVariants, receivingVariants, sendingVariants } from "./lab-5-network-interface.variants.ts";
import { pendingPacketsVariants } from "./lab-5-pending-packets.variants.ts";
import type { Variant } from "./variant.ts";

/** Every wrong version of the reference that the kit knows. */
export const allVariants: Readonly<Record<LabId, readonly Variant[]>> = {
  "lab-1": [...messageVariants, ...messageDecoderVariants, ...packetVariants],
  "lab-2": lab2Variants,
  "lab-3": lab3Variants,
  "lab-4": [...packetHeaderVariants, ...serverCoreVariants, ...coreTimeVariants, ...runServerVariants],
  "lab-5": [...arpTableVariants, ...pendingPacketsVariants, ...sendingVariants, ...receivingVariants, ...learningVariants],
};
