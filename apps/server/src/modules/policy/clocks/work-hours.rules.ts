import type { WorkCalendar } from '@kezi/contract';

/** A day on the wall and minutes of it, in the organisation's time zone. */
interface WallTime {
  day: string;
  minute: number;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Ten years: a promise beyond it is none. */
const mostDays = 3660;
/** Two weeks: whoever closes for longer is reminded on the day itself. */
const mostClosedDays = 14;

/** By time zone; making one takes half a millisecond. */
const walls = new Map<string, Intl.DateTimeFormat>();

function wallTime(moment: Date, timeZone: string): WallTime {
  let wall = walls.get(timeZone);
  if (!wall) {
    wall = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    walls.set(timeZone, wall);
  }
  const parts = Object.fromEntries(wall.formatToParts(moment).map(({ type, value }) => [type, value]));
  const seconds = (moment.getTime() % minuteMs) / minuteMs;
  return {
    day: `${parts['year']}-${parts['month']}-${parts['day']}`,
    minute: Number(parts['hour']) * 60 + Number(parts['minute']) + seconds,
  };
}

/** The moment at which the clock on the wall shows that; twice asked, as the second guess knows the offset of that day. */
function momentOf({ day, minute }: WallTime, timeZone: string): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minute * minuteMs;
  let moment = wanted;
  for (let turn = 0; turn < 2; turn++) {
    const shown = wallTime(new Date(moment), timeZone);
    moment += wanted - (Date.parse(`${shown.day}T00:00:00Z`) + shown.minute * minuteMs);
  }
  return new Date(moment);
}

function minuteOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

const nextDay = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);

function isWorked(day: string, { weekdays, closedDays, openDays }: WorkCalendar): boolean {
  if (openDays.includes(day)) return true;
  const weekday = ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
  return weekdays.includes(weekday) && !closedDays.includes(day);
}

/** The last day of work up to a day, itself among them; the day itself where two weeks before it have none. */
export function lastWorkedUntil(day: string, calendar: WorkCalendar): string {
  for (let before = 0; before <= mostClosedDays; before++) {
    const earlier = new Date(Date.parse(`${day}T00:00:00Z`) - before * dayMs).toISOString().slice(0, 10);
    if (isWorked(earlier, calendar)) return earlier;
  }
  return day;
}

/** The moment so many working hours after another; asked outside of them, they begin with the next opening. */
export function dueAfter(asked: Date, hours: number, calendar: WorkCalendar, timeZone: string): Date {
  const spans = calendar.spans.map(({ from, until }) => ({ opens: minuteOf(from), closes: minuteOf(until) }));
  let { day, minute } = wallTime(asked, timeZone);
  let left = hours * 60;
  for (let turn = 0; turn < mostDays; turn++) {
    for (const { opens, closes } of isWorked(day, calendar) ? spans : []) {
      const from = Math.max(minute, opens);
      if (from >= closes) continue;
      if (left <= closes - from) return momentOf({ day, minute: from + left }, timeZone);
      left -= closes - from;
    }
    day = nextDay(day);
    minute = 0;
  }
  return momentOf({ day, minute: 0 }, timeZone);
}

/** The end of work on a day: when something was said of which only the day is known. */
export function endOfWork(day: string, calendar: WorkCalendar, timeZone: string): Date {
  return momentOf({ day, minute: minuteOf(calendar.spans.at(-1)?.until ?? '24:00') }, timeZone);
}
