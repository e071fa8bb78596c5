import type { Engine } from '../engine/engine.js';

/** Above this many repeaters their mean spends are put into cells a half per cent wide, which moves no parameter visibly. */
const EXACT_REPEATERS = 100_000;
const CELLS_PER_E = 200;

/** Frequency and mean value of repeat days of customers who have some, in major units, with the number of customers. */
export interface SpendTable {
  frequency: Float64Array;
  monetaryValue: Float64Array;
  weight: Float64Array;
  /** Number of the customers' group; null where there are no groups. */
  group: Float64Array | null;
}

export async function readSpend(engine: Engine, grouped = false): Promise<SpendTable> {
  const [own, key] = grouped ? [', CAST(grp AS DOUBLE) AS grp', ', grp'] : ['', ''];
  const [count] = await engine.numbers(
    'SELECT CAST(count(*) AS DOUBLE) FROM customer_feature WHERE frequency > 0',
  );
  const mean = '(total_minor - first_minor) / (100.0 * frequency)';
  const exact = `SELECT CAST(frequency AS DOUBLE) AS x, ${mean} AS m, CAST(count(*) AS DOUBLE)${own} FROM customer_feature WHERE frequency > 0 GROUP BY 1, 2${key} ORDER BY 1, 2${key}`;
  const celled = `SELECT CAST(frequency AS DOUBLE) AS x, sum(total_minor - first_minor) / (100.0 * count(*) * frequency) AS m, CAST(count(*) AS DOUBLE)${own} FROM customer_feature WHERE frequency > 0 GROUP BY frequency, floor(ln(${mean}) * ${CELLS_PER_E})${key} ORDER BY 1, 2${key}`;
  const [frequency, monetaryValue, weight, group] = await engine.numbers(
    (count?.[0] ?? 0) > EXACT_REPEATERS ? celled : exact,
  );
  const none = new Float64Array(0);
  return {
    frequency: frequency ?? none,
    monetaryValue: monetaryValue ?? none,
    weight: weight ?? none,
    group: grouped ? (group ?? none) : null,
  };
}
