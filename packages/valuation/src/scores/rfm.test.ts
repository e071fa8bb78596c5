import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFrom, rfmScores, rfmSegment } from '@kezi/stats';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDuckDb } from '../engine/duckdb/open-duckdb.js';
import type { Engine } from '../engine/engine.js';
import { readRfmCuts, rfmExpressions, segmentExpression } from './rfm.js';

const folder = mkdtempSync(join(tmpdir(), 'kezi-rfm-'));
let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDb({ tempFolder: folder, memoryMb: 100, threads: 1 });
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true, force: true });
});

it('gives in SQL the scores and segments that @kezi/stats gives in memory, ties and all', async () => {
  const random = randomFrom(7);
  const draw = (most: number) =>
    Float64Array.from({ length: 400 }, () => Math.floor(random.uniform() * most));
  const asOfDay = 20_000;
  const lastDay = draw(40).map((days) => asOfDay - days);
  // Few different values, so that many stand on a cut-point.
  const repeats = draw(6);
  const total = draw(25).map((amount) => amount * 1000);
  await engine.append('customer_feature', [
    { name: 'id', type: 'integer', values: Float64Array.from(repeats, (_, i) => i) },
    { name: 'last_day', type: 'integer', values: lastDay },
    { name: 'frequency', type: 'integer', values: repeats },
    { name: 'total_minor', type: 'double', values: total },
  ]);
  const cuts = await readRfmCuts(engine, asOfDay);
  const { r, f, m } = rfmExpressions(cuts, asOfDay);
  const rows: [string, string][] = [];
  const scored = `SELECT id, ${r} AS r, ${f} AS f, ${m} AS m FROM customer_feature`;
  for await (const chunk of engine.stream(
    `SELECT CAST(r * 100 + f * 10 + m AS VARCHAR), ${segmentExpression()} FROM (${scored}) ORDER BY id`,
  )) {
    const [rfm, segment] = chunk.columns as string[][];
    for (let i = 0; i < chunk.size; i++) rows.push([rfm![i]!, segment![i]!]);
  }
  const { scores } = rfmScores({
    sinceLastOrder: lastDay.map((day) => asOfDay - day),
    frequency: repeats.map((x) => x + 1),
    monetary: total,
  });
  const expected = Array.from(repeats, (_, i): [string, string] => {
    const [a, b, c] = [scores.recency[i]!, scores.frequency[i]!, scores.monetary[i]!];
    return [`${a}${b}${c}`, rfmSegment(a, b, c)];
  });
  expect(rows).toEqual(expected);
});
