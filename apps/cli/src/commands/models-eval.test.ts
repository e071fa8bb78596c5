import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CodedError } from '@kezi/contract/errors';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkFlags, columnsRead, fittedKinds, type FitFlags } from '@kezi/valuation/bench';
import { readTable } from './model-table.js';
import { withTypedFlags } from './typed-flags.js';
import { evaluateModel } from './models-eval.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kezi-ask-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

let files = 0;
async function fileOf(text: string | object): Promise<string> {
  const path = join(folder, `${files++}${typeof text === 'string' ? '.csv' : '.json'}`);
  await writeFile(path, typeof text === 'string' ? text : JSON.stringify(text));
  return path;
}

type Answer = Record<string, unknown>;

/** Fits as the command does: what is printed is what is kept. */
async function fit(name: string, text: string, flags: FitFlags = {}): Promise<Answer> {
  const kind = fittedKinds[name as keyof typeof fittedKinds];
  const fitted = await withTypedFlags(async () => {
    checkFlags(name, kind, flags);
    return kind.fit(await readTable(await fileOf(text), columnsRead(kind, flags), kind.optional), flags);
  });
  return JSON.parse(JSON.stringify(fitted)) as Answer;
}

async function ask(
  model: object,
  text: string,
  options: { horizon?: number; discountRate?: number; pmf?: number } = {},
): Promise<{ code: number; answers: Answer[] }> {
  const said: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    said.push(String(chunk));
    return true;
  });
  try {
    const { horizon = null, discountRate = null, pmf = null } = options;
    const code = await evaluateModel(
      await fileOf(model),
      await fileOf(text),
      { horizon, discountRate, pmf },
      'en-US',
    );
    return {
      code,
      answers: said
        .join('')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Answer),
    };
  } finally {
    spy.mockRestore();
  }
}

const bad = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof CodedError ? error.code : String(error)),
  );

/** 300 customers of two branches, the south ordering twice as often. */
const customers = [
  'frequency,recency,age,branch,size,monetary_value',
  ...Array.from({ length: 300 }, (_, i) => {
    const south = i % 2 === 1;
    const x = [0, 1, 2, 4, 0][i % 5]! * (south ? 2 : 1);
    const tx = x === 0 ? 0 : 10 + ((i * 7) % 40);
    return `${x},${tx},${52 + (i % 9)},${south ? 'south' : 'north'},${(i * 13) % 7},${20 + ((i * 31) % 50)}`;
  }),
].join('\n');

describe('models with covariates and by segment', () => {
  it('answer each row by its own covariates; a word or a number that is none is told in its place', async () => {
    const model = await fit('nbd', customers, { covariates: ['branch', 'size'], ridge: 1 });
    expect(model).toMatchObject({
      name: 'nbd',
      ridge: 1,
      coding: { levels: { branch: ['north', 'south'] } },
    });
    const rows =
      'size,branch,frequency,recency,age\n1,north,0,0,0\n1,south,0,0,0\n1,west,0,0,0\n,south,1,2,9\n';
    const { code, answers } = await ask(model, rows, { horizon: 52 });
    expect(code).toBe(3);
    const [north, south, west, empty] = answers;
    expect(south!['expected_orders']).toBeGreaterThan(1.3 * (north!['expected_orders'] as number));
    expect(west).toMatchObject({ line: 4, code: 'models.level_unknown' });
    expect(empty).toMatchObject({ line: 5, code: 'models.not_a_number' });
  });

  it('answer each row by its segment, a new one by all customers', async () => {
    const model = await fit('nbd', customers, { by: 'branch' });
    const rows = 'branch,frequency,recency,age\nnorth,0,0,0\nsouth,0,0,0\nwest,0,0,0\n';
    const { code, answers } = await ask(model, rows, { horizon: 52 });
    expect(code).toBe(0);
    const [north, south, west] = answers.map((answer) => answer['expected_orders'] as number);
    expect(south).toBeGreaterThan(north!);
    expect(west).toBeGreaterThan(north!);
    expect(west).toBeLessThan(south!);
    expect(await bad(ask(model, 'frequency,recency,age\n0,0,0\n', { horizon: 52 }))).toBe(
      'models.column_missing',
    );
  });

  it('take k by hand, and no flag that means nothing to them', async () => {
    const model = await fit('bg-cnbd-k', customers, { k: 2 });
    expect(model).toMatchObject({ parameters: { k: 2 } });
    for (const [name, flags, expected] of [
      ['bg-nbd', { k: 2 }, 'models.flag_not_taken'],
      ['bg-cnbd-k', { k: 21 }, 'models.k_too_large'],
      ['bg-bb', { covariates: ['size'] }, 'models.flag_not_taken'],
      ['bg-nbd', { covariates: ['size'], by: 'branch' }, 'models.flag_not_taken'],
      ['bg-nbd', { ridge: 2 }, 'models.flag_missing'],
      ['bg-nbd', { covariates: ['colour'] }, 'models.column_missing'],
      ['sbg', { features: ['size'] }, 'models.flag_not_taken'],
    ] as const)
      expect([name, await bad(fit(name, customers, flags as FitFlags))]).toEqual([name, expected]);
  });
});

it('a file that no model can be fitted to is refused with the line', async () => {
  for (const [text, code] of [
    ['frequency,recency\n1,2\n', 'models.column_missing'],
    ['frequency,recency,age\n1,2,3\nx,2,3\n', 'models.not_a_number'],
    ['frequency,recency,age\n1,5,3\n', 'models.bad_history'],
    ['frequency,recency,age\n,,\n', 'models.no_rows'],
  ] as const)
    expect([text, await bad(fit('bg-nbd', text))]).toEqual([text, code]);
  const orders = 'frequency,recency,age,weight\n';
  for (const [name, text, code] of [
    ['bg-nbd', 'frequency,recency,age\n1,1,3\n0.5,1,2\n', 'models.bad_history'],
    ['mbg-nbd', `${orders}1,1,3,-1\n`, 'models.bad_weight'],
    ['nbd', `${orders}1,1,3,NaN\n`, 'models.not_a_number'],
    ['bg-bb', 'frequency,recency,opportunities\n3,1,6\n', 'models.bad_opportunities'],
    ['bg-bb', 'frequency,recency,opportunities\n1,1.5,6\n', 'models.bad_opportunities'],
    ['gamma-gamma', 'frequency,monetary_value\n3,20\n-1,3\n', 'models.bad_spend'],
    ['gamma-gamma', 'frequency,monetary_value\n3,20\n2,-3\n', 'models.bad_spend'],
    ['gamma-gamma', 'frequency,monetary_value\n1.5,20\n', 'models.bad_spend'],
  ] as const)
    expect([name, text, await bad(fit(name, text))]).toEqual([name, text, code]);
});

it('nobody at all is an outcome with its reason', async () => {
  for (const name of ['bg-nbd', 'pareto-nbd', 'nbd'])
    expect(await fit(name, 'frequency,recency,age,weight\n1,1,3,0\n')).toMatchObject({
      converged: false,
      reason: 'no-customers',
    });
});

describe('models of other families', () => {
  it('gamma-gamma: expected spend with its interval, and by frequency and covariates', async () => {
    const model = { name: 'gamma-gamma', parameters: { p: 6.25, q: 3.74, v: 15.44 } };
    // C34: Hardie's spreadsheet, the first two customers.
    const { answers } = await ask(model, 'frequency,monetary_value\n2,22.35\n0,\n1,x\n');
    expect(answers[0]!['expected_spend']).toBeCloseTo(24.65, 1);
    expect(answers[0]!['lower']).toBeLessThan(24.65);
    expect(answers[1]!['expected_spend']).toBeCloseTo((6.25 * 15.44) / 2.74, 6);
    expect(answers[2]).toMatchObject({ line: 4, code: 'models.not_a_number' });
    const regression = await fit('gamma-gamma', customers, { covariates: ['frequency', 'branch'] });
    expect(regression).toMatchObject({ covariates: { names: ['ln(frequency)', 'branch=south'] } });
    const both = await ask(regression, 'frequency,monetary_value,branch\n4,40,north\n4,40,south\n');
    expect(both.answers.map((answer) => typeof answer['expected_spend'])).toEqual(['number', 'number']);
  });

  it('sbg and bdw: retention, renewals within the horizon, DERL', async () => {
    // S01 and S03: High End of Fader & Hardie 2007.
    const model = { name: 'sbg', parameters: { alpha: 0.668, beta: 3.806 } };
    const { code, answers } = await ask(model, 'period\n8\n0\n1.5\n', { horizon: 12, discountRate: 0.1 });
    expect(code).toBe(3);
    expect(answers[0]!['survival']).toBeCloseTo(0.46, 3);
    expect(answers[1]).toMatchObject({ survival: 1 });
    expect(answers[1]!['derl']).toBeGreaterThan(answers[1]!['retention'] as number);
    expect(answers[0]!['expected_renewals']).toBeGreaterThan(answers[1]!['expected_renewals'] as number);
    expect(answers[2]).toMatchObject({ line: 4, code: 'models.row_refused' });
    expect(await bad(ask(model, 'period\n1\n'))).toBe('models.flag_missing');
  });

  it('hazard: the risk of each period, survival along a path, DERL from there on', async () => {
    const lives = Array.from({ length: 120 }, (_, i) => {
      const last = 1 + ((i * 7) % 10);
      return Array.from({ length: last }, (__, t) => {
        const left = t + 1 === last && i % 4 !== 0;
        return `c${i},${t + 1},${left ? 'yes' : 'no'},${left || (i + t) % 6 === 0 ? 2 : 0},${i % 3 ? 'a' : 'b'}`;
      }).join('\n');
    });
    const header = 'who,month,gone,complaints,plan';
    const flags = { id: 'who', period: 'month', event: 'gone', features: ['complaints', 'plan'], ridge: 1 };
    const model = await fit('hazard', `${header}\n${lives.join('\n')}\n`, flags);
    expect(model).toMatchObject({ name: 'hazard', converged: true, columns: { id: 'who', period: 'month' } });
    const rows = 'who,month,complaints,plan\nx,4,0,a\nx,5,2,a\ny,4,0,a\ny,0,0,a\n';
    const { code, answers } = await ask(model, rows, { horizon: 12, discountRate: 0.01 });
    expect(code).toBe(3);
    const [quiet, angry, other, none] = answers as Record<string, number>[];
    expect(angry!['hazard']).toBeGreaterThan(2 * quiet!['hazard']!);
    expect(angry!['survival']).toBeCloseTo((1 - quiet!['hazard']!) * (1 - angry!['hazard']!), 12);
    expect(other!['survival']).toBeCloseTo(1 - quiet!['hazard']!, 12);
    expect(angry!['derl']).toBeLessThan(quiet!['derl']!);
    expect(none).toMatchObject({ line: 5, code: 'models.row_refused' });
    for (const [text, expected] of [
      ['a,1,no,0,x\na,1,yes,0,y', 'models.hazard_period_twice'],
      ['a,1,yes,0,x\na,2,no,0,y', 'models.hazard_after_event'],
      ['a,1,no,0,x\na,3,yes,0,y', 'models.hazard_period_missing'],
      ['a,0,no,0,x\nb,1,yes,0,y', 'models.hazard_period'],
    ])
      expect([text, await bad(fit('hazard', `${header}\n${text}\n`, flags))]).toEqual([text, expected]);
  });

  it('kaplan-meier and cox: the chance to last, given what has been lasted', async () => {
    const lives = Array.from(
      { length: 60 },
      (_, i) => `${1 + (i % 20)},${i % 3 === 0 ? 0 : 1},${i % 4},${i % 2 === 0 ? 'a' : 'b'}`,
    );
    const text = `duration,gone,price,plan\n${lives.join('\n')}\n`;
    const curve = await fit('kaplan-meier', text, { duration: 'duration', event: 'gone' });
    const lasted = await ask(curve, 'duration\n0\n10\n\n', { horizon: 5 });
    for (const { survival } of lasted.answers) expect(survival).toBeGreaterThan(0.2);
    const cox = await fit('cox', text, { duration: 'duration', event: 'gone', features: ['price', 'plan'] });
    const rows = await ask(cox, 'price,plan,duration\n1,a,\n1,b,3\n1,c,3\n1,a,soon\n', { horizon: 5 });
    expect(rows.answers[0]!['hazard_ratio']).toBeGreaterThan(0);
    expect(rows.answers[1]!['survival']).toBeLessThan(1);
    expect(rows.answers[2]).toMatchObject({ code: 'models.level_unknown', line: 4 });
    expect(rows.answers[3]).toMatchObject({ code: 'models.not_a_number', line: 5 });
  });

  it('logistic, gbdt, kmeans: what the model says of each row', async () => {
    const rows = Array.from(
      { length: 200 },
      (_, i) => `${i % 3 === 0 ? 1 : 0},${i % 3 === 0 ? 5 + (i % 7) : i % 6},${i % 2 ? 'x' : 'y'}`,
    );
    const text = `left,calls,plan\n${rows.join('\n')}\n`;
    const asked = 'plan,calls\nx,11\ny,0\nz,3\n,4\n';
    const flags = { label: 'left', features: ['calls', 'plan'] };
    const logistic = await ask(await fit('logistic', text, flags), asked);
    expect(logistic.answers[0]!['probability']).toBeGreaterThan(
      logistic.answers[1]!['probability'] as number,
    );
    expect(logistic.answers[2]).toMatchObject({ code: 'models.level_unknown' });
    expect(logistic.answers[3]).toMatchObject({ code: 'models.cell_missing', line: 5 });
    // Trees take a word they have not seen, or none, for a missing value.
    const trees = await ask(await fit('gbdt', text, flags), asked);
    expect([trees.code, trees.answers.length]).toEqual([0, 4]);
    expect(trees.answers[0]!['probability']).toBeGreaterThan(0.5);
    const clusters = await ask(
      await fit('kmeans', text, { features: ['calls'], clusters: 2 }),
      'calls\n0\n11\n',
    );
    expect(new Set(clusters.answers.map(({ cluster }) => cluster)).size).toBe(2);
  });

  it('are refused where they are none', async () => {
    for (const model of [
      { name: 'logistic', names: ['a'], intercept: 1, coefficients: [] },
      { name: 'logistic', model: { names: ['a'], intercept: null, coefficients: [1] } },
      { name: 'gbdt', model: {} },
      { name: 'k-means', model: { names: ['a'], centres: [], scales: [] } },
      { name: 'cox', model: { names: [] } },
      { name: 'gamma-gamma', parameters: { p: 1, q: 2 } },
      { name: 'sbg', parameters: { alpha: -1, beta: 2 } },
      { name: 'bg-nbd', parameters: { r: 1, alpha: 1, a: 1, b: 1 }, covariates: { names: ['z'] } },
      { name: 'bg-nbd', by: 'z', segments: [{}] },
      { name: 'kaplan-meier', time: [1], survival: [] },
      { name: 'hazard', model: { names: [], coefficients: [], intercept: 1 } },
    ])
      expect([model, await bad(ask(model, 'a,z\n1,2\n', { horizon: 9 }))]).toEqual([
        model,
        'models.bad_model',
      ]);
  });
});

it('a customer who cannot be is answered in his place, and the others all the same', async () => {
  const model = { name: 'bg-nbd', parameters: { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 } };
  const rows = 'frequency,recency,age\n0,0,0\n1,9,3\n,1,2\n2,3,9\n';
  const { code, answers } = await ask(model, rows, { horizon: 39, pmf: 0 });
  expect(code).toBe(3);
  expect((answers[0] as { pmf: number[] }).pmf[0]).toBeCloseTo(0.5737864, 6);
  expect(answers.map(({ code: errorCode }) => errorCode)).toEqual([
    undefined,
    'models.bad_history',
    'models.not_a_number',
    undefined,
  ]);
  expect(answers[2]).toMatchObject({ line: 4 });
});

it('a row that cannot be split into cells is answered in its place, in order', async () => {
  const model = { name: 'nbd', parameters: { r: 1, alpha: 20 } };
  const ragged = 'frequency,recency,age\n1,2,30\n1,2,30,9,9\n0,0,10\n2,"5,30\n';
  const { code, answers } = await ask(model, ragged, { horizon: 9 });
  expect(code).toBe(3);
  expect(answers.map((answer) => answer['line'] ?? 'answered')).toEqual(['answered', 3, 'answered', 5]);
  expect(answers[1]!['code']).toMatch(/^tabular\./);
  expect(answers[1]!['error']).not.toMatch(/\{\{/);
});
