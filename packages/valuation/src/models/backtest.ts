import { backtestReport, type BacktestReport, type Fit } from '@kezi/stats';
import type { Engine } from '../engine/engine.js';
import type { CustomerGroups } from '../attributes/group-customers.js';
import type { OrderDays } from '../features/order-days.js';
import { readHeldTriples } from '../features/triple.js';
import { analyseHistory } from './analyse-history.js';
import { chooseCandidate, type CandidateChoice } from './choose-candidate.js';
import {
  chooseCorrections,
  correctionFactors,
  noCorrections,
  productOf,
  type Corrections,
} from './choose-correction.js';
import { modelsFor } from './fit-groups.js';
import type { PurchaseModelName, WantedModel } from './fit-purchase.js';
import {
  heldRowsOf,
  judgeModels,
  judgeNaiveRules,
  type HeldRows,
  type JudgedModel,
  type Judgement,
  type ModelJudgement,
} from './judge-candidates.js';
import { judgeGroups, type GroupJudgement } from './judge-groups.js';
import { daysPerUnit, type TimeUnit } from './time-unit.js';

export interface Backtest extends BacktestReport {
  /** Days since 1970-01-01. The hold-out runs from the day after the first to the second. */
  calibrationEndDay: number;
  holdoutEndDay: number;
  /** Fit on the calibration part; null when nothing could be fitted there, and the naive rule stood on both sides. */
  fit: Fit<object> | null;
  modelName: PurchaseModelName | 'naive';
  /** Everything that was compared, and what the comparison says; `wanted` may have decided otherwise. */
  compared: Comparison;
  corrections: Corrections;
}

export interface Comparison {
  rows: HeldRows;
  models: JudgedModel[];
  naive: Record<'same-rate' | 'last-period', Judgement>;
  choice: CandidateChoice;
  /** Customers that stood for all; null when all were looked at. */
  sampledCustomers: number | null;
  /** The tested model with the attributes that were asked for; null where none were, or no model could be tested. */
  groups: GroupJudgement | null;
}

interface BacktestOptions {
  calibrationEndDay: number;
  periodStartDay: number;
  asOfDay: number;
  unit: TimeUnit;
  model: WantedModel;
  customers: number;
  orderDays: OrderDays;
  groups: CustomerGroups | null;
  ridge?: number | undefined;
}

/** Above this many customers a sample is compared: errors of its totals are right to 2 or 3 points, and all models see the same customers. */
const MOST_CUSTOMERS = 25_000;
const SAMPLE = 10_000;

/** The model that the back-test speaks of: the one that was asked for, or the one that predicts best. */
function testedModel(
  wanted: WantedModel,
  models: readonly JudgedModel[],
  choice: CandidateChoice,
): JudgedModel | null {
  if (wanted === 'naive') return null;
  const name = wanted === 'auto' ? choice.name : wanted;
  const asked = models.find((each) => each.name === name);
  if (asked === undefined || asked.judged !== null) return asked ?? null;
  // As in the fit on everything: where the wanted one cannot be trusted, the NBD stands in.
  return models.find((each) => each.name === 'nbd' && each.judged !== null) ?? null;
}

/** What the tested model knows with the attributes that were asked for. */
function groupsOf(
  tested: JudgedModel | null,
  rows: HeldRows,
  { groups, ridge }: BacktestOptions,
): GroupJudgement | null {
  const judged = tested?.judged ?? null;
  return tested === null || judged === null || groups === null
    ? null
    : judgeGroups(rows, { ...tested, judged }, groups, ridge);
}

/** Beyond two standard errors a loss is hardly chance: the attributes are then left out. */
export function isBehind(groups: GroupJudgement | null): boolean {
  if (groups === null || groups.gain === null || groups.standardError === null) return false;
  return groups.gain < -2 * groups.standardError;
}

/** Corrections that won on the hold-out, and what the tested model predicts with them. */
function correct(
  judged: ModelJudgement | null,
  rows: HeldRows,
  options: BacktestOptions,
): { corrections: Corrections; predicted: Float64Array | null } {
  if (judged === null) return { corrections: noCorrections, predicted: null };
  const { calibrationEndDay, asOfDay, orderDays, unit } = options;
  const swings = analyseHistory(judged.model, orderDays, {
    daysPerUnit: daysPerUnit[unit],
    lastDay: calibrationEndDay,
    held: calibrationEndDay,
  });
  const days = { first: orderDays.firstDay - 1, from: calibrationEndDay, to: asOfDay };
  const corrections = chooseCorrections(swings, rows, judged, days);
  const { predicted } = judged;
  if (corrections.errors === null) return { corrections, predicted };
  const factor = productOf(correctionFactors(swings, corrections, days));
  return { corrections, predicted: predicted.map((orders) => orders * factor) };
}

/**
 * Fits every model on the orders up to the end of calibration and compares what each expects for the hold-out with what came,
 * beside two rules without a model. The report speaks of the one in use, with its corrections where they won.
 */
export async function backtest(engine: Engine, options: BacktestOptions): Promise<Backtest | null> {
  const { calibrationEndDay, periodStartDay, asOfDay, unit, customers } = options;
  const parts = customers > MOST_CUSTOMERS ? Math.ceil(customers / SAMPLE) : 1;
  const held = await readHeldTriples(engine, calibrationEndDay, parts, options.groups !== null);
  if (held.frequency.length === 0) return null;
  const rows = heldRowsOf(held, daysPerUnit[unit], {
    calibrationEnd: calibrationEndDay,
    periodStart: periodStartDay,
    asOfDay,
  });
  const { weight } = rows.summary;
  const actualTotal = rows.heldOrders.reduce((sum, orders, i) => sum + orders * weight[i]!, 0);
  const models = judgeModels(rows, modelsFor(options.groups));
  const naive = judgeNaiveRules(rows);
  const choice = chooseCandidate(models, weight, actualTotal);
  const tested = testedModel(options.model, models, choice);
  const groups = groupsOf(tested, rows, options);
  const judged = isBehind(groups) ? tested?.judged : (groups?.judged ?? tested?.judged);
  const { corrections, predicted } = correct(judged ?? null, rows, options);
  const sameRate = naive['same-rate'].predicted;
  const report = backtestReport({
    actual: rows.heldOrders,
    predicted: predicted ?? sameRate,
    naive: sameRate,
    weight,
  });
  const sampledCustomers = parts > 1 ? report.customers : null;
  return {
    ...report,
    calibrationEndDay,
    holdoutEndDay: asOfDay,
    fit: tested?.fit ?? null,
    modelName: tested?.name ?? 'naive',
    compared: { rows, models, naive, choice, sampledCustomers, groups },
    corrections,
  };
}
