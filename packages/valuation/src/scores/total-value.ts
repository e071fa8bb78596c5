import { drawParameters, expectedSpend } from '@kezi/stats';
import type { GammaGammaParameters, PurchaseSummary, SpendModel } from '@kezi/stats';
import type { OwnLosses } from '../features/credit-losses.js';
import type { Triples } from '../features/triple.js';
import type { FittedModels } from '../models/fit-models.js';
import { ordersVariance, relativeVariance } from './draw-totals.js';
import type { TripleScores } from './score-tabled.js';
import type { Deductions } from './value-terms.js';

/** What all customers are worth together. Money in major units. */
export interface PortfolioTotals {
  clv: number;
  clvLow: number;
  clvHigh: number;
  expectedOrders: number;
  /** Expected value of all orders of the horizon, not discounted. */
  expectedSpend: number;
  /**
   * What was deducted from the value of orders to come to clv; `served`: what a living customer costs by the year over the
   * horizon. Null where nothing was.
   */
  deducted: { grossClv: number; costToServe: number; creditLoss: number; served: number } | null;
  /** Relative variance of any sum of values that comes from not knowing the parameters exactly. */
  parameterVariance: number;
}

/** A customer's expected spend is base + slope x what his repeat days brought, in hundredths. */
function spendLine(spend: SpendModel, scale: number, x: number): { base: number; slope: number } {
  const { p, q, v } = spend.parameters;
  const own: SpendModel = { ...spend, parameters: { p, q, v: v * scale } };
  const base = expectedSpend(own, x, 0);
  return { base, slope: (expectedSpend(own, x, x > 0 ? 1 / x : 0) - base) / 100 };
}

/**
 * Expected spends of the customers of each triple: their sum, the sum of their squares, and their sum times what own credit losses are above
 * that of the run (null where none are known). Linear in what a customer has spent, so sums are enough.
 */
export function spendOfTriples(
  triples: Triples,
  spend: SpendModel | null,
  scale: Float64Array | null,
  losses: OwnLosses | null = null,
): { sum: Float64Array; squares: Float64Array; excessLoss: Float64Array | null } {
  const { frequency, weight, repeatMinor, totalMinor, repeatSquares, totalSquares } = triples;
  const sum = new Float64Array(triples.size);
  const squares = new Float64Array(triples.size);
  const excessLoss = losses === null ? null : new Float64Array(triples.size);
  for (let i = 0; i < triples.size; i++) {
    const x = frequency[i]!;
    const customers = weight[i]!;
    if (spend === null) {
      sum[i] = totalMinor[i]! / 100 / (x + 1);
      squares[i] = totalSquares[i]! / (100 * (x + 1)) ** 2;
      if (excessLoss && losses) excessLoss[i] = losses.excessTotalMinor[i]! / 100 / (x + 1);
      continue;
    }
    const { base, slope } = spendLine(spend, scale?.[i] ?? 1, x);
    if (excessLoss && losses) excessLoss[i] = losses.excess[i]! * base + losses.excessRepeatMinor[i]! * slope;
    sum[i] = customers * base + slope * repeatMinor[i]!;
    squares[i] = customers * base ** 2 + 2 * base * slope * repeatMinor[i]! + slope ** 2 * repeatSquares[i]!;
  }
  return { sum, squares, excessLoss };
}

/** Draws that the spread of the spend is judged by, and their seed. */
const DRAWS = 60;
const SEED = 20_240_102;

/**
 * Relative variance of the mean spend that comes from not knowing its parameters exactly. Of the plain model: a regression
 * shares its spread.
 */
function spendVariance({ spend, spendModel }: FittedModels): number {
  if (spendModel === null) return 0;
  const meanOf = ({ p, q, v }: GammaGammaParameters): number => (p * v) / (q - 1);
  const means = drawParameters(spend, DRAWS, SEED)
    .filter(({ q }) => q > 1)
    .map(meanOf);
  return relativeVariance(means, meanOf(spend.parameters));
}

/** z of the 10 % and 90 % points of the normal distribution. */
const Z80 = 1.2815515655446004;

/**
 * 80 % interval of a sum of values: `variance` is the customers' own luck, which adds up; `parameterVariance` does not
 * average out. Log-normal, so it stays positive.
 */
export function intervalOfTotal(
  clv: number,
  variance: number,
  parameterVariance: number,
): { clvLow: number; clvHigh: number } {
  if (!(clv > 0)) return { clvLow: 0, clvHigh: 0 };
  const reach = Math.exp(Z80 * Math.sqrt(Math.log1p(variance / clv ** 2 + parameterVariance)));
  return { clvLow: clv / reach, clvHigh: clv * reach };
}

/** The naive rule knows nothing of P(alive): everybody is looked after. */
const aliveOr1 = (pAlive: number): number => (Number.isNaN(pAlive) ? 1 : pAlive);

/** What the customers of each triple are worth together, costs deducted. */
export function valueOfTriples(
  { weight }: Pick<Triples, 'weight'>,
  { discountedOrders, pAlive }: Pick<TripleScores, 'discountedOrders' | 'pAlive'>,
  { sum, excessLoss }: Pick<ReturnType<typeof spendOfTriples>, 'sum' | 'excessLoss'>,
  deductions: Deductions | null,
): Float64Array {
  if (deductions === null) return discountedOrders.map((orders, i) => orders * sum[i]!);
  const { kept, perOrder, served } = deductions;
  return discountedOrders.map(
    (orders, i) =>
      orders * (kept * sum[i]! - (excessLoss?.[i] ?? 0) - perOrder * weight[i]!) -
      served * aliveOr1(pAlive[i]!) * weight[i]!,
  );
}

function deductedFrom(
  triples: Triples,
  scores: TripleScores,
  { sum, excessLoss }: ReturnType<typeof spendOfTriples>,
  deductions: Deductions | null,
): PortfolioTotals['deducted'] {
  if (deductions === null) return null;
  const { share, perOrder, creditLoss, served } = deductions;
  const deducted = { grossClv: 0, costToServe: 0, creditLoss: 0, served };
  for (let i = 0; i < triples.size; i++) {
    const customers = triples.weight[i]!;
    const orders = scores.discountedOrders[i]!;
    const gross = orders * sum[i]!;
    deducted.grossClv += gross;
    deducted.costToServe +=
      gross * share + orders * perOrder * customers + served * aliveOr1(scores.pAlive[i]!) * customers;
    deducted.creditLoss += gross * creditLoss + orders * (excessLoss?.[i] ?? 0);
  }
  return deducted;
}

/** Sum of the squares of what is kept of an order, customer by customer; own credit losses are left at that of the run. */
function squaresKept(sum: number, squares: number, customers: number, deductions: Deductions | null): number {
  if (deductions === null) return squares;
  const { kept, perOrder } = deductions;
  return kept ** 2 * squares - 2 * kept * perOrder * sum + perOrder ** 2 * customers;
}

/**
 * Sums over all customers, with an 80 % interval: the uncertainty of the parameters is drawn from their large-sample
 * distribution.
 */
export function totalValue(
  triples: Triples,
  summary: PurchaseSummary,
  scores: TripleScores,
  fitted: FittedModels,
  horizon: number,
  spend: ReturnType<typeof spendOfTriples>,
  deductions: Deductions | null,
): PortfolioTotals {
  const values = valueOfTriples(triples, scores, spend, deductions);
  const totals = { clv: 0, expectedOrders: 0, expectedSpend: 0 };
  let variance = 0;
  for (let i = 0; i < triples.size; i++) {
    const customers = triples.weight[i]!;
    totals.clv += values[i]!;
    totals.expectedOrders += scores.expectedOrders[i]! * customers;
    totals.expectedSpend += scores.expectedOrders[i]! * spend.sum[i]!;
    const squares = squaresKept(spend.sum[i]!, spend.squares[i]!, customers, deductions);
    variance += scores.valueVariance[i]! * squares;
  }
  const gross = valueOfTriples(triples, scores, spend, null);
  const spread = ordersVariance(fitted, summary, triples.group, gross, horizon) + spendVariance(fitted);
  const deducted = deductedFrom(triples, scores, spend, deductions);
  return { ...totals, deducted, parameterVariance: spread, ...intervalOfTotal(totals.clv, variance, spread) };
}
