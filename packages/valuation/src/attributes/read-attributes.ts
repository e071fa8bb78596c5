import { CodedError } from '@kezi/contract/errors';
import type { Engine } from '../engine/engine.js';
import type { Lake } from '../lake/lake-manifest.js';
import { attributeColumn } from '../lake/order-line-sql.js';
import { bucketRelation } from '../lake/write-lake.js';

/** A customer for whom the lines give two values of one attribute. */
export interface TwoValues {
  column: string;
  customers: number;
  example: string;
  first: string;
  second: string;
}

/** Above this share of customers with two values, a column says something of orders, not of customers. */
const MOST_WITH_TWO = 0.05;

/** First value that the lines give: known from the start, so that a back-test looks at nothing that came later. Six digits hold any day. */
function firstKnown(column: string): string {
  const dated = `lpad(CAST(day + 100000 AS VARCHAR), 6, '0') || ${column}`;
  return `coalesce(substring(min(CASE WHEN ${column} <> '' THEN ${dated} END), 7), '')`;
}

/**
 * Fills the table customer_attribute from the lines of a lake: a row a customer, text columns by attributeColumn, empty where
 * nothing is known, with the least and greatest value of each beside it. Of several values the first one counts.
 */
export async function attributesOfLines(
  engine: Engine,
  lake: Lake,
  count: number,
  lastDay: number | null,
): Promise<void> {
  const places = Array.from({ length: count }, (_, k) => attributeColumn(k));
  const texts = places.flatMap((name) => [name, `${name}_least`, `${name}_most`]);
  await engine.run(
    `CREATE OR REPLACE TABLE customer_attribute (customer_id VARCHAR, ${texts.map((name) => `${name} VARCHAR`).join(', ')})`,
  );
  const values = places.map(
    (name) => `${firstKnown(name)}, min(nullif(${name}, '')), max(nullif(${name}, ''))`,
  );
  const until = lastDay === null ? '' : ` WHERE day <= ${lastDay}`;
  const statements = lake.manifest.totals.flatMap(({ bucket }) => {
    const lines = bucketRelation(engine, lake, bucket);
    if (lines === null) return [];
    return [
      `INSERT INTO customer_attribute SELECT customer_id, ${values.join(', ')} FROM ${lines}${until} GROUP BY customer_id`,
    ];
  });
  await engine.runEach(statements);
}

/**
 * Fills customer_attribute from a headerless CSV: customer_id, then a text for each attribute. Customers who are not in it
 * have empty attributes.
 */
export async function attributesOfFile(engine: Engine, path: string, count: number): Promise<void> {
  const places = Array.from({ length: count }, (_, k) => attributeColumn(k));
  const relation = engine.dialect.csv({
    path,
    delimiter: ',',
    quote: '"',
    header: false,
    gzip: false,
    columns: ['customer_id', ...places].map((name) => ({ name, type: 'text' as const })),
  });
  const values = places.map((name) => {
    const text = `coalesce(${engine.dialect.trimmed(name)}, '')`;
    return `${text} AS ${name}, ${text} AS ${name}_least, ${text} AS ${name}_most`;
  });
  await engine.run(
    `CREATE OR REPLACE TABLE customer_attribute AS SELECT customer_id, ${values.join(', ')} FROM ${relation}`,
  );
}

/**
 * Customers with two values, by attribute; of these the first counts. CodedError valuation.attribute_not_of_customer
 * when they are more than a twentieth.
 */
export async function findTwoValues(engine: Engine, names: readonly string[]): Promise<TwoValues[]> {
  const found: TwoValues[] = [];
  for (const [k, column] of names.entries()) {
    const place = attributeColumn(k);
    const differ = `${place}_least <> ${place}_most`;
    const [all, two] = await engine.numbers(
      `SELECT CAST(count(*) AS DOUBLE), CAST(count(CASE WHEN ${differ} THEN 1 END) AS DOUBLE) FROM customer_attribute`,
    );
    const customers = two?.[0] ?? 0;
    if (customers === 0) continue;
    const query = `SELECT customer_id, ${place}_least, ${place}_most FROM customer_attribute WHERE ${differ} ORDER BY customer_id LIMIT 1`;
    for await (const { columns } of engine.stream(query)) {
      const [example, first, second] = columns.map((values) => String(values[0]));
      found.push({ column, customers, example: example!, first: first!, second: second! });
    }
    if (customers > MOST_WITH_TWO * all![0]!)
      throw new CodedError('valuation.attribute_not_of_customer', { ...found.at(-1)! });
  }
  return found;
}
