import type { Millis } from "#contract/vocabulary.ts";
import type { Log } from "./log.ts";
import type { Loss, ServerEvent } from "./server-events.ts";
import type { User } from "./user.ts";

/** Writes each event of a server as one line. */
export function logEvents(log: Log): (event: ServerEvent) => void {
  return (event) => {
    switch (event.kind) {
      case "connected":
        return log.info(nameOf(event.user), "connected");
      case "address-lent":
        return log.info(nameOf(event.user), "address lent");
      case "closed": {
        const { user, reason, after, looksLike } = event;
        const seconds = inSeconds(after);
        const fields = { ...nameOf(user), reason, ...(looksLike === undefined ? {} : { looksLike }), seconds, ...trafficOf(user) };
        return reason === "pool-exhausted" || reason === "bad-message" ? log.warn(fields, "closed") : log.info(fields, "closed");
      }
      case "losses":
        return logLosses(log, event.losses, inSeconds(event.during));
      case "failed-accepts":
        return log.warn({ count: event.count, note: event.latest.message }, "not accepted");
      case "device-lost":
        return log.error({ note: event.error.message }, "device lost");
      case "device-warning":
        return log.warn({ note: event.error.message }, "device");
      case "recording-problem":
        return log.warn({ note: event.error.message }, "recording");
      default:
        return event satisfies never;
    }
  };
}

/** The kernel sends IPv6 into every TUN device: that is nothing to worry about. */
function logLosses(log: Log, losses: Partial<Record<Loss, number>>, seconds: number): void {
  if (Object.keys(losses).every((loss) => loss === "not-ipv4"))
    log.info({ ...losses, seconds, note: "the kernel's own IPv6, most likely" }, "dropped");
  else log.warn({ ...losses, seconds }, "dropped");
}

/** To a tenth. */
function inSeconds(duration: Millis): number {
  return Math.round(duration / 100) / 10;
}

function nameOf({ session, peer, address }: User) {
  return address === undefined ? { session, peer } : { session, peer, address };
}

function trafficOf({ fromClient, toClient, losses }: User) {
  return { fromClient, toClient, ...(losses > 0 ? { losses } : {}) };
}
