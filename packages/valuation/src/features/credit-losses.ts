import { doubleLiteral } from '../engine/double-literal.js';
import type { Engine } from '../engine/engine.js';
import { tripleKey, type Triples } from './triple.js';

/**
 * Fills the table credit_loss from a headerless CSV: customer_id, and the share of the customer's own orders that is expected not to be
 * paid. For customers who are not in it the share of the run holds.
 */
export async function readCreditLosses(engine: Engine, path: string): Promise<void> {
  const relation = engine.dialect.csv({
    path,
    delimiter: ',',
    quote: '"',
    header: false,
    gzip: false,
    columns: ['customer_id', 'share'].map((name) => ({ name, type: 'text' as const })),
  });
  await engine.run(
    `CREATE OR REPLACE TABLE credit_loss AS SELECT customer_id, CAST(share AS DOUBLE) AS share FROM ${relation}`,
  );
}

/**
 * By triple, of the customers whose own loss is known: by how much it is above the share of the run, summed up alone, times the value of
 * repeat days and times that of all days (in hundredths). Zeros where nobody's is known.
 */
export interface OwnLosses {
  customers: number;
  excess: Float64Array;
  excessRepeatMinor: Float64Array;
  excessTotalMinor: Float64Array;
}

/** Sums up the own losses of the customers of each triple. */
export async function readOwnLosses(
  engine: Engine,
  asOfDay: number,
  triples: Triples,
  ofRun: number,
): Promise<OwnLosses> {
  const group = triples.group === null ? '0' : 'CAST(grp AS DOUBLE)';
  const known = `SELECT ${tripleKey('c.frequency', 'c.last_day - c.first_day', `${asOfDay} - c.first_day`)} AS triple, ${group} AS own_group,
    l.share - ${doubleLiteral(ofRun)} AS excess, c.total_minor, c.first_minor
    FROM customer_feature AS c JOIN credit_loss AS l ON l.customer_id = c.customer_id`;
  const [triple, groups, customers, excess, repeat, total] = await engine.numbers(
    `SELECT triple, own_group, CAST(count(*) AS DOUBLE), sum(excess), sum(excess * (total_minor - first_minor)), sum(excess * total_minor)
      FROM (${known}) AS k GROUP BY triple, own_group ORDER BY triple, own_group`,
  );
  const losses: OwnLosses = {
    customers: 0,
    excess: new Float64Array(triples.size),
    excessRepeatMinor: new Float64Array(triples.size),
    excessTotalMinor: new Float64Array(triples.size),
  };
  // Both stand in the order of triple and group.
  let row = 0;
  for (let i = 0; i < (triple?.length ?? 0); i++) {
    while (triples.key[row] !== triple![i] || (triples.group?.[row] ?? 0) !== groups![i]) row++;
    losses.customers += customers![i]!;
    losses.excess[row] = excess![i]!;
    losses.excessRepeatMinor[row] = repeat![i]!;
    losses.excessTotalMinor[row] = total![i]!;
  }
  return losses;
}
