export type TimeUnit = 'day' | 'week' | 'month';

/** Mean Gregorian year and month; a week is 7 days exactly, as in the published examples. */
export const daysPerYear = 365.2425;
export const daysPerUnit: Readonly<Record<TimeUnit, number>> = { day: 1, week: 7, month: daysPerYear / 12 };

/** A year of the unit, or just under one for weeks: 52. */
export const defaultHorizon: Readonly<Record<TimeUnit, number>> = { day: 365, week: 52, month: 12 };

/** Continuous rate a unit of time of a yearly discount rate: ln(1 + d) / units a year. */
export function discountPerUnit(yearlyRate: number, unit: TimeUnit): number {
  return (Math.log1p(yearlyRate) * daysPerUnit[unit]) / daysPerYear;
}
