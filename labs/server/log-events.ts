import type { Log } from "./log.ts";
import type { ServerEvent, User } from "./server-events.ts";

/** Writes each event of a server as one line. */
export function logEvents(log: Log): (event: ServerEvent) => void {
  return (event) => {
    switch (event.kind) {
      case "connected":
        return log.info(nameOf(event.user), "connected");
      case "address-lent":
        return log.info({ ...nameOf(event.user) }, "address lent");
      case "closed": {
        const { user, reason, after, looksLike } = event;
        const seconds = Math.round(after / 100) / 10;
        const fields = { ...nameOf(user), reason, ...(looksLike === undefined ? {} : { looksLike }), seconds, ...trafficOf(user) };
        return reason === "pool-exhausted" || reason === "bad-message" ? log.warn(fields, "closed") : log.info(fields, "closed");
      }
      case "losses":
        return log.warn({ ...event.losses, seconds: Math.round(event.during / 100) / 10 }, "dropped");
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

function nameOf({ session, peer, address }: User) {
  return address === undefined ? { session, peer } : { session, peer, address };
}

function trafficOf({ fromClient, toClient, losses }: User) {
  return { fromClient, toClient, ...(losses > 0 ? { losses } : {}) };
}
