import { randomFrom } from '@kezi/stats';
import { expect, it } from 'vitest';
import { noHelpers } from '../threads/open-threads.js';
import { histogramsOn } from '../threads/tree-threads.js';
import { aucInterval } from './auc-interval.js';
import { explainChurn, parseChurnModel, scoreChurn } from './churn-model.js';
import { readLabel } from './label-words.js';
import { learnLabelled, readForModel } from './learn-labelled.js';
import { tenthCuts } from './scored-batches.js';

const options = {
  model: 'auto' as const,
  holdout: { share: 0.3 },
  seed: 1,
  engine: histogramsOn(noHelpers),
  insisted: new Set<string>(),
};

/** Customers of a subscription: months and plan decide who leaves; colour and noise do not. */
function subscribers(size: number, seed: number, share = 1) {
  const random = randomFrom(seed);
  const columns: Record<string, string[]> = {
    编号: [],
    months: [],
    plan: [],
    colour: [],
    noise: [],
    left_on: [],
    country: [],
  };
  const label: string[] = [];
  for (let i = 0; i < size; i++) {
    const months = Math.floor(60 * random.uniform());
    const plan = ['monthly', 'yearly', 'two years'][Math.floor(3 * random.uniform())]!;
    const odds = 0.8 - 0.05 * months - (plan === 'monthly' ? 0 : 1.5);
    const left = random.uniform() < share / (1 + Math.exp(-odds));
    columns['编号']!.push(`C${i}`);
    columns['months']!.push(random.uniform() < 0.05 ? '' : String(months));
    columns['plan']!.push(plan);
    columns['colour']!.push(random.uniform() < 0.5 ? 'red' : 'blue');
    columns['noise']!.push(String(random.normal()));
    columns['left_on']!.push(left ? `2024-0${1 + (i % 9)}-1${i % 10}` : '');
    columns['country']!.push('中国');
    label.push(left ? '是' : '否');
  }
  return { texts: new Map(Object.entries(columns)), label };
}

it('learns who leaves, leaves out what says nothing or gives it away, and is right about its probabilities', () => {
  const { texts, label } = subscribers(2500, 5);
  const { model, report, columns } = learnLabelled(texts, readLabel('流失', label), options);
  expect(report.label).toEqual({ column: '流失', churned: '是', stayed: '否' });
  expect(report.leftOut).toEqual([
    { name: '编号', reason: 'identifier' },
    { name: 'left_on', reason: 'tells-the-label' },
    { name: 'country', reason: 'constant' },
  ]);
  expect(report.model).toMatchObject({ trusted: true, reason: null });
  // The true odds would reach 0.79 or so.
  expect(report.candidates.length).toBe(2);
  expect(report.candidates[0]!.aucLow).toBeGreaterThan(0.72);
  expect(
    report.features
      .slice(0, 2)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['months', 'plan']);
  expect(report.features.find(({ name }) => name === 'plan')!.most.values).toBe('monthly');
  for (const tenth of report.calibration)
    expect(Math.abs(tenth.meanPredicted - tenth.rate)).toBeLessThan(0.16);
  const { base, values } = explainChurn(model, columns);
  const { logOdds, probability } = scoreChurn(model, columns);
  for (let i = 0; i < 50; i++) {
    let sum = base;
    for (let j = 0; j < model.plans.length; j++) sum += values[i * model.plans.length + j]!;
    expect(sum).toBeCloseTo(logOdds[i]!, 9);
  }
  const kept = parseChurnModel(JSON.stringify(model), 'm.json');
  const again = readForModel(kept, texts);
  expect(again.unknown).toEqual([]);
  expect(scoreChurn(kept, again.columns).probability).toEqual(probability);
});

it('gives the same bytes for the same seed, and says how many words are new to it', () => {
  const { texts, label } = subscribers(600, 6);
  const learn = (seed: number) => learnLabelled(texts, readLabel('left', label), { ...options, seed });
  const { model } = learn(3);
  expect(JSON.stringify(learn(3).model)).toBe(JSON.stringify(model));
  expect(JSON.stringify(learn(4).model)).not.toBe(JSON.stringify(model));
  const fresh = new Map([...texts].map(([name, cells]) => [name, cells.slice(0, 3)]));
  fresh.set('plan', ['weekly', '', 'yearly']);
  expect(readForModel(model, fresh).unknown).toEqual([{ name: 'plan', rows: 1 }]);
  fresh.delete('months');
  expect(() => readForModel(model, fresh)).toThrow(/churn.features_missing/);
});

it('does not trust what is no better than chance, nor a handful of events', () => {
  const random = randomFrom(9);
  const noise = Array.from({ length: 2000 }, () => String(random.normal()));
  const label = noise.map(() => (random.uniform() < 0.3 ? 'yes' : 'no'));
  const { model, report } = learnLabelled(new Map([['x', noise]]), readLabel('y', label), options);
  expect(report.model).toMatchObject({ inUse: 'rate', trusted: false, reason: 'no-better-than-chance' });
  expect(report.features).toEqual([]);
  const rates = new Set(scoreChurn(model, [Float64Array.of(-5, 0, 5)]).probability);
  expect(rates.size).toBe(1);
  const rare = noise.map((_, i) => (i % 100 === 0 ? '1' : '0'));
  const few = learnLabelled(new Map([['x', noise]]), readLabel('y', rare), options);
  expect(few.report.model.reason).toBe('too-few-events');
});

it('keeps a telling column that the reader names himself, and says that it tells much', () => {
  const { texts, label } = subscribers(500, 8);
  const named = new Map([
    ['months', texts.get('months')!],
    ['told', label.map((word) => (word === '是' ? 'gone' : 'here'))],
  ]);
  const learn = (insisted: ReadonlySet<string>) =>
    learnLabelled(named, readLabel('left', label), { ...options, insisted }).report;
  expect(learn(new Set()).leftOut).toEqual([{ name: 'told', reason: 'tells-the-label' }]);
  const kept = learn(new Set(['months', 'told']));
  expect(kept.leftOut).toEqual([]);
  expect(kept.suspicious).toEqual([{ name: 'told', auc: 1 }]);
  expect(kept.candidates[0]!.auc).toBe(1);
});

it('reads labels in words of either language', () => {
  const churned = (words: string[], name?: string): string => readLabel('x', words, name).churned;
  expect(churned(['Yes', 'No', ' yes'])).toBe('Yes');
  expect(churned(['1.0', '0', ''])).toBe('1.0');
  expect(churned(['在网', '已流失'])).toBe('已流失');
  expect(churned(['active', 'churned'])).toBe('churned');
  expect(churned(['good', 'bad'], 'BAD')).toBe('bad');
  expect(Array.from(readLabel('x', ['no', '', 'yes']).values)).toEqual([0, Number.NaN, 1]);
  expect(() => churned(['good', 'bad'])).toThrow(/churn.label_unclear/);
  expect(() => churned(['good', 'bad'], 'ugly')).toThrow(/churn.label_unclear/);
  expect(() => churned(['yes', 'yes', ''])).toThrow(/churn.one_class/);
  expect(() => churned(['a', 'b', 'c'])).toThrow(/churn.label_not_two/);
  expect(() => learnLabelled(new Map(), readLabel('x', ['1', '0']), options)).toThrow(/churn.no_features/);
});

it('Hanley & McNeil 1982: standard error .032 at an AUC of .893 of 51 against 58', () => {
  const label = Float64Array.from({ length: 109 }, (_, i) => Number(i < 51));
  const { aucLow, aucHigh } = aucInterval(0.893, label);
  expect((aucHigh! - aucLow!) / 2 / 1.96).toBeCloseTo(0.0325, 3);
  expect(aucInterval(1, label).aucLow!).toBeLessThan(1);
});

it('keeps equal probabilities in one tenth', () => {
  const cuts = tenthCuts(Float64Array.of(0.9, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.1));
  expect(Array.from(cuts)).toEqual([0.9, ...Array.from({ length: 8 }, () => 0.5)]);
});
