import { cpus, release } from "node:os";

/** Where it was measured: what matters for the figures, and nothing that tells whose machine it is. */
export function machineInWords(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() || "unknown CPU";
  const kernel = /^\d+(?:\.\d+)*/.exec(release())?.[0] ?? "";
  return `${processors.length} x ${model}, Linux ${kernel}, Node ${process.version.slice(1)}`;
}
