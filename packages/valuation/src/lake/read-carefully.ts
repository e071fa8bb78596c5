import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LINE_COLUMN, toUtf8Csv } from '@kezi/tabular';
import type { OrderFile } from './plan-file.js';
import type { LakeFile } from './lake-manifest.js';
import { mendLine, type LineTexts } from './mend-line.js';
import { attributeColumn, lineExpressions, withLineColumns } from './order-line-sql.js';
import { ORDER_ROLES, type OrderRole } from './plan-columns.js';
import { BAD_BUCKET, lineQuery, type Reading } from './read-plainly.js';
import { writeBucketFiles } from './write-lake.js';

/** Start of a value that is kept with a reject. */
const TEXT_KEPT = 200;

/** Copies a file to plain CSV with line numbers; broken rows go to the log. Parquet needs no copy. */
async function plainRelation(file: OrderFile, { engine, log, options }: Reading): Promise<string> {
  if (file.sniffed.format === 'parquet') return engine.dialect.parquet([file.path], true);
  const copy = join(options.folder, 'transcoded.csv');
  await toUtf8Csv(file.path, file.sniffed, copy, {
    signal: options.signal,
    onBad: (bad) =>
      log.add(file.name, {
        line: bad.line,
        column: bad.column === undefined ? null : bad.column + 1,
        code: bad.code,
        text: bad.text.slice(0, TEXT_KEPT),
      }),
  });
  return engine.dialect.csv({
    path: copy,
    delimiter: ',',
    quote: '"',
    header: true,
    gzip: false,
    columns: [
      { name: LINE_COLUMN, type: 'bigint' },
      ...file.names.map((name) => ({ name, type: 'text' as const })),
    ],
  });
}

/**
 * Reads any file row by row where needed: good rows go through the engine, each row that its casts do not understand is
 * read by the rules of @kezi/tabular and either mended or rejected with line, column and reason.
 */
export async function readCarefully(file: OrderFile, reading: Reading): Promise<LakeFile[]> {
  const { engine, lake } = reading;
  const { dialect } = engine;
  const { columns, attributes, plan } = file;
  const relation = await plainRelation(file, reading);
  const textOf = (index: number): string => `CAST(${dialect.identifier(file.names[index]!)} AS VARCHAR)`;
  const line = lineExpressions({ dialect, columns, attributes, plan, nameOf: textOf, trim: true });
  const lines = lineQuery(engine, lake.manifest.buckets, relation, line);
  const good = await writeBucketFiles(
    engine,
    lake.folder,
    `SELECT * FROM (${lines}) WHERE bucket <> ${BAD_BUCKET}`,
    {
      generation: reading.generation + 1,
      durable: false,
    },
  );
  const roles = ORDER_ROLES.filter((role) => columns[role] !== undefined);
  const texts = roles.map((role) => textOf(columns[role]!.index));
  const kept = line.attributes.map(({ name }) => `, ${name} VARCHAR`).join('');
  await engine.run(
    `CREATE OR REPLACE TABLE mended (customer_id VARCHAR, day INTEGER, amount_minor BIGINT${kept})`,
  );
  const wanted = [...texts, ...line.attributes.map(({ name }) => name)].join(', ');
  const bad = `SELECT CAST(${LINE_COLUMN} AS DOUBLE), ${wanted} FROM ${withLineColumns(relation, line)} WHERE (${line.good}) IS NOT TRUE`;
  const mended = await mendRows(file, reading, bad, roles);
  if (mended === 0) return good;
  const bucket = lake.manifest.buckets === 1 ? '0' : dialect.bucketOf('customer_id', lake.manifest.buckets);
  const late = await writeBucketFiles(engine, lake.folder, `SELECT *, ${bucket} AS bucket FROM mended`, {
    generation: reading.generation + 2,
    durable: false,
  });
  await engine.run('DROP TABLE mended');
  await rm(join(reading.options.folder, 'transcoded.csv'), { force: true });
  return [...good, ...late];
}

/** Streams the rows that were not understood through the careful reader. Answers how many could be mended. */
async function mendRows(
  file: OrderFile,
  reading: Reading,
  query: string,
  roles: readonly OrderRole[],
): Promise<number> {
  const { engine, log } = reading;
  const { columns, plan } = file;
  let mended = 0;
  for await (const chunk of engine.stream(query)) {
    const [lineNumbers, ...columnsOfText] = chunk.columns as [Float64Array, ...(string | null)[][]];
    const customers: string[] = [];
    const days: number[] = [];
    const amounts: number[] = [];
    const attributes = file.attributes.map((): string[] => []);
    for (let i = 0; i < chunk.size; i++) {
      const texts: LineTexts = {};
      roles.forEach((role, k) => (texts[role] = columnsOfText[k]![i] ?? ''));
      const line = mendLine(texts, columns, plan);
      if (line.ok) {
        customers.push(line.customer);
        days.push(line.day);
        amounts.push(line.amountMinor);
        attributes.forEach((values, k) => values.push(columnsOfText[roles.length + k]![i] ?? ''));
      } else {
        log.add(file.name, {
          line: lineNumbers[i]!,
          column: columns[line.role]!.index + 1,
          code: line.code,
          text: (texts[line.role] ?? '').slice(0, TEXT_KEPT),
        });
      }
    }
    mended += customers.length;
    await engine.append('mended', [
      { name: 'customer_id', type: 'text', values: customers },
      { name: 'day', type: 'integer', values: Float64Array.from(days) },
      { name: 'amount_minor', type: 'bigint', values: Float64Array.from(amounts) },
      ...attributes.map((values, k) => ({ name: attributeColumn(k), type: 'text' as const, values })),
    ]);
    await log.flush(false);
  }
  return mended;
}
