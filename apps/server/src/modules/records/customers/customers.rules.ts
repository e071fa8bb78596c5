import type { CustomerScore, ValueReason } from '@kezi/contract';

/** The three factors whose product is a customer's value. */
export interface ValueFactors {
  /** Probability of being alive, 0 to 1. */
  survival: number;
  /** Orders over the horizon, discounted, of a customer who is alive. */
  orderRate: number;
  /** Value of an order, major units of the base currency. */
  spend: number;
}

const factorNames = ['survival', 'orderRate', 'spend'] as const;

/** A score's value taken apart so that survival x orderRate x spend is the value; null where a factor is 0 or unknown. */
export function factorsOf(score: {
  pAlive: number | null;
  expectedSpend: number;
  clv: number;
}): ValueFactors | null {
  const { pAlive: survival, expectedSpend: spend, clv } = score;
  if (survival === null || survival <= 0 || spend <= 0) return null;
  const orderRate = clv / (survival * spend);
  return Number.isFinite(orderRate) ? { survival, orderRate, spend } : null;
}

/**
 * What each factor adds to or takes from a customer's value against a reference customer: the Shapley value (Shapley 1953)
 * of the product, that is the mean, over the six orders in which the factors can be exchanged one after the other, of what
 * exchanging this one changes. Exact: the three contributions add up to the difference of the two values.
 */
export function explainValue(own: ValueFactors, reference: ValueFactors): ValueReason[] {
  return factorNames.map((factor) => {
    const [a, b] = factorNames.filter((other) => other !== factor) as [
      keyof ValueFactors,
      keyof ValueFactors,
    ];
    const bothOwn = own[a] * own[b];
    const oneOwn = own[a] * reference[b] + reference[a] * own[b];
    const noneOwn = reference[a] * reference[b];
    // In 2 of the 6 orders this factor comes last, in 2 first, in 1 each between the other two.
    const weight = bothOwn / 3 + oneOwn / 6 + noneOwn / 3;
    return {
      factor,
      value: own[factor],
      reference: reference[factor],
      contribution: (own[factor] - reference[factor]) * weight,
    };
  });
}

/** What a run deducted, as its card says. */
export interface CardCosts {
  share: number;
  perOrder: number;
  creditLoss: number;
  /** By the year over the horizon, of a customer who is alive. */
  served: number;
  /** The customer's own expected credit loss; null where that of the run was taken. */
  ownLossShare: number | null;
}

/** Below this an order costs as much as it brings: what it was worth before cannot be told from what is left. */
const leastKept = 1e-4;

/**
 * A value taken apart into what orders bring, cost to serve and credit loss, in minor units; the first less the others is the value, to the last of
 * them. Value = gross x (1 - share - loss) - orders x cost an order - cost by the year, with gross = orders x spend, solved for gross.
 */
export function deductedFrom(
  { clv, pAlive, expectedSpend: spend }: { clv: number; pAlive: number | null; expectedSpend: number },
  { share, perOrder, creditLoss: lossOfRun, served, ownLossShare }: CardCosts,
  digits: number,
): CustomerScore['deducted'] {
  if (!(spend > 0)) return null;
  const creditLoss = ownLossShare ?? lossOfRun;
  const kept = 1 - share - creditLoss - perOrder / spend;
  if (Math.abs(kept) < leastKept) return null;
  const gross = (clv + served * (pAlive ?? 1)) / kept;
  const minor = (major: number): number => Math.round(major * 10 ** digits);
  const [grossMinor, creditLossMinor, clvMinor] = [minor(gross), minor(gross * creditLoss), minor(clv)];
  const costToServeMinor = grossMinor - creditLossMinor - clvMinor;
  return { grossMinor, costToServeMinor, creditLossMinor, clvMinor, ownLossShare };
}

const dayMs = 86_400_000;

function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / dayMs;
}

function dayFrom(number: number): string {
  return new Date(number * dayMs).toISOString().slice(0, 10);
}

/** The value below which a share of sorted numbers lies, between neighbours in a straight line (type 7 of Hyndman & Fan 1996). */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

/** Quartiles of the days between neighbouring order days (sorted, yyyy-mm-dd); null with fewer than two gaps. */
export function gapQuartiles(days: readonly string[]): { low: number; median: number; high: number } | null {
  const numbers = days.map(dayNumber);
  const gaps = numbers.slice(1).map((number, i) => number - (numbers[i] ?? number));
  if (gaps.length < 2) return null;
  gaps.sort((a, b) => a - b);
  return { low: quantile(gaps, 0.25), median: quantile(gaps, 0.5), high: quantile(gaps, 0.75) };
}

/**
 * The days between which the next order is expected: as far before and after the expected day as the lower and upper
 * quartile of the customer's gaps lie from their middle, never before the day the figures are true for.
 */
export function nextOrderWindow(
  nextOrderOn: string,
  asOf: string,
  gaps: { low: number; median: number; high: number },
): { from: string; to: string } {
  const expected = dayNumber(nextOrderOn);
  const earliest = dayNumber(asOf);
  return {
    from: dayFrom(Math.max(earliest, Math.floor(expected - (gaps.median - gaps.low)))),
    to: dayFrom(Math.max(earliest, Math.ceil(expected + (gaps.high - gaps.median)))),
  };
}

/** By time zone; making one takes half a millisecond. */
const calendars = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of a moment in a time zone. */
export function dayIn(timeZone: string, moment: Date): string {
  let calendar = calendars.get(timeZone);
  if (!calendar) {
    // The Canadian way of writing a date is yyyy-mm-dd.
    calendar = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    calendars.set(timeZone, calendar);
  }
  return calendar.format(moment);
}

/** The day a number of months before another; the last day of a shorter month stands for a day it does not have. */
function monthsBefore(day: string, months: number): string {
  const [year, month, dayOfMonth] = day.split('-').map(Number) as [number, number, number];
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(days, dayOfMonth));
  return first.toISOString().slice(0, 10);
}

/** The first days of the twelve months that end with `asOf`, oldest first, and the day after it. */
export function twelveMonthsUntil(asOf: string): string[] {
  const end = dayFrom(dayNumber(asOf) + 1);
  return Array.from({ length: 13 }, (_, i) => monthsBefore(end, 12 - i));
}
