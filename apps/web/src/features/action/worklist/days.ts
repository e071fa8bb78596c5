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

export type CalendarView = 'week' | 'month';

/** The same day some months later, or the last one of that month where it is shorter. */
export function monthsLater(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** The days that a calendar shows: whole weeks from Monday on, of the week or of the month in which a day lies. */
export function calendarDays(day: string, view: CalendarView): string[] {
  const first = mondayOf(view === 'week' ? day : `${day.slice(0, 7)}-01`);
  const end = view === 'week' ? first : daysLater(`${monthsLater(day, 1).slice(0, 7)}-01`, -1);
  const days: string[] = [];
  for (let monday = first; monday <= end; monday = daysLater(monday, 7)) {
    for (let place = 0; place < 7; place++) days.push(daysLater(monday, place));
  }
  return days;
}
