/**
 * A moment as the user's clock showed it: `2026-11-28 17:39`.
 *
 * @param time milliseconds since 1970
 */
export function localTime(time: number): string {
  const date = new Date(time);
  return `${localDay(time)} ${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
}

function localDay(time: number): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

function twoDigits(part: number): string {
  return String(part).padStart(2, "0");
}
