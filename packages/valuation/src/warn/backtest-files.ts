import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../engine/engine.js';
import { openEngine } from '../engine/open-engine.js';
import { extractFiles } from '../lake/extract-files.js';
import type { ChosenColumns } from '../lake/plan-columns.js';
import { writeRejects } from '../lake/write-rejects.js';
import type { ValuationReport } from '../models/report-valuation.js';
import type { ValuationRequest } from '../value-customers.js';
import { backtestDetectors, type DetectorBacktest } from './backtest-detectors.js';
import type { LakeDetector } from './lake-detector.js';

interface BacktestRequest {
  source: Extract<ValuationRequest['source'], { kind: 'files' }>;
  detectors: readonly LakeDetector[];
  rejects?: string | undefined;
  signal?: AbortSignal | undefined;
}

interface BacktestOfFiles {
  files: Pick<ValuationReport, 'rows' | 'rejects'> & { columns: { file: string; columns: ChosenColumns }[] };
  reports: DetectorBacktest[];
}

async function work(
  engine: Engine,
  folder: string,
  request: BacktestRequest,
  careful = false,
): Promise<BacktestOfFiles> {
  const { source, signal } = request;
  const read = await extractFiles(engine, source.paths, {
    columns: source.columns ?? {},
    dateFormat: source.dateFormat,
    timeZone: source.timeZone ?? 'Asia/Shanghai',
    overrides: source.overrides,
    folder,
    careful,
    signal,
  });
  if (request.rejects !== undefined) await writeRejects(engine, read.rows.rejected, request.rejects);
  const reports = await backtestDetectors(engine, read.lake, request.detectors);
  if (!careful && read.hasFastFile) {
    // The fast way does not look at blanks around ids: 'A' and ' A' are one customer.
    const [blanks] = await engine.numbers(
      `SELECT CAST(count(*) AS DOUBLE) FROM warn_customer WHERE customer_id <> ${engine.dialect.trimmed('customer_id')}`,
    );
    if (blanks![0]! > 0) return work(engine, folder, request, true);
  }
  const { rows, rejects, files } = read;
  return {
    files: { rows, rejects, columns: files.map(({ name, columns }) => ({ file: name, columns })) },
    reports,
  };
}

/** Back-test of detectors on order files. CodedError tabular.*, valuation.*, alerts.history_short; bad rows do not stop good ones. */
export async function backtestFiles(request: BacktestRequest): Promise<BacktestOfFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'kezi-warn-'));
  let engine: Engine | null = null;
  try {
    engine = await openEngine({ tempFolder: folder, memoryMb: 640, threads: 2, signal: request.signal });
    return await work(engine, folder, request);
  } finally {
    engine?.close();
    await rm(folder, { recursive: true, force: true });
  }
}
