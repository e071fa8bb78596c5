import type { Engine } from '../engine/engine.js';
import type { Lake } from '../lake/lake-manifest.js';
import { bucketRelation } from '../lake/write-lake.js';

/** Customers who have returns and no order day: there is nothing to value, and they have no row among the scores. */
export interface ReturnsOnly {
  customers: number;
  /** What they brought back, negative, in major units. */
  amount: number;
  /** The first of them, by id. */
  examples: string[];
}

const mostExamples = 5;

/** Counts them once the feature table is there. Only buckets that have returns are read again, the returns alone. */
export async function countReturnsOnly(
  engine: Engine,
  lake: Lake,
  lastDay: number | null,
): Promise<ReturnsOnly> {
  const until = lastDay === null ? '' : ` AND day <= ${lastDay}`;
  const statements = lake.manifest.totals.flatMap(({ bucket, returnLines }) => {
    const lines = returnLines === 0 ? null : bucketRelation(engine, lake, bucket);
    if (lines === null) return [];
    const query = `SELECT customer_id, sum(CAST(amount_minor AS DOUBLE)) FROM ${lines} WHERE amount_minor < 0${until} GROUP BY customer_id`;
    return [`INSERT INTO returning_customer ${query}`];
  });
  if (statements.length === 0) return { customers: 0, amount: 0, examples: [] };
  await engine.run('CREATE OR REPLACE TABLE returning_customer (customer_id VARCHAR, returned_minor DOUBLE)');
  await engine.runEach(statements);
  const without =
    'FROM returning_customer AS r WHERE NOT EXISTS (SELECT 1 FROM customer_feature AS f WHERE f.customer_id = r.customer_id)';
  const [count, minor] = await engine.numbers(
    `SELECT CAST(count(*) AS DOUBLE), coalesce(sum(returned_minor), 0) ${without}`,
  );
  const examples: string[] = [];
  const named = `SELECT r.customer_id ${without} ORDER BY 1 LIMIT ${mostExamples}`;
  for await (const { columns } of engine.stream(named)) examples.push(...(columns[0] as string[]));
  await engine.run('DROP TABLE returning_customer');
  return { customers: count?.[0] ?? 0, amount: (minor?.[0] ?? 0) / 100, examples };
}
