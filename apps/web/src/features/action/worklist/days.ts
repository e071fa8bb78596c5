/** Calendar days as text, yyyy-mm-dd: nothing here knows a time zone. */

const dayMs = 86_400_000;

export function daysLater(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
}

/** The Monday of the week in which a day lies. */
export function mondayOf(day: string): string {
  const weekday = new Date(day).getUTCDay();
  return daysLater(day, -((weekday + 6) % 7));
}

/** The next working day: the day after, or the Monday after a weekend. */
export function nextWorkday(day: string): string {
  const next = daysLater(day, 1);
  const weekday = new Date(next).getUTCDay();
  return weekday === 6 ? daysLater(next, 2) : weekday === 0 ? daysLater(next, 1) : next;
}
