import { inverseOfPositiveDefinite, regularisedBeta } from '@kezi/stats';

/** Repeat orders of a whole month, and what the model expected. */
export interface MonthOrders {
  year: number;
  /** 0 to 11. */
  month: number;
  actual: number;
  expected: number;
}

/** Parts of a year or a week that have more orders than others. */
export interface Season {
  /** Null: too short a history to tell. */
  found: boolean | null;
  strength: number | null;
  /** Orders of each part to those of a mean one; empty where it cannot be told. */
  factors: number[];
}

export interface YearSwings {
  season: Season;
  drift: { found: boolean; yearly: number | null; recentLevel: number | null };
}

/** Months with fewer expected orders than this say nothing. */
const FEWEST_EXPECTED = 10;
const MONTHS = 12;
/** A season is seen where every month has come twice. */
const SEASON_MONTHS = 2 * MONTHS;
const DRIFT_MONTHS = 12;
/** Chance that months of equal strength look like a season, and that a steady level looks like a drift. */
const SEASON_CHANCE = 0.05;
const DRIFT_CHANCE = 0.01;
/** A smaller change a year moves no plan. */
const SMALLEST_DRIFT = 0.05;

interface Line {
  coefficients: number[];
  /** Variance of the second coefficient, the slope, in units of the residual variance. */
  slopeVariance: number;
  squares: number;
}

/** Least squares; null where the columns do not settle it. */
function leastSquares(rows: readonly number[][], y: readonly number[]): Line | null {
  const size = rows[0]!.length;
  const cross = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0)),
  );
  const inverse = inverseOfPositiveDefinite(cross);
  if (inverse === null) return null;
  const right = Array.from({ length: size }, (_, i) =>
    rows.reduce((sum, row, n) => sum + row[i]! * y[n]!, 0),
  );
  const coefficients = inverse.map((row) => row.reduce((sum, value, j) => sum + value * right[j]!, 0));
  const squares = rows.reduce((sum, row, n) => {
    const fitted = row.reduce((total, value, j) => total + value * coefficients[j]!, 0);
    return sum + (y[n]! - fitted) ** 2;
  }, 0);
  return { coefficients, slopeVariance: inverse[1]![1]!, squares };
}

/** P(F >= value) with (d1, d2) degrees of freedom (Abramowitz & Stegun 26.6.2). */
export function fTail(value: number, d1: number, d2: number): number {
  if (value === Number.POSITIVE_INFINITY) return 0;
  return value > 0 ? regularisedBeta(d2 / (d2 + d1 * value), d2 / 2, d1 / 2) : 1;
}

/** Eleven columns: a month against December, so that the twelve effects add up to 0. */
function monthColumns(month: number): number[] {
  return Array.from({ length: MONTHS - 1 }, (_, k) => (month === MONTHS - 1 ? -1 : Number(month === k)));
}

interface Seasonal {
  line: Line;
  factors: number[];
  strength: number;
  found: boolean;
}

function seasonOf(
  rows: readonly number[][],
  y: readonly number[],
  used: readonly MonthOrders[],
  plain: Line,
): Seasonal | null {
  if (used.length < SEASON_MONTHS || new Set(used.map(({ month }) => month)).size < MONTHS) return null;
  const line = leastSquares(
    rows.map((row, n) => [...row, ...monthColumns(used[n]!.month)]),
    y,
  );
  if (line === null) return null;
  const effects = line.coefficients.slice(2);
  effects.push(-effects.reduce((sum, value) => sum + value, 0));
  const raw = effects.map(Math.exp);
  const mean = raw.reduce((sum, value) => sum + value, 0) / MONTHS;
  const freedom = used.length - 2 - (MONTHS - 1);
  const ratio = (plain.squares - line.squares) / (MONTHS - 1) / (line.squares / freedom);
  return {
    line,
    factors: raw.map((value) => value / mean),
    strength: plain.squares > 0 ? 1 - line.squares / plain.squares : 0,
    found: fTail(ratio, MONTHS - 1, freedom) < SEASON_CHANCE,
  };
}

/**
 * Looks for months of the year and for a drift in ln(orders / the model's expectation): least squares on time in years and twelve months that add up to 0. A
 * season is found where the months together pass an F test at 5 %, which takes two years; a drift where its slope passes at 1 % and is 5 % a year at least, which takes one.
 * The level of late is that of the last quarter of the months, the season taken off. Months are taken for independent.
 */
export function findSwings(months: readonly MonthOrders[]): YearSwings {
  const used = months.filter(({ expected }) => expected >= FEWEST_EXPECTED);
  const nothing: YearSwings = {
    season: { found: null, strength: null, factors: [] },
    drift: { found: false, yearly: null, recentLevel: null },
  };
  if (used.length < DRIFT_MONTHS) return nothing;
  const y = used.map(({ actual, expected }) => Math.log((actual + 0.5) / (expected + 0.5)));
  const middle = used.length / 2;
  const timeOf = ({ year, month }: MonthOrders): number => year + month / MONTHS;
  const rows = used.map((each) => [1, timeOf(each) - timeOf(used[Math.floor(middle)]!)]);
  const plain = leastSquares(rows, y);
  if (plain === null) return nothing;
  const season = seasonOf(rows, y, used, plain);
  const isSeasonal = season?.found === true;
  const line = isSeasonal ? season.line : plain;
  const freedom = used.length - line.coefficients.length;
  const slope = line.coefficients[1]!;
  const t2 = slope ** 2 / ((line.slopeVariance * line.squares) / freedom);
  const yearly = Math.expm1(slope);
  const late = used.slice(-Math.max(3, Math.ceil(used.length / 4)));
  const factorOf = (month: number): number => (isSeasonal ? season.factors[month]! : 1);
  const lateExpected = late.reduce((sum, each) => sum + each.expected * factorOf(each.month), 0);
  return {
    season: season
      ? { found: season.found, strength: season.strength, factors: season.factors }
      : nothing.season,
    drift: {
      found: fTail(t2, 1, freedom) < DRIFT_CHANCE && Math.abs(yearly) >= SMALLEST_DRIFT,
      yearly,
      recentLevel: late.reduce((sum, { actual }) => sum + actual, 0) / lateExpected,
    },
  };
}
