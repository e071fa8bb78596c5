import type {
  ModelChoice,
  ValuationAttributes,
  ValuationHistory,
  ValuationPlots,
  ValuationSpendRegression,
} from '@kezi/contract';
import type { RfmCuts } from '@kezi/stats';
import type { TwoValues } from '../attributes/read-attributes.js';
import type { FeatureCounts } from '../features/build-features.js';
import type { ReturnsOnly } from '../features/returns-only.js';
import { isoDateOf } from '../features/day-number.js';
import type { Triples } from '../features/triple.js';
import type { Extract } from '../lake/extract-files.js';
import type { Lake } from '../lake/lake-manifest.js';
import { rowsOf } from '../lake/lake-of-source.js';
import type { ChosenColumns } from '../lake/plan-columns.js';
import type { RejectCount } from '../lake/reject-log.js';
import type { PortfolioTotals } from '../scores/total-value.js';
import { NO_COSTS, type ValueTerms } from '../scores/value-terms.js';
import type { Backtest } from './backtest.js';
import type { NaiveReason, Rule } from './choose-rule.js';
import type { FittedModels } from './fit-models.js';
import type { WantedModel } from './fit-purchase.js';
import type { LookBack } from './look-back.js';
import { candidatesOf, choiceOf, doubtsOf, type Doubt, type ReportedCandidate } from './report-candidates.js';
import { fitReport, type FitReport } from './report-fit.js';
import type { TimeUnit } from './time-unit.js';

export interface BacktestSummary {
  calibrationEnd: string;
  holdoutEnd: string;
  customers: number;
  actualOrders: number;
  modelName: string;
  model: Backtest['model'];
  naive: Backtest['naive'];
  calibration: Backtest['calibration'];
  betterError: Backtest['betterError'];
  betterRank: Backtest['betterRank'];
  fit: FitReport | null;
}

/** Everything that a run says about itself. Plain JSON; money in major units. */
export interface ValuationReport {
  asOf: string;
  timeUnit: TimeUnit;
  horizon: number;
  discountRate: number;
  /** All orders to come are valued, however late; expectedOrders stay those of the horizon. */
  isForever: boolean;
  /** What was deducted from the value of orders; null where nothing was. */
  costs: ValueTerms['costs'];
  /** Customers whose own expected credit loss stood in the place of the run's; null where none were looked for. */
  ownLossCustomers: number | null;
  rows: { read: number; accepted: number; rejected: number };
  rejects: RejectCount[];
  /** Which column was taken for what, file by file; `guessed` where nobody said so. */
  columns: { file: string; columns: ChosenColumns; dateFormats: string[]; currency: string | null }[];
  /** Those with an order day; customers with nothing but returns are not among them. */
  customers: number;
  /** Order days: several orders of one customer on one day are one. */
  orders: number;
  firstOrderOn: string;
  lastOrderOn: string;
  triples: number;
  valueBasis: 'margin' | 'revenue';
  /** Lines with a negative amount, netted within their day. */
  returns: { lines: number; amount: number };
  /** Customers of these returns who have no order day. */
  returnsOnly: ReturnsOnly;
  model: FitReport & { wanted: WantedModel; inUse: Rule['name'] };
  /** The naive rule (same rate as before) stands in for a model that cannot be trusted here. */
  naiveInPlace: boolean;
  naiveReason: NaiveReason | null;
  spendModel: FitReport & { inUse: 'gamma-gamma' | 'regression' | 'own-mean' };
  /** A regression of spend that was tried; null where none was. */
  spendRegression: ValuationSpendRegression | null;
  /** What the attributes that were asked for say; null where none were. */
  attributes: ValuationAttributes | null;
  /** Customers for whom the files give two values of an attribute, with an example. */
  twoValues: readonly TwoValues[];
  totals: PortfolioTotals;
  rfmCuts: RfmCuts;
  backtest?: BacktestSummary;
  /** Every model and naive rule that was compared, how the choice fell, and what it looks like: as on a run's card. */
  candidates: ReportedCandidate[];
  choice: ModelChoice;
  plots: ValuationPlots | null;
  history: ValuationHistory;
  doubts: Doubt[];
  seconds: Record<'read' | 'features' | 'fit' | 'score' | 'write', number>;
  peakMemoryMb: number;
}

interface ValuationParts {
  settings: {
    unit: TimeUnit;
    horizon: number;
    discountRate: number;
    wanted: WantedModel;
    terms: ValueTerms;
  };
  ownLossCustomers: number | null;
  days: { asOfDay: number; calibrationEnd: number | null };
  lake: Lake;
  extract: Extract | null;
  counts: FeatureCounts;
  returnsOnly: ReturnsOnly;
  triples: Triples;
  fitted: FittedModels;
  tested: Backtest | null;
  plots: ValuationPlots | null;
  look: LookBack;
  isScoredOnCells: boolean;
  attributes: ValuationAttributes | null;
  twoValues: readonly TwoValues[];
  totals: PortfolioTotals;
  cuts: RfmCuts;
  seconds: ValuationReport['seconds'];
}

function backtestSummary(tested: Backtest): BacktestSummary {
  return {
    calibrationEnd: isoDateOf(tested.calibrationEndDay),
    holdoutEnd: isoDateOf(tested.holdoutEndDay),
    customers: tested.customers,
    actualOrders: tested.actualTotal,
    modelName: tested.modelName,
    model: tested.model,
    naive: tested.naive,
    calibration: tested.calibration,
    betterError: tested.betterError,
    betterRank: tested.betterRank,
    fit: tested.fit === null ? null : fitReport(tested.fit),
  };
}

function spendModelOf({ spend, spendModel, isRegressed }: FittedModels): ValuationReport['spendModel'] {
  const report = fitReport(spend);
  if (spendModel === null) return { ...report, inUse: 'own-mean' };
  if (!isRegressed) return { ...report, inUse: 'gamma-gamma' };
  // What the regression takes up is no warning any more.
  const warnings = report.warnings.filter((warning) => warning !== 'spend-correlates-with-frequency');
  return { ...report, warnings, inUse: 'regression' };
}

function spendRegressionOf({ spendRegression, isRegressed }: FittedModels): ValuationSpendRegression | null {
  if (spendRegression === null) return null;
  const { parameters, coefficients, likelihoodRatio, rankCorrelation, logLikelihood, plain, reason } =
    spendRegression;
  return {
    inUse: isRegressed,
    reason,
    parameters: { ...parameters },
    coefficients: coefficients.map(({ name, estimate, standardError, lower, upper, pValue }) => ({
      name,
      estimate,
      standardError,
      lower,
      upper,
      pValue,
    })),
    likelihoodRatio,
    rankCorrelation: rankCorrelation.correlation,
    logLikelihood,
    plainLogLikelihood: plain.logLikelihood,
  };
}

export function reportValuation(parts: ValuationParts): ValuationReport {
  const { settings, extract, lake, counts, fitted, tested, look } = parts;
  const { rule } = fitted;
  const outcome = { wanted: settings.wanted, fitted, tested };
  const sum = (pick: 'returnLines' | 'returnMinor'): number =>
    lake.manifest.totals.reduce((total, bucket) => total + bucket[pick], 0);
  const purchase = fitReport(fitted.purchase.fit);
  return {
    asOf: isoDateOf(parts.days.asOfDay),
    timeUnit: settings.unit,
    horizon: settings.horizon,
    discountRate: settings.discountRate,
    isForever: settings.terms.isForever,
    costs: settings.terms.costs ?? (parts.ownLossCustomers === null ? null : NO_COSTS),
    ownLossCustomers: parts.ownLossCustomers,
    rows: rowsOf({ lake, extract }),
    rejects: extract?.rejects ?? [],
    columns: (extract?.files ?? []).map(({ name, columns, plan }) => ({
      file: name,
      columns,
      dateFormats: plan.dateFormats.map((format) => format.name),
      currency: plan.currency,
    })),
    customers: counts.customers,
    orders: counts.orderDays,
    firstOrderOn: isoDateOf(counts.firstDay),
    lastOrderOn: isoDateOf(counts.lastDay),
    triples: parts.triples.size,
    valueBasis: extract?.files.some((file) => file.columns.margin !== undefined) ? 'margin' : 'revenue',
    returns: { lines: sum('returnLines'), amount: sum('returnMinor') / 100 },
    returnsOnly: parts.returnsOnly,
    model: {
      ...purchase,
      reason: purchase.reason ?? fitted.purchase.reason,
      wanted: settings.wanted,
      inUse: rule.name,
    },
    naiveInPlace: rule.name === 'naive',
    naiveReason: rule.naiveReason,
    spendModel: spendModelOf(fitted),
    spendRegression: spendRegressionOf(fitted),
    attributes: parts.attributes,
    twoValues: parts.twoValues,
    totals: parts.totals,
    rfmCuts: { ...parts.cuts, monetary: parts.cuts.monetary.map((cut) => cut / 100) },
    ...(tested === null ? {} : { backtest: backtestSummary(tested) }),
    candidates: candidatesOf(outcome),
    choice: choiceOf(outcome),
    plots: parts.plots,
    history: look.history,
    doubts: doubtsOf(outcome, look.history, parts),
    seconds: parts.seconds,
    // maxRSS is in kB.
    peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}
