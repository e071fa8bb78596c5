import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fitCox, kaplanMeier, survivalAt, survivalQuantile } from '../index.js';

/** Published figures; the ids and their sources stand in the list of reference figures beside the test data. */
const data = resolve(
  process.env['KEZI_TEST_DATA'] ?? resolve(import.meta.dirname, '../../../../../shared/data'),
);
const rossiFile = resolve(data, 'lifelines_survival/rossi.csv');
const lungFile = resolve(data, 'lifelines_survival/lung.csv');
const telcoFile = resolve(data, 'telco_churn/Telco-Customer-Churn.csv');

const rowsOf = (file: string): string[][] =>
  readFileSync(file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));

describe.skipIf(!existsSync(rossiFile))('Rossi, published figures', () => {
  const read = () => {
    const [header, ...rows] = rowsOf(rossiFile) as [string[], ...string[][]];
    const column = (name: string): Float64Array =>
      Float64Array.from(rows, (row) => Number(row[header.indexOf(name)]));
    const names = ['fin', 'age', 'race', 'wexp', 'mar', 'paro', 'prio'];
    return {
      lives: { duration: column('week'), event: column('arrest') },
      features: { names, columns: names.map(column) },
    };
  };

  it('V01 fits Cox with Efron ties', () => {
    const { lives, features } = read();
    const fit = fitCox(lives, features);
    const expected = [-0.379422, -0.057438, 0.3139, -0.149796, -0.433704, -0.084871, 0.091497];
    expect(fit.converged).toBe(true);
    fit.coefficients.forEach((line, j) =>
      expect(Math.abs(line.estimate / expected[j]! - 1)).toBeLessThan(1e-4),
    );
    expect(Math.abs(fit.logLikelihood - -658.7477)).toBeLessThan(1e-4);
    // R prints these for the same call: standard errors of fin and prio, likelihood ratio 33.27 on 7 df, concordance 0.64.
    expect(fit.coefficients[0]!.standardError).toBeCloseTo(0.1914, 4);
    expect(fit.coefficients[6]!.standardError).toBeCloseTo(0.0286, 4);
    expect(fit.likelihoodRatio!.statistic).toBeCloseTo(33.27, 2);
    expect(fit.concordance).toBeCloseTo(0.64, 2);
  });

  it('V04 gives the Kaplan-Meier curve', () => {
    const curve = kaplanMeier(read().lives);
    const expected = { 10: 0.965278, 20: 0.907407, 30: 0.861111, 40: 0.803241, 52: 0.736111 };
    for (const [time, survival] of Object.entries(expected)) {
      expect(Math.abs(survivalAt(curve, Number(time)).survival - survival)).toBeLessThan(1e-6);
    }
  });
});

describe.skipIf(!existsSync(lungFile))('NCCTG lung cancer, figures that R survival prints', () => {
  it('fits coxph(Surv(time, status) ~ age + sex + ph.ecog) on the 227 complete rows', () => {
    const [header, ...all] = rowsOf(lungFile) as [string[], ...string[][]];
    const names = ['age', 'sex', 'ph.ecog'];
    const rows = all.filter((row) => names.every((name) => row[header.indexOf(name)] !== ''));
    const column = (name: string): Float64Array =>
      Float64Array.from(rows, (row) => Number(row[header.indexOf(name)]));
    const fit = fitCox(
      { duration: column('time'), event: column('status') },
      { names, columns: names.map(column) },
    );
    expect(fit).toMatchObject({ customers: 227, events: 164, converged: true });
    [0.011067, -0.552612, 0.463728].forEach((expected, j) =>
      expect(fit.coefficients[j]!.estimate).toBeCloseTo(expected, 6),
    );
    [0.009267, 0.167739, 0.113577].forEach((expected, j) =>
      expect(fit.coefficients[j]!.standardError).toBeCloseTo(expected, 6),
    );
    expect(fit.likelihoodRatio!.statistic).toBeCloseTo(30.5, 1);
    expect(fit.concordance).toBeCloseTo(0.637, 3);
  });

  it('has a median of 310 days', () => {
    const [header, ...rows] = rowsOf(lungFile) as [string[], ...string[][]];
    const column = (name: string): Float64Array =>
      Float64Array.from(rows, (row) => Number(row[header.indexOf(name)]));
    const curve = kaplanMeier({ duration: column('time'), event: column('status') });
    expect(survivalQuantile(curve, 0.5).time).toBe(310);
  });
});

describe.skipIf(!existsSync(telcoFile))('Telco, published figures', () => {
  it('V06 gives the Kaplan-Meier curve of tenure', () => {
    const [header, ...rows] = rowsOf(telcoFile) as [string[], ...string[][]];
    const curve = kaplanMeier({
      duration: Float64Array.from(rows, (row) => Number(row[header.indexOf('tenure')])),
      event: rows.map((row) => Number(row[header.indexOf('Churn')] === 'Yes')),
    });
    const expected = {
      1: 0.945961,
      6: 0.884826,
      12: 0.8432,
      24: 0.788736,
      36: 0.748545,
      48: 0.70884,
      60: 0.664404,
      72: 0.59279,
    };
    for (const [time, survival] of Object.entries(expected)) {
      expect(Math.abs(survivalAt(curve, Number(time)).survival - survival)).toBeLessThan(1e-6);
    }
  });
});
