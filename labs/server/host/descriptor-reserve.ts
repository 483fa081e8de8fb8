import { closeSync, openSync } from "node:fs";
import { devNull } from "node:os";

/** What one program that is started (nft, iptables) takes: pipes for its input, output and errors, and what Node needs to wait for it. */
const enough = 20;

/**
 * Holds file descriptors, so that what was changed on the host can be undone when clients have taken all others.
 *
 * @returns gives them back, for the clean-up to take
 */
export function reserveDescriptors(): () => void {
  const held: number[] = [];
  try {
    while (held.length < enough) held.push(openSync(devNull, "r"));
  } catch {
    // There are too few already. The server runs with what there is.
  }
  return () => {
    for (const descriptor of held.splice(0)) closeSync(descriptor);
  };
}
