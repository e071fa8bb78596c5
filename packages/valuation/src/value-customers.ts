import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '@kezi/contract/errors';
import type { DateFormatName, SniffOverrides } from '@kezi/tabular';
import type { Engine } from './engine/engine.js';
import { openEngine } from './engine/open-engine.js';
import { buildFeatures, hasBlankEnds, type FeatureCounts } from './features/build-features.js';
import type { FeatureCut } from './features/customer-feature.js';
import { readOrderDays } from './features/order-days.js';
import { readSpend } from './features/spend.js';
import { readTriples } from './features/triple.js';
import { extractFiles, type Extract } from './lake/extract-files.js';
import { openLake, type Lake } from './lake/lake-manifest.js';
import type { WantedColumns } from './lake/plan-columns.js';
import { backtest, type Backtest, type BacktestOptions } from './models/backtest.js';
import { drawPlots } from './models/draw-plots.js';
import { fitModels, purchaseSummary } from './models/fit-models.js';
import type { WantedModel } from './models/fit-purchase.js';
import { lookBack } from './models/look-back.js';
import { planDays } from './models/plan-days.js';
import { defaultHorizon, discountPerUnit, type TimeUnit } from './models/time-unit.js';
import { reportValuation, type ValuationReport } from './models/report-valuation.js';
import { customerScoreQuery, storeTripleScores } from './scores/customer-score.js';
import { readRfmCuts } from './scores/rfm.js';
import { isScoredOnCells, scoreTriples } from './scores/score-triples.js';
import { totalValue } from './scores/total-value.js';
import { streamScores, type ScoreBatch } from './scores/stream-scores.js';
import { outFormatOf, writeScores } from './scores/write-scores.js';
import { writeRejects } from './lake/write-rejects.js';

export type ValuationStage = 'read' | 'features' | 'fit' | 'score' | 'write';

export interface ValuationSettings {
  /** ISO date the figures are true for. Default: the last order day. Later lines are left out. */
  asOf?: string | undefined;
  timeUnit?: TimeUnit | undefined;
  /** In time units. Default a year: 52 weeks, 365 days, 12 months. */
  horizon?: number | undefined;
  model?: WantedModel | undefined;
  /** A year. Default 0.10. */
  discountRate?: number | undefined;
  /** ISO date; 'quarter' holds out the last quarter of the history. Adds a back-test. */
  calibrationEnd?: string | undefined;
}

export interface ValuationRequest {
  /** Order files, or the folder of a lake that updateLake keeps. */
  source:
    | {
        kind: 'files';
        paths: readonly string[];
        columns?: WantedColumns;
        dateFormat?: DateFormatName | undefined;
        /** IANA zone in which instants (written with Z or an offset) become days. Default Asia/Shanghai. */
        timeZone?: string | undefined;
        overrides?: SniffOverrides | undefined;
      }
    | { kind: 'lake'; folder: string };
  settings?: ValuationSettings;
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

async function lakeOf(
  engine: Engine,
  folder: string,
  request: ValuationRequest,
  careful: boolean,
): Promise<{ lake: Lake; extract: Extract | null }> {
  const { source, signal, onProgress } = request;
  if (source.kind === 'lake') {
    const lake = await openLake(source.folder);
    if (lake === null) throw new CodedError('valuation.lake_damaged', { file: 'manifest.json' });
    return { lake, extract: null };
  }
  const extract = await extractFiles(engine, source.paths, {
    columns: source.columns ?? {},
    dateFormat: source.dateFormat,
    timeZone: source.timeZone ?? 'Asia/Shanghai',
    overrides: source.overrides,
    folder,
    careful,
    signal,
    onProgress: (share) => onProgress?.('read', share),
  });
  return { lake: extract.lake, extract };
}

interface Prepared {
  lake: Lake;
  extract: Extract | null;
  days: FeatureCut;
  counts: FeatureCounts;
}

/** Lake and features. Read again with care when the fast way missed blanks around ids. */
async function prepare(
  engine: Engine,
  folder: string,
  request: ValuationRequest,
  lap: (stage: ValuationStage) => void,
  careful = false,
): Promise<Prepared> {
  const { lake, extract } = await lakeOf(engine, folder, request, careful);
  // Before anything can fail for want of orders: the rejects say why there are none.
  if (request.rejects !== undefined && extract !== null) {
    await writeRejects(engine, extract.rows.rejected, request.rejects);
  }
  const days = planDays(lake, request.settings ?? {});
  lap('read');
  const counts = await buildFeatures(engine, lake, days, (share) => request.onProgress?.('features', share));
  const missedBlanks = !careful && extract?.hasFastFile === true && (await hasBlankEnds(engine));
  lap('features');
  if (missedBlanks) return prepare(engine, folder, request, lap, true);
  return { lake, extract, days, counts };
}

/** The back-test, where an end of calibration was named. */
async function testedOn(
  engine: Engine,
  options: Omit<BacktestOptions, 'calibrationEndDay' | 'periodStartDay'> & { days: FeatureCut },
): Promise<Backtest | null> {
  const { days, ...rest } = options;
  if (days.calibrationEnd === null) return null;
  return backtest(engine, {
    ...rest,
    calibrationEndDay: days.calibrationEnd,
    periodStartDay: days.periodStart ?? days.calibrationEnd,
  });
}

async function valueWith(
  engine: Engine,
  folder: string,
  request: ValuationRequest,
): Promise<ValuationReport> {
  const settings = request.settings ?? {};
  const unit = settings.timeUnit ?? 'week';
  const model = settings.model ?? 'auto';
  const horizon = settings.horizon ?? defaultHorizon[unit];
  const discountRate = settings.discountRate ?? 0.1;
  const { seconds, lap } = stopwatch();

  const { lake, extract, days, counts } = await prepare(engine, folder, request, lap);
  const asOfDay = days.lastDay ?? counts.lastDay;
  const triples = await readTriples(engine, asOfDay);
  const summary = purchaseSummary(triples, unit);
  lap('features');

  const orderDays = await readOrderDays(engine, lake, days, counts.customers);
  const tested = await testedOn(engine, {
    days,
    asOfDay,
    unit,
    model,
    customers: counts.customers,
    orderDays,
  });
  const fitted = fitModels(summary, await readSpend(engine), model, tested);
  const plots = drawPlots(tested, orderDays, unit);
  const look = lookBack(fitted, tested, orderDays, { asOfDay, unit, horizon });
  lap('fit');

  const scores = await scoreTriples(fitted.rule, summary, {
    horizon,
    discountPerUnit: discountPerUnit(discountRate, unit),
    spend: fitted.spendModel,
    longestWait: 10 * defaultHorizon[unit],
    correction: look.correction,
    threads: request.threads ?? 2,
  });
  const totals = totalValue(triples, summary, scores, fitted, horizon);
  const cuts = await readRfmCuts(engine, asOfDay);
  await storeTripleScores(engine, triples, scores, unit);
  const scored = { asOfDay, unit, spend: fitted.spendModel, cuts };
  lap('score');

  if (request.out !== undefined) {
    await writeScores(engine, customerScoreQuery(engine, scored), request.out, outFormatOf(request.out));
  }
  if (request.onScores !== undefined) {
    await streamScores(engine, customerScoreQuery(engine, { ...scored, withSpread: true }), request.onScores);
  }
  request.signal?.throwIfAborted();
  lap('write');

  return reportValuation({
    settings: { unit, horizon, discountRate, wanted: model },
    days: { asOfDay, calibrationEnd: days.calibrationEnd },
    lake,
    extract,
    counts,
    triples,
    fitted,
    tested,
    plots,
    look,
    isScoredOnCells: isScoredOnCells(fitted.rule, summary),
    totals,
    cuts,
    seconds,
  });
}
