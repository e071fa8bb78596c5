import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runKezi } from '../testing/run-kezi.js';

const data = resolve(
  process.env['KEZI_TEST_DATA'] ?? join(import.meta.dirname, '../../../../../shared/data'),
);
const real = existsSync(join(data, 'cdnow'));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kezi models 模型-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function fileOf(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** A file of the published data with the names of columns that the models want. */
async function renamed(path: string, header: string): Promise<string> {
  const text = await readFile(join(data, path), 'utf8');
  return fileOf(path.replaceAll('/', '-'), text.replace(/^.*/, header));
}

const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

it('lists the models, each with its columns', async () => {
  const { code, out } = await runKezi(['models']);
  expect(code).toBe(0);
  const models = new Map(jsonLines(out).map(({ name, columns }) => [name, columns]));
  expect(models.get('bg-nbd')).toContain('frequency,recency,age[,weight]');
  expect(models.get('bg-bb')).toContain('opportunities');
  for (const name of 'pareto-nbd mbg-cnbd-k gamma-gamma sbg bdw kaplan-meier cox logistic gbdt kmeans'.split(
    ' ',
  ))
    expect([name, models.has(name)]).toEqual([name, true]);
});

describe.skipIf(!real)('fit and eval on ../shared/data', () => {
  it('C02, C06, C09: BG/NBD on CDNOW, and its answers for customers', async () => {
    const file = await renamed('cdnow/cdnow_customers_summary.csv', 'id,frequency,recency,age');
    const fitted = await runKezi(['models', 'fit', 'bg-nbd', file]);
    expect(fitted.code).toBe(0);
    const [fit] = jsonLines(fitted.out) as [{ parameters: Record<string, number>; converged: boolean }];
    expect(fit.converged).toBe(true);
    expect(fit.parameters['r']).toBeCloseTo(0.24259, 4);
    expect(fit.parameters['alpha']).toBeCloseTo(4.4136, 3);
    const model = await fileOf('model.json', fitted.out);
    const customers = await fileOf('customers.csv', 'age,frequency,recency\n38.86,2,30.43\n0,0,0\n');
    const { code, out } = await runKezi([
      'models',
      'eval',
      model,
      customers,
      '--horizon',
      '39',
      '--pmf',
      '10',
      '--discount-rate',
      '0.002',
    ]);
    expect(code).toBe(0);
    const [known, fresh] = jsonLines(out) as [Record<string, number>, { pmf: number[]; dert: number }];
    expect(known['expected_orders']).toBeCloseTo(1.226, 3);
    expect(fresh.pmf).toHaveLength(11);
    expect(fresh.pmf[0]).toBeCloseTo(0.5737864, 2);
    expect(fresh.dert).toBeGreaterThan(0);
  });

  it('D01: BG/BB on donations, and S01-like retention by sBG, from counted rows', async () => {
    const file = await renamed(
      'btyd_donations/donations_rf_matrix.csv',
      'frequency,recency,opportunities,weight',
    );
    const [fit] = jsonLines((await runKezi(['models', 'fit', 'bg-bb', file])).out) as [
      { parameters: Record<string, number>; logLikelihood: number },
    ];
    expect(fit.logLikelihood).toBeGreaterThan(-33225.5913);
    expect(fit.parameters['alpha']).toBeCloseTo(1.2035, 2);
    const survivors = [1000, 869, 743, 653, 593, 551, 517, 491];
    const rows = survivors.map((count, period) => `${period},${count}`).join('\n');
    const cohort = await fileOf('cohort.csv', `period,survivors\n${rows}\n`);
    const [sbg] = jsonLines((await runKezi(['models', 'fit', 'sbg', cohort])).out) as [
      { parameters: Record<string, number> },
    ];
    // S01: Fader & Hardie 2007, High End.
    expect(sbg.parameters['alpha']).toBeCloseTo(0.668, 2);
    expect(sbg.parameters['beta']).toBeCloseTo(3.806, 2);
  });

  it('V01: Cox on Rossi; a logistic regression judged on rows that are held out', async () => {
    const rossi = join(data, 'lifelines_survival/rossi.csv');
    const { out } = await runKezi([
      'models',
      'fit',
      'cox',
      rossi,
      '--duration',
      'week',
      '--event',
      'arrest',
      '--features',
      'all',
    ]);
    const [cox] = jsonLines(out) as [{ coefficients: { name: string; estimate: number }[] }];
    expect(cox.coefficients.find(({ name }) => name === 'fin')?.estimate).toBeCloseTo(-0.379422, 5);
    const telco = join(data, 'telco_churn/Telco-Customer-Churn.csv');
    const features = 'tenure,MonthlyCharges,Contract';
    const judged = await runKezi([
      'models',
      'fit',
      'logistic',
      telco,
      '--label',
      'Churn',
      '--features',
      features,
      '--holdout-every',
      '5',
    ]);
    const [logistic] = jsonLines(judged.out) as [{ rows: number; holdout: Record<string, number> }];
    expect(logistic.rows + logistic.holdout['rows']!).toBe(7043);
    expect(logistic.holdout['auc']).toBeGreaterThan(0.8);
    expect(logistic.holdout['topDecileLift']).toBeGreaterThan(2);
  });
});

describe('input that cannot be', () => {
  it('is refused with the line and the reason when a model is fitted', async () => {
    const cases: [string, string, string][] = [
      ['frequency,recency,age\n1,2,3\nx,2,3\n', 'models.not_a_number', 'Line 3'],
      ['frequency,recency,age,weight\n1,2,3,-1\n', 'models.bad_weight', 'Line 2'],
    ];
    for (const [text, errorCode, words] of cases) {
      const { code, out, err } = await runKezi(['models', 'fit', 'bg-nbd', await fileOf('bad.csv', text)]);
      expect(code).not.toBe(0);
      expect(out).toBe('');
      expect(err).toContain(errorCode);
      expect(err).toContain(words);
    }
  });

  it('is told from a wrong command: unknown model, flag left out, model that is none', async () => {
    const rows = await fileOf('rows.csv', 'frequency,recency,age\n1,2,3\n');
    const unknown = await runKezi(['models', 'fit', 'lda', rows]);
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('models.unknown')]);
    const flag = await runKezi(['models', 'fit', 'cox', rows]);
    expect([flag.code, flag.err]).toEqual([2, expect.stringContaining('--duration')]);
    for (const text of ['{', '{ "name": "lda" }']) {
      const bad = await runKezi(['models', 'eval', await fileOf('none.json', text), rows, '--horizon', '9']);
      expect([text, bad.code, bad.err]).toEqual([text, 1, expect.stringContaining('models.bad_model')]);
    }
  });
});
