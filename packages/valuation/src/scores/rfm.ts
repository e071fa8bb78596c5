import { rfmCutsOfCounts, rfmSegment, type RfmCuts } from '@kezi/stats';
import { allSettled } from '../engine/all-settled.js';
import { doubleLiteral } from '../engine/double-literal.js';
import type { Engine } from '../engine/engine.js';

/** Cut-points of days since the last order, order days and total value (hundredths) over all customers. */
export async function readRfmCuts(engine: Engine, asOfDay: number): Promise<RfmCuts> {
  const cutsOf = async (value: string): Promise<number[]> => {
    const [values, counts] = await engine.numbers(
      `SELECT CAST(${value} AS DOUBLE) AS v, CAST(count(*) AS DOUBLE) FROM customer_feature GROUP BY 1 ORDER BY 1`,
    );
    return rfmCutsOfCounts(values ?? [], counts ?? []);
  };
  const [recency, frequency, monetary] = await allSettled([
    cutsOf(`${asOfDay} - last_day`),
    cutsOf('frequency + 1'),
    cutsOf('total_minor'),
  ]);
  return { recency, frequency, monetary };
}

/** rfmScore of @kezi/stats as SQL: one more than the number of cut-points that are passed. */
function scoreExpression(value: string, cuts: readonly number[], reversed: boolean): string {
  const passed =
    cuts.map((cut) => `(CASE WHEN ${value} > ${doubleLiteral(cut)} THEN 1 ELSE 0 END)`).join(' + ') || '0';
  return reversed ? `(${cuts.length + 1} - (${passed}))` : `(1 + ${passed})`;
}

/** SQL for the three scores over the feature table. */
export function rfmExpressions(cuts: RfmCuts, asOfDay: number): { r: string; f: string; m: string } {
  return {
    r: scoreExpression(`(${asOfDay} - last_day)`, cuts.recency, true),
    f: scoreExpression('(frequency + 1)', cuts.frequency, false),
    m: scoreExpression('total_minor', cuts.monetary, false),
  };
}

/** rfmSegment of @kezi/stats as SQL over scores r, f and m: only high or low matters, so eight cases say it all. */
export function segmentExpression(): string {
  const middle = 3;
  const cases = [1, 5].flatMap((r) =>
    [1, 5].flatMap((f) =>
      [1, 5].map((m) => {
        const side = (name: string, score: number): string =>
          `${name} ${score > middle ? '>' : '<='} ${middle}`;
        return `WHEN ${side('r', r)} AND ${side('f', f)} AND ${side('m', m)} THEN '${rfmSegment(r, f, m)}'`;
      }),
    ),
  );
  return `CASE ${cases.join(' ')} END`;
}
