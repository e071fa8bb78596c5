import type { CustomerScore, ValueReason } from '@kezi/contract';

/** The factors whose product is a customer's value. */
export interface ValueFactors {
  /** Probability of being alive, 0 to 1. */
  survival: number;
  /** Orders over the horizon, discounted, of a customer who is alive. */
  orderRate: number;
  /** Value of an order, major units of the base currency. */
  spend: number;
  /** What cost to serve and credit loss leave of what orders bring; 1 where nothing is deducted, below 0 where they take more. */
  kept: number;
}

const factorNames = ['survival', 'orderRate', 'spend', 'kept'] as const;

interface ScoredValue {
  clv: number;
  pAlive: number | null;
  expectedSpend: number;
}

/**
 * A score's value taken apart so that survival x orderRate x spend x kept is the value; null where a factor is 0 or unknown. `costs`: what the
 * run deducted.
 */
export function factorsOf(score: ScoredValue, costs: CardCosts | null): ValueFactors | null {
  const { pAlive: survival, expectedSpend: spend } = score;
  if (survival === null || survival <= 0 || spend <= 0) return null;
  const { gross, kept } = grossAndKept(score, costs);
  const orderRate = gross / (survival * spend);
  return Number.isFinite(orderRate) ? { survival, orderRate, spend, kept } : null;
}

/**
 * What each factor adds to or takes from a customer's value against a reference customer: the Shapley value (Shapley 1953)
 * of the product, that is the mean, over all orders in which the factors can be exchanged one after the other, of what
 * exchanging this one changes. Exact: the contributions add up to the difference of the two values. Where nothing is deducted
 * from either, what is kept explains nothing and is left out.
 */
export function explainValue(own: ValueFactors, reference: ValueFactors): ValueReason[] {
  const names = factorNames.filter((name) => name !== 'kept' || own.kept !== 1 || reference.kept !== 1);
  return names.map((factor) => ({
    factor,
    value: own[factor],
    reference: reference[factor],
    contribution: (own[factor] - reference[factor]) * weightOf(factor, names, own, reference),
  }));
}

/** What the other factors multiply a factor by, as the mean over all orders: before it stand own ones, after it those of the reference. */
function weightOf(
  factor: keyof ValueFactors,
  names: readonly (keyof ValueFactors)[],
  own: ValueFactors,
  reference: ValueFactors,
): number {
  // Sum of the products of the others, of which k are own, by k.
  let products = [1];
  for (const other of names) {
    if (other === factor) continue;
    products = [...products, 0].map(
      (product, k) => product * reference[other] + (products[k - 1] ?? 0) * own[other],
    );
  }
  // An order in n has this factor in each place equally often, and before it each set of k others equally often.
  let sets = 1;
  return products.reduce((sum, product, k) => {
    const share = product / (names.length * sets);
    sets = (sets * (names.length - 1 - k)) / (k + 1);
    return sum + share;
  }, 0);
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
 * What orders bring before anything is deducted: value = gross x (1 - share - loss) - orders x cost an order - cost by the year, with
 * gross = orders x spend, solved for gross. Null where it cannot be told.
 */
function grossOf(
  { clv, pAlive, expectedSpend: spend }: ScoredValue,
  { share, perOrder, creditLoss, served, ownLossShare }: CardCosts,
): number | null {
  if (!(spend > 0)) return null;
  const kept = 1 - share - (ownLossShare ?? creditLoss) - perOrder / spend;
  return Math.abs(kept) < leastKept ? null : (clv + served * (pAlive ?? 1)) / kept;
}

/** What orders bring and which part of it is the value; the value and 1 where nothing is deducted, or it cannot be told. */
export function grossAndKept(score: ScoredValue, costs: CardCosts | null): { gross: number; kept: number } {
  const gross = costs === null ? null : grossOf(score, costs);
  return gross !== null && gross > 0 ? { gross, kept: score.clv / gross } : { gross: score.clv, kept: 1 };
}

/**
 * A value taken apart into what orders bring, cost to serve and credit loss, in minor units; the first less the others is the value, to the last of
 * them.
 */
export function deductedFrom(
  score: ScoredValue,
  costs: CardCosts,
  digits: number,
): CustomerScore['deducted'] {
  const gross = grossOf(score, costs);
  if (gross === null) return null;
  const { creditLoss, ownLossShare } = costs;
  const minor = (major: number): number => Math.round(major * 10 ** digits);
  const [grossMinor, clvMinor] = [minor(gross), minor(score.clv)];
  const creditLossMinor = minor(gross * (ownLossShare ?? creditLoss));
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
