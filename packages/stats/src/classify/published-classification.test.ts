import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  classificationReport,
  codeLevels,
  fitBoostedTrees,
  fitLogistic,
  predictBoostedTrees,
  predictLogistic,
  treatmentColumns,
  type FeatureTable,
} from '../index.js';

/** Published figures; the ids and their sources stand in the list of reference figures beside the test data. */
const data = resolve(
  process.env['KEZI_TEST_DATA'] ?? resolve(import.meta.dirname, '../../../../../shared/data'),
);
const telcoFile = resolve(data, 'telco_churn/Telco-Customer-Churn.csv');
const taiwanFile = resolve(data, 'taiwan_credit/UCI_Credit_Card.csv');

const near = (actual: number, expected: number, relative: number): void =>
  expect(Math.abs(actual / expected - 1)).toBeLessThan(relative);

/** Columns of a file by name, as words. */
function wordsOf(file: string): (name: string) => string[] {
  const [header, ...rows] = readFileSync(file, 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  return (name) => rows.map((row) => row[header!.indexOf(name)]!);
}

function judge(features: FeatureTable, label: number[]) {
  const fit = fitLogistic(features, label);
  return { fit, report: classificationReport(label, predictLogistic(fit.model, features)) };
}

describe.skipIf(!existsSync(telcoFile))('Telco, published figures', () => {
  it('V09 fits the logistic regression of churn', () => {
    const all = wordsOf(telcoFile);
    const known = all('TotalCharges').map((text) => text.trim() !== '');
    const words = (name: string): string[] => all(name).filter((_, i) => known[i]!);
    const numbers = (name: string): Float64Array => Float64Array.from(words(name), Number);
    const factors = [
      'Contract',
      'InternetService',
      'PaperlessBilling',
      'PaymentMethod',
      'SeniorCitizen',
      'OnlineSecurity',
      'TechSupport',
    ].map((name) => treatmentColumns(name, codeLevels(words(name))));
    const plain = ['tenure', 'MonthlyCharges', 'TotalCharges'];
    const features = {
      names: [...plain, ...factors.flatMap((factor) => factor.names)],
      columns: [...plain.map(numbers), ...factors.flatMap((factor) => factor.columns)],
    };
    const label = words('Churn').map((word) => Number(word === 'Yes'));
    expect(label.length).toBe(7032);
    const { fit, report } = judge(features, label);
    expect(fit.converged).toBe(true);
    // Who has no internet has none of its services either: R gives these two no coefficient.
    expect(fit.leftOut.map((column) => column.name)).toEqual([
      'OnlineSecurity=No internet service',
      'TechSupport=No internet service',
    ]);
    near(fit.deviance, 5885.2427, 1e-4);
    near(report.auc!, 0.844764, 1e-4);
    near(report.brier!, 0.135972, 1e-4);
  });
});

describe.skipIf(!existsSync(taiwanFile))('Taiwan, published figures', () => {
  const words = existsSync(taiwanFile) ? wordsOf(taiwanFile) : null!;

  it('K04 fits the logistic regression of default', () => {
    const column = (name: string, unit = 1): Float64Array =>
      Float64Array.from(words(name), (text) => Number(text) / unit);
    const plain = ['AGE', 'PAY_0', 'PAY_2', 'PAY_3', 'PAY_4', 'PAY_5', 'PAY_6'];
    const money = ['LIMIT_BAL', 'BILL_AMT1', 'PAY_AMT1'];
    const features = {
      names: [...plain, ...money],
      columns: [...plain.map((name) => column(name)), ...money.map((name) => column(name, 1e5))],
    };
    const { fit, report } = judge(features, words('default.payment.next.month').map(Number));
    expect(fit.converged).toBe(true);
    near(fit.deviance, 28013.1646, 1e-5);
    near(report.auc!, 0.719203, 1e-5);
    near(report.brier!, 0.145398, 1e-5);
  });

  it('is told apart better by boosted trees: on every fifth row, held out', () => {
    const names = [
      'LIMIT_BAL',
      'AGE',
      'PAY_0',
      'PAY_2',
      'PAY_3',
      'PAY_4',
      'BILL_AMT1',
      'PAY_AMT1',
      'PAY_AMT2',
    ];
    const part = (name: string, keep: (row: number) => boolean): Float64Array =>
      Float64Array.from(words(name), Number).filter((_, i) => keep(i));
    const tableOf = (keep: (row: number) => boolean): FeatureTable => ({
      names,
      columns: names.map((name) => part(name, keep)),
    });
    const outcome = 'default.payment.next.month';
    const [trained, held] = [(i: number): boolean => i % 5 !== 0, (i: number): boolean => i % 5 === 0];
    const label = part(outcome, trained);
    const trees = fitBoostedTrees(tableOf(trained), label, { trees: 30, depth: 4 });
    const line = fitLogistic(tableOf(trained), label);
    const judge = (probability: Float64Array) => classificationReport(part(outcome, held), probability);
    const [ours, plain] = [
      judge(predictBoostedTrees(trees.model, tableOf(held))),
      judge(predictLogistic(line.model, tableOf(held))),
    ];
    expect(ours.auc).toBeGreaterThan(0.76);
    expect(ours.auc! - plain.auc!).toBeGreaterThan(0.03);
    expect(ours.logLoss).toBeLessThan(plain.logLoss!);
    // The predictions are what they say: tenths of 600 rows are off by two in a hundred by chance alone.
    const off = ours.calibration.map((tenth) => Math.abs(tenth.meanPredicted - tenth.rate));
    expect(off.reduce((sum, value) => sum + value, 0) / off.length).toBeLessThan(0.03);
  });
});
