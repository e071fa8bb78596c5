import type { ValueAtRun, ValueChange, ValueChangePart } from '@kezi/contract';
import { explainValue, grossAndKept, type CardCosts } from '../../records/customers/index.js';

/** A value, and what its run deducted. */
type Scored = Pick<ValueAtRun, 'clv' | 'pAlive' | 'expectedSpend'> & { costs: CardCosts | null };

/** Factors whose product is the value; the rate is null where a value of 0 hides it. */
interface Factors {
  survival: number;
  orderRate: number | null;
  spend: number;
  kept: number;
}

/** Without survival where one of the runs knows nothing of it: the rate is then of orders, survival in it. */
function factorsOf(score: Scored, isNaive: boolean): Factors {
  const { pAlive, expectedSpend: spend, costs } = score;
  const survival = isNaive ? 1 : (pAlive ?? 0);
  const others = survival * spend;
  const { gross, kept } = grossAndKept(score, costs);
  return { survival, orderRate: others === 0 ? null : gross / others, spend, kept };
}

/**
 * The change of a value taken apart into survival, order rate, spend and what costs leave of it by the Shapley value of their product
 * (see `explainValue`): the parts add up to the change. A rate that a value of 0 hides is taken as in the other run, so that nothing
 * is put down to it. Where one run used the naive rule, survival and order rate are one factor, `orders`.
 */
export function partsOfChange(
  before: Scored,
  now: Scored,
): (Omit<ValueChangePart, 'contributionMinor'> & { contribution: number })[] {
  const isNaive = before.pAlive === null || now.pAlive === null;
  const was = factorsOf(before, isNaive);
  const is = factorsOf(now, isNaive);
  return explainValue(
    { ...is, orderRate: is.orderRate ?? was.orderRate ?? 0 },
    { ...was, orderRate: was.orderRate ?? is.orderRate ?? 0 },
  )
    .filter(({ factor }) => !isNaive || factor !== 'survival')
    .map(({ factor, value, reference, contribution }) => ({
      factor: isNaive && factor === 'orderRate' ? ('orders' as const) : factor,
      before: reference,
      now: value,
      contribution,
    }));
}

/**
 * Whole numbers that add up to `total`: each part is rounded down, and what is missing goes to those that lost most, one
 * each (largest remainders, Hamilton 1792). Parts that add up to `total` up to rounding stay within 1 of what they were.
 */
export function wholeParts(parts: readonly number[], total: number): number[] {
  const whole = parts.map((part) => Math.floor(part));
  const byLoss = parts
    .map((part, index) => ({ index, lost: part - Math.floor(part) }))
    .toSorted((a, b) => b.lost - a.lost || a.index - b.index);
  const missing = total - whole.reduce((sum, part) => sum + part, 0);
  const each = Math.floor(missing / parts.length);
  const left = missing - each * parts.length;
  byLoss.forEach(({ index }, place) => {
    whole[index] = (whole[index] ?? 0) + each + (place < left ? 1 : 0);
  });
  return whole;
}

/** The change in minor units and its parts, to the last of them. */
export function explainChange(
  before: Scored,
  now: Scored,
  digits: number,
): { changeMinor: number; parts: ValueChangePart[] } {
  const minor = (major: number) => Math.round(major * 10 ** digits);
  const changeMinor = minor(now.clv) - minor(before.clv);
  const parts = partsOfChange(before, now);
  const whole = wholeParts(
    parts.map(({ contribution }) => contribution * 10 ** digits),
    changeMinor,
  );
  return {
    changeMinor,
    parts: parts.map(({ factor, before: was, now: is }, index) => ({
      factor,
      before: was,
      now: is,
      contributionMinor: whole[index] ?? 0,
    })),
  };
}

/** What a run was set to, as far as it moves every value. */
export type RunSettings = Readonly<Record<ValueChange['settings'][number]['name'], string | number | null>>;

/** Cards of long ago lack some settings; what is not known has not changed. */
export function changedSettings(before: RunSettings, now: RunSettings): ValueChange['settings'] {
  return (Object.keys(now) as (keyof RunSettings)[]).flatMap((name) => {
    const [was, is] = [before[name], now[name]];
    return was === null || is === null || was === is ? [] : [{ name, before: was, now: is }];
  });
}

const dayMs = 86_400_000;

/** Days from one day to another. */
export function daysFrom(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}
