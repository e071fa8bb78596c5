import { benchModels, type ModelEvaluateInput, type ModelFitInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { describe, expect, it } from 'vitest';
import { curvesOfModel, evaluateModel, fitModel, listModels } from './models.rules.js';

type GivenModel = ModelEvaluateInput['model'] & {
  parameters: Record<string, number>;
  covariates: { names: string[]; centres: number[]; effects: Record<string, number[]> };
};

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
    needs: [],
    takes: ['by', 'covariates', 'ridge'],
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
      {
        name: 'bg-bb',
        rows: [
          { frequency: 1, recency: 1 },
          { frequency: 1, recency: 1, opportunities: 6 },
        ],
      },
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

describe('segments and covariates', () => {
  /** Two branches of 60 customers: one orders about three times as often as the other. */
  const rows = Array.from({ length: 120 }, (_, i) => {
    const branch = i % 2 === 0 ? 'food' : 'school';
    const frequency = (i * 7) % (branch === 'food' ? 10 : 4);
    return { frequency, recency: frequency === 0 ? 0 : 20 + (i % 15), age: 40, branch };
  });

  it('fits and answers by segment; a segment that was not seen takes the parameters of all', () => {
    const fit = fitModel({ name: 'nbd', rows, by: 'branch' }) as GivenModel & {
      segments: { segment: string; parameters: { r: number; alpha: number } }[];
    };
    expect(fit.segments.map(({ segment }) => segment)).toEqual(['food', 'school']);
    const asked = ['food', 'school', 'zoo'].map((branch) => ({ frequency: 0, recency: 0, age: 0, branch }));
    const answers = evaluateModel({ model: fit, rows: asked, horizon: 10 });
    const expected = answers.map((each) => ('answer' in each ? Number(each.answer['expected_orders']) : NaN));
    fit.segments.forEach(({ parameters: { r, alpha } }, i) =>
      expect(expected[i]).toBeCloseTo((10 * r) / alpha, 9),
    );
    expect(expected[0]! > expected[2]! && expected[2]! > expected[1]!).toBe(true);
  });

  it('fits and answers with covariates, as the formula says', () => {
    const fit = fitModel({ name: 'nbd', rows, covariates: ['branch'] }) as GivenModel;
    const { parameters, covariates } = fit;
    expect(covariates!.names).toEqual(['branch=school']);
    const asked = [
      { frequency: 1, recency: 5, age: 40, branch: 'school' },
      { frequency: 1, recency: 5, age: 40, branch: 'zoo' },
    ];
    const [school, zoo] = evaluateModel({ model: fit, rows: asked, horizon: 10 });
    // NBD: expected orders h (r + x) / (alpha' + T), alpha' = alpha e^(-effect (z - centre)): Fader & Hardie 2007.
    const shift = covariates!.effects['alpha']![0]! * (1 - covariates!.centres[0]!);
    const alpha = parameters!['alpha']! * Math.exp(-shift);
    expect('answer' in school! && school.answer['expected_orders']).toBeCloseTo(
      (10 * (parameters!['r']! + 1)) / (alpha + 40),
      9,
    );
    expect(zoo).toMatchObject({ code: 'models.level_unknown', line: 2 });
  });

  it('refuses what does not go together', () => {
    const refused = (options: object) => refusalOf(() => fitModel({ name: 'nbd', rows, ...options }))?.[0];
    expect(refused({ by: 'branch', covariates: ['branch'] })).toBe('models.flag_not_taken');
    expect(refused({ k: 2 })).toBe('models.flag_not_taken');
    expect(refused({ ridge: 1 })).toBe('models.flag_missing');
    expect(refused({ covariates: ['colour'] })).toBe('models.column_missing');
    expect(refusalOf(() => fitModel({ name: 'bg-cnbd-k', rows, covariates: ['branch'] }))?.[0]).toBe(
      'models.flag_not_taken',
    );
  });
});

describe('models of survival and classes', () => {
  /** Twenty contracts: those with complaints end sooner. */
  const rows = Array.from({ length: 40 }, (_, i) => ({
    weeks: 5 + ((i * 11) % 30) - (i % 2) * 3,
    left: i % 3 === 0 ? 'no' : 'yes',
    complaints: i % 2,
    price: 10 + ((i * 7) % 9),
  }));
  const lifetimes = { rows, duration: 'weeks', event: 'left' };

  it('fits them to rows, asks them again, and draws their curve with its interval', () => {
    const curve = fitModel({ name: 'kaplan-meier', ...lifetimes }) as ModelEvaluateInput['model'];
    const asked = evaluateModel({ model: curve, rows: [{ weeks: 0 }, { weeks: 10 }], horizon: 10 });
    const [fresh, later] = asked.map((each) => ('answer' in each ? Number(each.answer['survival']) : NaN));
    const [drawn] = curvesOfModel({ model: curve });
    const at = drawn!.x.findLastIndex((time) => time <= 10);
    expect(fresh).toBeCloseTo(drawn!.y[at]!, 12);
    expect(later).toBeLessThan(1);
    expect(drawn!.lower![at]! < fresh! && fresh! < drawn!.upper![at]!).toBe(true);
    const cox = fitModel({
      name: 'cox',
      ...lifetimes,
      features: ['complaints'],
    }) as ModelEvaluateInput['model'];
    const [quiet, loud] = evaluateModel({ model: cox, rows: rows.slice(0, 2), horizon: 5 });
    const ratioOf = (each: unknown): number =>
      (each as { answer: { hazard_ratio: number } }).answer.hazard_ratio;
    expect(ratioOf(loud)).toBeGreaterThan(ratioOf(quiet));
  });

  it('learns, judges on rows that are held out, and groups', () => {
    const tree = fitModel({ name: 'gbdt', rows, label: 'left', features: 'all', holdoutEvery: 4 });
    expect(tree).toMatchObject({ label: { positive: 'yes' }, holdout: { rows: 10 } });
    expect(
      evaluateModel({ model: tree as ModelEvaluateInput['model'], rows: rows.slice(0, 1) })[0],
    ).toMatchObject({
      answer: { probability: expect.any(Number) },
    });
    const groups = fitModel({ name: 'kmeans', rows, features: ['price', 'weeks'], clusters: 2 });
    expect(evaluateModel({ model: groups as ModelEvaluateInput['model'], rows })).toHaveLength(40);
  });

  it('says which flag a model cannot do without', () => {
    expect(refusalOf(() => fitModel({ name: 'cox', rows, duration: 'weeks', event: 'left' }))?.[0]).toBe(
      'models.flag_missing',
    );
  });
});

describe('curves', () => {
  it('of a new customer begin at none and rise; the chances of 0, 1, 2 … orders sum to one', () => {
    const [orders, chances] = curvesOfModel({
      model: { name: 'bg-nbd', parameters: published },
      horizon: 39,
    });
    expect(orders!.y[0]).toBe(0);
    expect(orders!.y.every((value, i) => i === 0 || value > orders!.y[i - 1]!)).toBe(true);
    // Fader, Hardie & Lee (2005): a new customer of CDNOW is expected to order about once in 39 weeks.
    expect(orders!.y.at(-1)).toBeCloseTo(1.0, 0);
    const total = chances!.y.reduce((sum, chance) => sum + chance, 0);
    expect(total > 0.99 && total <= 1 + 1e-12).toBe(true);
  });

  it('of a contract are those of its paper; of spend a density', () => {
    const model = { name: 'sbg', parameters: { alpha: 0.668, beta: 3.806 } } as const;
    const [survival, retention] = curvesOfModel({ model, horizon: 7 });
    expect(survival!.y[1]).toBeCloseTo(3.806 / (0.668 + 3.806), 12);
    expect([retention!.x[0], retention!.y.length]).toEqual([1, 7]);
    const [spend] = curvesOfModel({
      model: { name: 'gamma-gamma', parameters: { p: 6.25, q: 3.74, v: 15.44 } },
    });
    const step = spend!.x[1]! - spend!.x[0]!;
    expect(spend!.y.reduce((sum, density) => sum + density * step, 0)).toBeCloseTo(0.95, 1);
    expect(() => curvesOfModel({ model })).toThrow(CodedError);
  });
});
