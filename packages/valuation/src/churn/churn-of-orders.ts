import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '@kezi/contract/errors';
import type { Engine } from '../engine/engine.js';
import { openEngine } from '../engine/open-engine.js';
import { lakeOfSource, rowsOf, type OpenedSource, type OrderSource } from '../lake/lake-of-source.js';
import type { ChosenColumns } from '../lake/plan-columns.js';
import { writeRejects } from '../lake/write-rejects.js';
import { planDays } from '../models/plan-days.js';
import type { ValuationReport } from '../models/report-valuation.js';
import { openThreads } from '../threads/open-threads.js';
import { histogramsOn } from '../threads/tree-threads.js';
import type { ClassifierName } from './churn-classifier.js';
import type { ChurnModel } from './churn-model.js';
import { learnSilence, type SilenceReport } from './learn-silence.js';
import { isoDateOf } from '../features/day-number.js';
import { buildCut, cutQuery } from './silence-features.js';
import { silenceWindow, type SilenceWindow } from './silence-window.js';
import { scoreAll, scoredBatches, type ChurnBatch, type ChurnScores } from './scored-batches.js';
import { checkOut, writeChurnScores } from './write-churn-scores.js';

interface ChurnOfOrdersRequest {
  source: OrderSource;
  /** ISO date; default: the last order day. */
  asOf?: string | undefined;
  silenceDays?: number | undefined;
  model: ClassifierName | 'auto';
  seed: number;
  /** A model learnt before: nothing is learnt then, everybody is scored. */
  applied?: ChurnModel | undefined;
  /** One row a customer: .csv, .parquet or .xlsx. */
  out?: string | undefined;
  /** Receives everybody's scores in batches, by customer id; awaited. */
  onScores?: ((scores: ChurnScores) => Promise<void>) | undefined;
  /** Parent of a folder for what does not fit into memory; removed at the end. Default: the system's. */
  workFolder?: string | undefined;
  rejects?: string | undefined;
  /** Memory for the engine; the process takes about 300 MB more. Default 640. */
  memoryMb?: number | undefined;
  threads?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** What the files held. */
type FilesReport = Pick<ValuationReport, 'rows' | 'rejects'> & {
  columns: { file: string; columns: ChosenColumns }[];
};

/** Customers scored by a model learnt before. */
export interface AppliedReport {
  kind: 'silence';
  asOf: string;
  silenceDays: number;
  customers: number;
}

export interface ChurnOfOrders {
  model: ChurnModel;
  files: FilesReport;
  report: SilenceReport | AppliedReport;
  /** Mean probability of all customers as of today. */
  expectedRate: number | null;
}

interface Prepared {
  read: OpenedSource;
  asOfDay: number;
  silence: SilenceWindow;
  customers: number;
}

/** Customers as of today, in the table `churn_now`. Read again with care when the fast way missed blanks around ids. */
async function prepare(
  engine: Engine,
  folder: string,
  request: ChurnOfOrdersRequest,
  careful = false,
): Promise<Prepared> {
  const { source, signal, applied } = request;
  const read = await lakeOfSource(engine, source, { folder, careful, signal });
  const { lake, extract } = read;
  if (request.rejects !== undefined && extract !== null)
    await writeRejects(engine, extract.rows.rejected, request.rejects);
  const { lastDay } = planDays(lake, { asOf: request.asOf });
  const days = lake.manifest.totals.map((totals) => [totals.firstDay, totals.lastDay] as const);
  const asOfDay = lastDay ?? Math.max(...days.map(([, last]) => last));
  const firstDay = Math.min(...days.map(([first]) => first));
  const silence: SilenceWindow =
    applied === undefined
      ? await silenceWindow(engine, lake, { firstDay, asOfDay }, request.silenceDays)
      : { days: applied.silenceDays!, from: 'asked', rhythmDays: null };
  await buildCut(engine, lake, 'churn_now', { day: asOfDay, window: silence.days, perMille: 1000 });
  const [counts, blanks] = await engine.numbers(
    `SELECT CAST(count(*) AS DOUBLE), CAST(count(CASE WHEN ${engine.dialect.hasBlankEnds('customer_id')} THEN 1 END) AS DOUBLE) FROM churn_now`,
  );
  if (!careful && extract?.hasFastFile === true && blanks![0]! > 0)
    return prepare(engine, folder, request, true);
  if (counts![0] === 0) throw new CodedError('valuation.no_orders');
  return { read, asOfDay, silence, customers: counts![0]! };
}

async function* customersOf(engine: Engine): AsyncGenerator<ChurnBatch> {
  for await (const { columns } of engine.stream(cutQuery('churn_now'))) {
    const [ids, ...features] = columns as [string[], ...Float64Array[]];
    yield { ids, columns: features };
  }
}

async function learnOrApply(
  engine: Engine,
  prepared: Prepared,
  request: ChurnOfOrdersRequest,
): Promise<{ model: ChurnModel; report: SilenceReport | AppliedReport }> {
  const { read, asOfDay, silence, customers } = prepared;
  const { applied } = request;
  if (applied !== undefined) {
    const report = {
      kind: 'silence' as const,
      asOf: isoDateOf(asOfDay),
      silenceDays: silence.days,
      customers,
    };
    return { model: applied, report };
  }
  const threads = await openThreads(request.threads);
  try {
    return await learnSilence(engine, read.lake, {
      asOfDay,
      silence,
      customers,
      model: request.model,
      seed: request.seed,
      histograms: histogramsOn(threads),
    });
  } finally {
    await threads.close();
  }
}

/**
 * Orders in, who falls silent out: learns at an earlier day, tests at a later one, scores everybody as of today. Every
 * order is worked on inside the engine, a bucket at a time. CodedError tabular.*, valuation.*, churn.*; bad rows do not stop
 * good ones. The same input and seed give the same bytes.
 */
export async function churnOfOrders(request: ChurnOfOrdersRequest): Promise<ChurnOfOrders> {
  if (request.out !== undefined) checkOut(request.out);
  const folder = await mkdtemp(join(request.workFolder ?? tmpdir(), 'kezi-churn-'));
  let engine: Engine | null = null;
  try {
    engine = await openEngine({
      tempFolder: folder,
      memoryMb: request.memoryMb ?? 640,
      threads: request.threads ?? 2,
      signal: request.signal,
    });
    const prepared = await prepare(engine, folder, request);
    const { model, report } = await learnOrApply(engine, prepared, request);
    const opened = engine;
    const source = (): AsyncGenerator<ChurnBatch> => customersOf(opened);
    const probability = await scoreAll(model, source);
    if (request.out !== undefined) await writeChurnScores(model, source, probability, request.out);
    if (request.onScores !== undefined)
      for await (const scores of scoredBatches(model, source, probability)) await request.onScores(scores);
    const { extract } = prepared.read;
    return {
      model,
      report,
      expectedRate: probability.reduce((sum, p) => sum + p, 0) / probability.length,
      files: {
        rows: rowsOf(prepared.read),
        rejects: extract?.rejects ?? [],
        columns: (extract?.files ?? []).map(({ name, columns }) => ({ file: name, columns })),
      },
    };
  } finally {
    engine?.close();
    await rm(folder, { recursive: true, force: true });
  }
}
