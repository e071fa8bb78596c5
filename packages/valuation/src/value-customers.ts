import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '@kezi/contract/errors';
import { prepareGroups, type PreparedGroups } from './attributes/prepare-groups.js';
import { attributeNames, type WantedAttributes } from './attributes/wanted-attributes.js';
import { allSettled } from './engine/all-settled.js';
import type { Engine } from './engine/engine.js';
import { openEngine } from './engine/open-engine.js';
import { buildFeatures, hasBlankEnds, type FeatureCounts } from './features/build-features.js';
import { readCreditLosses, readOwnLosses, type OwnLosses } from './features/credit-losses.js';
import { countReturnsOnly } from './features/returns-only.js';
import type { FeatureCut } from './features/customer-feature.js';
import { readOrderDays } from './features/order-days.js';
import { readTriples, type Triples } from './features/triple.js';
import type { Extract } from './lake/extract-files.js';
import type { Lake } from './lake/lake-manifest.js';
import { lakeOfSource, type OrderSource } from './lake/lake-of-source.js';
import { fitHistory } from './models/fit-history.js';
import { purchaseSummary } from './models/fit-models.js';
import type { WantedModel } from './models/fit-purchase.js';
import { hasCovariates } from './models/fit-groups.js';
import { spendScales, type WantedSpend } from './models/fit-spend.js';
import { planDays } from './models/plan-days.js';
import {
  daysPerUnit,
  daysPerYear,
  defaultHorizon,
  discountPerUnit,
  type TimeUnit,
} from './models/time-unit.js';
import { reportAttributes } from './models/report-attributes.js';
import { reportValuation, type ValuationReport } from './models/report-valuation.js';
import { customerScoreQuery, storeTripleScores } from './scores/customer-score.js';
import { readRfmCuts } from './scores/rfm.js';
import { scoreRun } from './scores/score-run.js';
import { spendOfTriples, totalValue, valueOfTriples } from './scores/total-value.js';
import { streamScores, type ScoreBatch } from './scores/stream-scores.js';
import { outFormatOf, writeScores } from './scores/write-scores.js';
import { horizonOfForever } from './scores/score-forever.js';
import {
  checkTerms,
  costsOf,
  deductionsOf,
  discountedLength,
  type ValueTerms,
  type WantedCosts,
} from './scores/value-terms.js';
import { writeRejects } from './lake/write-rejects.js';

export type ValuationStage = 'read' | 'features' | 'fit' | 'score' | 'write';

export interface ValuationSettings extends WantedAttributes {
  /** ISO date the figures are true for. Default: the last order day. Later lines are left out. */
  asOf?: string | undefined;
  timeUnit?: TimeUnit | undefined;
  /** In time units. Default a year: 52 weeks, 365 days, 12 months. */
  horizon?: number | undefined;
  model?: WantedModel | undefined;
  /** Default 'auto': a regression where spend goes with how often customers order. */
  spend?: WantedSpend | undefined;
  /** A year. Default 0.10. */
  discountRate?: number | undefined;
  /** Values all orders to come, however late, in place of those of the horizon. Needs a discount rate above 0. */
  isForever?: boolean | undefined;
  /** What is deducted from the value of orders. */
  costs?: WantedCosts | undefined;
  /** ISO date; 'quarter' holds out the last quarter of the history. Adds a back-test. */
  calibrationEnd?: string | undefined;
}

export interface ValuationRequest {
  source: OrderSource;
  settings?: ValuationSettings;
  /**
   * Headerless CSV with the customers whose own expected credit loss is known: customer id, share of their orders. It stands in the
   * place of the share of the run.
   */
  creditLosses?: string | undefined;
  /** Where scores go: .csv, .parquet or .xlsx. */
  out?: string | undefined;
  /** Where rejected rows go, as CSV. Only for files. */
  rejects?: string | undefined;
  /** Receives the scores in batches, by customer id; awaited. */
  onScores?: ((batch: ScoreBatch) => Promise<void>) | undefined;
  /** Parent of a folder for what does not fit into memory; removed at the end. Default: the system's. */
  workFolder?: string | undefined;
  /** Memory for the engine; the process takes about 300 MB more. Default 640. */
  memoryMb?: number | undefined;
  /** Default 2. */
  threads?: number | undefined;
  signal?: AbortSignal | undefined;
  /** Share of a stage that is done, 0 to 1. */
  onProgress?: ((stage: ValuationStage, share: number) => void) | undefined;
}

/** Seconds by stage, measured as the stages follow each other. */
function stopwatch(): { seconds: Record<ValuationStage, number>; lap: (stage: ValuationStage) => void } {
  const seconds = { read: 0, features: 0, fit: 0, score: 0, write: 0 };
  let last = performance.now();
  const lap = (stage: ValuationStage): void => {
    const now = performance.now();
    seconds[stage] += Math.round(now - last) / 1000;
    last = now;
  };
  return { seconds, lap };
}

/**
 * Orders in, scores out: lake, features, models, scores, in this order. Throws CodedError (tabular.*, valuation.*) for
 * input that cannot be valued; bad rows do not stop good ones. Aborting rejects with the signal's reason and leaves
 * no half-written file. The same input gives the same bytes.
 */
export async function valueCustomers(request: ValuationRequest): Promise<ValuationReport> {
  if (request.out !== undefined) outFormatOf(request.out);
  checkWanted(request.settings ?? {});
  const folder = await mkdtemp(join(request.workFolder ?? tmpdir(), 'kezi-value-'));
  let engine: Engine | null = null;
  try {
    engine = await openEngine({
      tempFolder: folder,
      memoryMb: request.memoryMb ?? 640,
      threads: request.threads ?? 2,
      signal: request.signal,
    });
    return await valueWith(engine, folder, request);
  } finally {
    engine?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A year, where nobody says. */
const DISCOUNT = 0.1;

const termsOf = ({ isForever, costs }: ValuationSettings): ValueTerms => ({
  isForever: isForever ?? false,
  costs: costsOf(costs),
});

/** CodedError for settings that do not go together, before anything is read. */
function checkWanted(settings: ValuationSettings): void {
  checkTerms(termsOf(settings), settings.discountRate ?? DISCOUNT);
  const names = attributeNames(settings);
  const { model = 'auto', covariates = [] } = settings;
  if (names.length === 0 || model === 'auto') return;
  const isTaken = covariates.length > 0 ? hasCovariates(model) : model !== 'naive';
  if (!isTaken) throw new CodedError('valuation.model_takes_no_attributes', { model });
}

interface Prepared {
  lake: Lake;
  extract: Extract | null;
  days: FeatureCut;
  counts: FeatureCounts;
  attributes: PreparedGroups | null;
}

/** Lake and features. Read again with care when the fast way missed blanks around ids. */
async function prepare(
  engine: Engine,
  folder: string,
  request: ValuationRequest,
  lap: (stage: ValuationStage) => void,
  careful = false,
): Promise<Prepared> {
  const { source, signal, onProgress } = request;
  const { lake, extract } = await lakeOfSource(engine, source, {
    folder,
    careful,
    attributes: attributeNames(request.settings ?? {}),
    signal,
    onProgress: (share) => onProgress?.('read', share),
  });
  // Before anything can fail for want of orders: the rejects say why there are none.
  if (request.rejects !== undefined && extract !== null) {
    await writeRejects(engine, extract.rows.rejected, request.rejects);
  }
  const days = planDays(lake, request.settings ?? {});
  lap('read');
  const counts = await buildFeatures(engine, lake, days, (share) => onProgress?.('features', share));
  const missedBlanks = !careful && extract?.hasFastFile === true && (await hasBlankEnds(engine));
  lap('features');
  if (missedBlanks) return prepare(engine, folder, request, lap, true);
  const attributes = await prepareGroups(engine, lake, request.settings ?? {}, {
    lastDay: days.lastDay,
    file: source.kind === 'lake' ? source.attributes : undefined,
  });
  return { lake, extract, days, counts, attributes };
}

/** Writes the scores to the file, and hands them over, as far as either was asked for. */
async function handOver(
  engine: Engine,
  { out, onScores, signal }: ValuationRequest,
  scored: Parameters<typeof customerScoreQuery>[1],
): Promise<void> {
  if (out !== undefined) {
    const query = customerScoreQuery(engine, scored);
    await writeScores(engine, query, out, outFormatOf(out), scored.deductions !== null);
  }
  if (onScores !== undefined)
    await streamScores(engine, customerScoreQuery(engine, { ...scored, withSpread: true }), onScores);
  signal?.throwIfAborted();
}

/** Settings with what stands for those that nobody chose. */
function chosenOf({ settings = {}, creditLosses }: ValuationRequest) {
  const unit = settings.timeUnit ?? 'week';
  const model = settings.model ?? 'auto';
  const horizon = settings.horizon ?? defaultHorizon[unit];
  const discountRate = settings.discountRate ?? DISCOUNT;
  const perUnit = discountPerUnit(discountRate, unit);
  const terms = termsOf(settings);
  const years = (discountedLength(horizon, perUnit) * daysPerUnit[unit]) / daysPerYear;
  const deductions = deductionsOf(terms.costs, years, creditLosses !== undefined);
  const valued = terms.isForever ? horizonOfForever(perUnit) : horizon;
  return { unit, model, horizon, valued, discountRate, perUnit, terms, deductions };
}

/** Own credit losses of the customers, where they were handed over. */
async function ownLosses(
  engine: Engine,
  { creditLosses, settings }: ValuationRequest,
  asOfDay: number,
  triples: Triples,
): Promise<OwnLosses | null> {
  if (creditLosses === undefined) return null;
  await readCreditLosses(engine, creditLosses);
  return readOwnLosses(engine, asOfDay, triples, settings?.costs?.creditLoss ?? 0);
}

async function valueWith(
  engine: Engine,
  folder: string,
  request: ValuationRequest,
): Promise<ValuationReport> {
  const settings = request.settings ?? {};
  const { unit, model, horizon, valued, discountRate, perUnit, terms, deductions } = chosenOf(request);
  const { seconds, lap } = stopwatch();

  const { lake, extract, days, counts, attributes } = await prepare(engine, folder, request, lap);
  const groups = attributes?.groups ?? null;
  const asOfDay = days.lastDay ?? counts.lastDay;
  const returnsOnly = await countReturnsOnly(engine, lake, days.lastDay);
  const orderDays = await readOrderDays(engine, lake, days, counts.customers);
  // Side by side: none of them keeps every core busy by itself.
  const [triples, cuts] = await allSettled([
    readTriples(engine, asOfDay, groups !== null),
    readRfmCuts(engine, asOfDay),
  ]);
  const summary = purchaseSummary(triples, unit);
  lap('features');

  const history = await fitHistory(
    engine,
    { summary, groups, group: triples.group, orderDays, days, asOfDay, customers: counts.customers },
    { unit, horizon, model, spend: settings.spend ?? 'auto', ridge: settings.ridge },
  );
  const { fitted, look } = history;
  lap('fit');

  const { scores, onCells } = await scoreRun(fitted, summary, triples.group, {
    horizon,
    discountPerUnit: perUnit,
    isForever: terms.isForever,
    spend: fitted.spendModel,
    longestWait: 10 * defaultHorizon[unit],
    correction: look.correction,
    threads: request.threads ?? 2,
  });
  const spendScale = spendScales(fitted, triples, groups);
  const losses = await ownLosses(engine, request, asOfDay, triples);
  const spend = spendOfTriples(triples, fitted.spendModel, spendScale, losses);
  const values = valueOfTriples(triples, scores, spend, deductions);
  const totals = totalValue(triples, summary, scores, fitted, valued, spend, deductions);
  await storeTripleScores(engine, triples, scores, unit, spendScale);
  lap('score');

  await handOver(engine, request, {
    asOfDay,
    unit,
    spend: fitted.spendModel,
    isRegressed: spendScale !== null,
    isGrouped: groups !== null,
    deductions,
    cuts,
  });
  lap('write');

  return reportValuation({
    settings: { unit, horizon, discountRate, wanted: model, terms },
    ownLossCustomers: losses?.customers ?? null,
    days: { asOfDay, calibrationEnd: days.calibrationEnd },
    lake,
    extract,
    counts,
    returnsOnly,
    triples,
    ...history,
    isScoredOnCells: onCells,
    attributes: attributes && reportAttributes({ ...attributes, ...history, triples, scores, values }),
    twoValues: attributes?.twoValues ?? [],
    totals,
    cuts,
    seconds,
  });
}
