import { tierDefinition } from '@kezi/contract';
import { expect, it } from 'vitest';
import { gradeAside } from './grade-aside.js';
import { answerTask } from './grade-task.js';

it('grades many customers on a thread, with the same bytes as here', { timeout: 60_000 }, async () => {
  const size = 4_000;
  const spend = Float64Array.from({ length: size }, (_, i) => (i * 7919) % 4001);
  const task = {
    definition: tierDefinition.parse({
      axes: [{ key: 'a', name: 'A', weight: 100, indicators: [{ feature: 'spend12m', weight: 100 }] }],
      cut: 'quantile',
      cuts: [0.05, 0.2],
    }),
    tiers: 3,
    measured: [spend],
    points: [null],
    previous: null,
    isPublished: false,
    customerId: Float64Array.from({ length: size }, (_, i) => i + 1),
  };
  const aside = await gradeAside(task);
  expect(aside.digest).toMatch(/^[0-9a-f]{64}$/);
  expect(aside).toEqual(answerTask(task));
});
