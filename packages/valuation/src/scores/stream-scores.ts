import type { Engine } from '../engine/engine.js';
import { OWN_LOSS_COLUMN, SCORE_COLUMNS, SPREAD_COLUMN } from './customer-score.js';

const COLUMNS = [...SCORE_COLUMNS, SPREAD_COLUMN, OWN_LOSS_COLUMN] as const;

/** Scores of some customers, by customer id; a column each. Numbers: NaN is null. */
export interface ScoreBatch {
  size: number;
  columns: Record<(typeof COLUMNS)[number], Float64Array | (string | null)[]>;
}

/** Takes a score query with its spread column. Hands the scores over in batches of about two thousand and waits for each to be taken. */
export async function streamScores(
  engine: Engine,
  query: string,
  take: (batch: ScoreBatch) => Promise<void>,
): Promise<void> {
  const columns = COLUMNS.map((name) =>
    name === 'customer_id' || name.endsWith('_on') || name.startsWith('rfm')
      ? name
      : `CAST(${name} AS DOUBLE) AS ${name}`,
  );
  for await (const chunk of engine.stream(`SELECT ${columns.join(', ')} FROM (${query})`)) {
    const named = Object.fromEntries(COLUMNS.map((name, k) => [name, chunk.columns[k]!]));
    await take({ size: chunk.size, columns: named as ScoreBatch['columns'] });
  }
}
