import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { inertCell } from '@kezi/tabular';
import type { Engine, NewColumn } from '../engine/engine.js';
import { openEngine } from '../engine/open-engine.js';
import { outFormatOf, writeWhole } from '../scores/write-scores.js';
import { writeWorkbook } from '../scores/write-workbook.js';
import type { ChurnModel } from './churn-model.js';
import { REASONS, scoredBatches, type ChurnScores, type ChurnSource } from './scored-batches.js';

const numbers = Array.from({ length: REASONS }, (_, k) => k + 1);

const cell = (text: string): string => {
  const inert = inertCell(text);
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
};

async function* csvLines(scores: AsyncIterable<ChurnScores>): AsyncGenerator<string> {
  const reasons = numbers.map((k) => `reason_${k},value_${k},contribution_${k}`).join(',');
  yield `id,probability,tenth,log_odds,${reasons}\n`;
  for await (const { ids, probability, logOdds, tenth, reasons: all } of scores) {
    const lines = ids.map((id, i) => {
      const start = `${cell(id)},${probability[i]!.toFixed(6)}`;
      if (tenth === null) return `${start},,${',,,'.repeat(REASONS)}\n`;
      const own = all[i]!.map(
        ({ feature, value, contribution }) => `${cell(feature)},${cell(value)},${contribution.toFixed(4)}`,
      );
      while (own.length < REASONS) own.push(',,');
      return `${start},${tenth[i]!},${logOdds[i]!.toFixed(4)},${own.join(',')}\n`;
    });
    yield lines.join('');
  }
}

const rounded = (values: Iterable<number>, digits: number): Float64Array =>
  Float64Array.from(values, (value) => Number(value.toFixed(digits)));

/** A batch as columns of a table; under a model that is not to be trusted all but id and probability are null. */
function columnsOf({ ids, probability, logOdds, tenth, reasons }: ChurnScores): NewColumn[] {
  const none = new Float64Array(ids.length).fill(Number.NaN);
  return [
    { name: 'id', type: 'text', values: ids },
    { name: 'probability', type: 'double', values: rounded(probability, 6) },
    { name: 'tenth', type: 'integer', values: tenth === null ? none : Float64Array.from(tenth) },
    { name: 'log_odds', type: 'double', values: tenth === null ? none : rounded(logOdds, 4) },
    ...numbers.flatMap((k): NewColumn[] => {
      const own = ids.map((_, i) => reasons[i]?.[k - 1]);
      return [
        { name: `reason_${k}`, type: 'text', values: own.map((reason) => reason?.feature ?? null) },
        { name: `value_${k}`, type: 'text', values: own.map((reason) => reason?.value ?? null) },
        {
          name: `contribution_${k}`,
          type: 'double',
          values: rounded(
            own.map((reason) => reason?.contribution ?? Number.NaN),
            4,
          ),
        },
      ];
    }),
  ];
}

const sheetOf = (columns: readonly NewColumn[]) =>
  columns.map(({ name, type }) => ({ name, isText: type === 'text' }));

/** Memory for the table that becomes a workbook or a Parquet file. */
const MEMORY_MB = 256;

async function writeTable(
  scores: AsyncIterable<ChurnScores>,
  path: string,
  format: 'parquet' | 'xlsx',
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'kezi-churn-out-'));
  let engine: Engine | null = null;
  try {
    const opened = await openEngine({ tempFolder: folder, memoryMb: MEMORY_MB, threads: 1, ordered: true });
    engine = opened;
    let columns: NewColumn[] = [];
    for await (const batch of scores) {
      columns = columnsOf(batch);
      await opened.append('churn_score', columns);
    }
    const query = 'SELECT * FROM churn_score';
    await writeWhole(path, (aside) =>
      format === 'xlsx'
        ? writeWorkbook(opened, { query, countFrom: 'churn_score', columns: sheetOf(columns) }, aside)
        : opened.run(opened.dialect.copyToFile(query, aside, format)),
    );
  } finally {
    engine?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** CodedError valuation.out_format unless the file's name says CSV, Parquet or Excel. */
export function checkOut(path: string): void {
  outFormatOf(path);
}

/**
 * Writes one row a customer: probability, tenth (1 is the most likely to leave), and the three features that move him most,
 * with their exact contributions to his log odds. A model that is not to be trusted gives the rate of all, and no reasons.
 */
export async function writeChurnScores(
  model: ChurnModel,
  source: ChurnSource,
  probability: Float64Array,
  path: string,
): Promise<void> {
  const scores = scoredBatches(model, source, probability);
  const format = outFormatOf(path);
  if (format !== 'csv') return writeTable(scores, path, format);
  await writeWhole(path, (aside) => pipeline(Readable.from(csvLines(scores)), createWriteStream(aside)));
}
