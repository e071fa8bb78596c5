import { CodedError } from '@kezi/contract/errors';
import type { Engine } from '../engine/engine.js';
import type { Lake } from '../lake/lake-manifest.js';
import { bucketRelation } from '../lake/write-lake.js';
import { createFeatureTable, insertFeatures, type FeatureCut } from './customer-feature.js';

export interface FeatureCounts {
  customers: number;
  orderDays: number;
  firstDay: number;
  lastDay: number;
}

/** Fills the feature table, a bucket at a time on each core: memory follows the bucket, not the lake. */
export async function buildFeatures(
  engine: Engine,
  lake: Lake,
  cut: FeatureCut,
  onProgress?: (share: number) => void,
): Promise<FeatureCounts> {
  await engine.run(createFeatureTable());
  const statements: string[] = [];
  for (const totals of lake.manifest.totals) {
    const lines = bucketRelation(engine, lake, totals.bucket);
    if (lines !== null) statements.push(insertFeatures(lines, totals, cut));
  }
  await engine.runEach(statements, (done) => onProgress?.(done / statements.length));
  const columns = await engine.numbers(
    'SELECT CAST(count(*) AS DOUBLE), CAST(sum(frequency + 1) AS DOUBLE), CAST(min(first_day) AS DOUBLE), CAST(max(last_day) AS DOUBLE) FROM customer_feature',
  );
  const [customers, orderDays, firstDay, lastDay] = columns.map((column) => column[0]!) as [
    number,
    number,
    number,
    number,
  ];
  if (customers === 0) throw new CodedError('valuation.no_orders');
  return { customers, orderDays, firstDay, lastDay };
}

/** Whether an id has blanks around it: the file must then be read with care, so that 'A' and ' A' are one customer. */
export async function hasBlankEnds(engine: Engine): Promise<boolean> {
  const [count] = await engine.numbers(
    `SELECT CAST(count(*) AS DOUBLE) FROM customer_feature WHERE ${engine.dialect.hasBlankEnds('customer_id')}`,
  );
  return count![0]! > 0;
}
