import { benchModels, type ModelFitInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { describe, expect, it } from 'vitest';
import { evaluateModel, fitModel, listModels } from './models.rules.js';

/** Fader, Hardie & Lee (2005): CDNOW, weeks. */
const published = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const few = [
  { frequency: 2, recency: 30.43, age: 38.86 },
  { frequency: 0, recency: 0, age: 38.86 },
  { frequency: 1, recency: 1.71, age: 38.86 },
];

/** Code and row of a refusal. */
function refusalOf(work: () => unknown): [string, unknown] | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof CodedError) return [error.code, error.params['line']];
    throw error;
  }
}

it('lists every model with the columns of its rows', () => {
  const { items } = listModels();
  expect(items.map(({ name }) => name)).toEqual([...benchModels]);
  expect(items[0]).toEqual({
    name: 'bg-nbd',
    columns: ['frequency', 'recency', 'age'],
    optional: ['weight'],
  });
});

describe('a fit', () => {
  it('counts a row as often as its weight says', () => {
    const parametersOf = (rows: ModelFitInput['rows']) =>
      fitModel({ name: 'nbd', rows }) as { parameters: { r: number }; customers: number };
    const once = parametersOf(few.map((row) => ({ ...row, weight: 30 })));
    const often = parametersOf(few.flatMap((row) => Array.from({ length: 30 }, () => row)));
    expect(once.parameters.r).toBeCloseTo(often.parameters.r, 6);
    expect(once.customers).toBe(90);
  });

  it('follows the retention of a contract', () => {
    // High-end customers of Fader & Hardie (2007), table 1.
    const survivors = [1000, 869, 743, 653, 593, 551, 517, 491];
    const rows = survivors.map((left, period) => ({ period, survivors: left }));
    expect(fitModel({ name: 'sbg', rows })).toMatchObject({ name: 'sbg', converged: true });
    expect(
      refusalOf(() => fitModel({ name: 'sbg', rows: [...rows, { period: 8, survivors: 500 }] })),
    ).toEqual(['models.bad_retention', 9]);
  });

  it.each([
    [
      'a customer who cannot be',
      { name: 'bg-nbd', rows: [few[0]!, { ...few[1]!, recency: 5 }] },
      'models.bad_history',
      2,
    ],
    [
      'a figure that is missing',
      { name: 'bg-bb', rows: [{ frequency: 1, recency: 1 }] },
      'models.not_a_number',
      1,
    ],
    [
      'a weight that one row lacks',
      { name: 'nbd', rows: [few[0]!, { ...few[1]!, weight: 1 }] },
      'models.not_a_number',
      1,
    ],
    [
      'a weight below 0',
      {
        name: 'nbd',
        rows: [
          { ...few[0]!, weight: 1 },
          { ...few[1]!, weight: -1 },
        ],
      },
      'models.bad_weight',
      2,
    ],
  ] as const)('names the row of %s', (_, input, code, line) => {
    expect(refusalOf(() => fitModel(input as unknown as ModelFitInput))).toEqual([code, line]);
  });
});

describe('an evaluation', () => {
  it('gives the published expectation, and the reason in place of a row that cannot be', () => {
    const rows = [few[0]!, { frequency: 1, recency: 50, age: 38.86 }, few[1]!];
    const answers = evaluateModel({
      model: { name: 'bg-nbd', parameters: published },
      rows,
      horizon: 39,
      discountRate: 0.001,
      pmf: 2,
    });
    const [first, second, third] = answers as [{ answer: Record<string, never> }, object, object];
    expect(Math.abs(first.answer['expected_orders']! - 1.226)).toBeLessThan(0.001);
    expect(first.answer['pmf']).toHaveLength(3);
    expect(first.answer['dert']).toBeGreaterThan(first.answer['expected_orders']!);
    expect(second).toMatchObject({ line: 2, code: 'models.bad_history' });
    expect(third).toMatchObject({ answer: { p_alive: 1 } });
  });

  it('asks spend and contracts as the command line does', () => {
    const spend = { name: 'gamma-gamma', parameters: { p: 6.25, q: 3.74, v: 15.44 } } as const;
    const rows = [{ frequency: 2, monetary_value: 22.35 }, { frequency: 0 }];
    // Mean of the population, p v / (q - 1), for somebody without repeat orders.
    expect(evaluateModel({ model: spend, rows })[1]).toMatchObject({
      answer: { expected_spend: expect.closeTo((6.25 * 15.44) / 2.74, 9) },
    });
    const contract = { name: 'sbg', parameters: { alpha: 0.668, beta: 3.806 } } as const;
    expect(evaluateModel({ model: contract, rows: [{ period: 0 }], horizon: 1 })[0]).toMatchObject({
      answer: { survival: 1, retention: expect.closeTo(3.806 / (0.668 + 3.806), 9) },
    });
  });

  it('refuses parameters that are none, and a look ahead that is missing', () => {
    const ask = (parameters: Record<string, number>, horizon?: number) =>
      refusalOf(() =>
        evaluateModel({ model: { name: 'bg-nbd', parameters }, rows: few, ...(horizon ? { horizon } : {}) }),
      )?.[0];
    expect(ask({ ...published, a: -1 }, 1)).toBe('models.bad_model');
    expect(ask(published)).toBe('models.flag_missing');
    expect(
      refusalOf(() => evaluateModel({ model: { name: 'bdw', parameters: {} }, rows: few, horizon: 1 }))?.[0],
    ).toBe('models.bad_model');
  });
});
