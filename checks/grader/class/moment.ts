/**
 * A moment in ISO 8601: `2026-04-03T23:59:00+02:00`, `2026-04-03T21:59Z`. Without a zone at its end it is the local time of `timeZone`.
 *
 * @param timeZone an IANA name: `Europe/Berlin`
 * @throws {RangeError} a sentence's end: `is no moment; write it as …`
 */
export function readMoment(text: string, timeZone?: string): Date {
  const found = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/i.exec(text.trim());
  if (found === null) throw new RangeError(`is no moment; write it as 2026-04-03T23:59:00+02:00`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0));
  const asUtc = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal = asUtc.getUTCMonth() === month - 1 && asUtc.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  if (!isReal) throw new RangeError(`is no moment: there is no such day or time`);
  const zone = found[7];
  if (zone === undefined) {
    if (timeZone === undefined) throw new RangeError(`says no time zone; put one behind it: ${text.trim()}+02:00, or Z for UTC`);
    return localMoment(asUtc, timeZone);
  }
  if (/^z$/i.test(zone)) return asUtc;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 14 || minutes > 59) throw new RangeError(`has a time zone that is nowhere`);
  return new Date(asUtc.getTime() - (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000);
}

/** Throws a RangeError for a name that is no time zone. */
export function requireTimeZone(timeZone: string): void {
  try {
    Intl.DateTimeFormat("en", { timeZone });
  } catch {
    throw new RangeError(`${timeZone} is no time zone; give a name such as Europe/Berlin`);
  }
}

/** The wall clock of a zone at a moment, as if it were UTC. */
function wallClock(moment: Date, timeZone: string): Date {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(moment);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  return new Date(Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second")));
}

/** When the clocks of a zone show this. Of the two moments in an hour that comes twice the later one; of an hour that is left out, the moment after it. */
function localMoment(wanted: Date, timeZone: string): Date {
  const offsets = [-24, 24].map((hours) => {
    const near = new Date(wanted.getTime() + hours * 3_600_000);
    return wallClock(near, timeZone).getTime() - near.getTime();
  });
  const moments = offsets.map((offset) => wanted.getTime() - offset).toSorted((a, b) => b - a);
  const shown = moments.find((moment) => wallClock(new Date(moment), timeZone).getTime() === wanted.getTime());
  return new Date(shown ?? moments[0] ?? wanted.getTime());
}

/** So many days later, at the same time of day by the clocks of the zone; 24 hours each when no zone is given. */
export function daysLater(moment: Date, days: number, timeZone?: string): Date {
  const later = days * 86_400_000;
  if (timeZone === undefined) return new Date(moment.getTime() + later);
  const milliseconds = moment.getTime() % 1000;
  return new Date(localMoment(new Date(wallClock(moment, timeZone).getTime() + later), timeZone).getTime() + milliseconds);
}
