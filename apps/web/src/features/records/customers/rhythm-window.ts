import type { CustomerRhythm } from '@kezi/contract';

const dayMs = 86_400_000;

/** Milliseconds of a calendar day at UTC midnight: where it stands on a time axis. */
export const timeOf = (day: string) => Date.parse(`${day}T00:00:00Z`);
const daysBetween = (from: string, to: string) => Math.round((timeOf(to) - timeOf(from)) / dayMs);
const plusDays = (day: string, days: number) =>
  new Date(timeOf(day) + days * dayMs).toISOString().slice(0, 10);

/** Figures older than this many days are read as history: 'in 3 days' would be counted from a day long gone. */
const staleAfterDays = 31;

export function isStale(asOf: string | null | undefined, today: string): boolean {
  return asOf !== null && asOf !== undefined && daysBetween(asOf, today) > staleAfterDays;
}

export interface Gap {
  /** The order that ended it. */
  on: string;
  days: number;
}

/** Days between each order day and the one before it. A day on which returns outweigh orders is no order day. */
export function gapsOf(days: CustomerRhythm['days']): Gap[] {
  const ordered = days.filter((day) => day.amountMinor > 0);
  return ordered.slice(1).map((day, index) => ({
    on: day.on,
    days: daysBetween(ordered[index]?.on ?? day.on, day.on),
  }));
}

type RhythmState =
  | 'unknown' // too few orders to say
  | 'early' // before the window opens
  | 'due' // inside it
  | 'late'; // past it

interface RhythmReading {
  lastOn: string | null;
  /** Days without an order until the day of reading. */
  silentDays: number | null;
  state: RhythmState;
  /** Days past the end of the window. */
  lateDays: number;
}

/** What the rhythm says on a day. Without a window the usual gaps after the last order stand in for it. */
export function readRhythm(rhythm: CustomerRhythm, on: string): RhythmReading {
  const lastOn = rhythm.days.findLast((day) => day.amountMinor > 0)?.on ?? null;
  if (lastOn === null) return { lastOn, silentDays: null, state: 'unknown', lateDays: 0 };
  const silentDays = Math.max(daysBetween(lastOn, on), 0);
  const window = windowOf(rhythm);
  if (window === null) return { lastOn, silentDays, state: 'unknown', lateDays: 0 };
  const state = on < window.from ? 'early' : on <= window.to ? 'due' : 'late';
  return { lastOn, silentDays, state, lateDays: state === 'late' ? daysBetween(window.to, on) : 0 };
}

/** The days between which the next order is expected; null where nothing is known. */
export function windowOf(rhythm: CustomerRhythm): { from: string; to: string } | null {
  const { nextOrderFrom: from, nextOrderTo: to, gapDays } = rhythm;
  if (from !== null && to !== null) return { from, to };
  const lastOn = rhythm.days.findLast((day) => day.amountMinor > 0)?.on;
  if (lastOn === undefined || gapDays === null) return null;
  return { from: plusDays(lastOn, Math.floor(gapDays.low)), to: plusDays(lastOn, Math.ceil(gapDays.high)) };
}

/** First and last instant of the picture, with air at both ends. */
export function spanOf(rhythm: CustomerRhythm, on: string): { from: number; to: number } {
  const marks = [
    ...rhythm.days.map((day) => day.on),
    ...(rhythm.nextOrderTo === null ? [] : [rhythm.nextOrderTo]),
    ...(rhythm.nextOrderOn === null ? [] : [rhythm.nextOrderOn]),
    on,
  ].map(timeOf);
  const from = Math.min(...marks);
  const to = Math.max(...marks);
  const air = Math.max((to - from) * 0.03, 3 * dayMs);
  return { from: from - air, to: to + air };
}

export interface Month {
  /** yyyy-mm */
  month: string;
  orderDays: number;
  amountMinor: number;
}

/**
 * Amount a month up to a day, oldest first, months without orders among them; from the first order on, at most `most` months.
 * A customer silent for longer is shown up to the last order: an empty picture tells nothing.
 */
export function monthsOf(days: CustomerRhythm['days'], until: string, most: number): Month[] {
  const first = days[0]?.on;
  if (first === undefined) return [];
  const sums = new Map<string, Month>();
  const numberOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const newest = numberOf(days.at(-1)?.on ?? until);
  const last = numberOf(until) - newest < most ? Math.max(numberOf(until), newest) : newest;
  const begin = Math.max(numberOf(first), last - most + 1);
  for (let at = begin; at <= last; at++) {
    const month = `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
    sums.set(month, { month, orderDays: 0, amountMinor: 0 });
  }
  for (const { on, amountMinor } of days) {
    const month = sums.get(on.slice(0, 7));
    if (!month) continue;
    month.amountMinor += amountMinor;
    if (amountMinor > 0) month.orderDays += 1;
  }
  return [...sums.values()];
}
