import type { ValuationAttributes } from '@kezi/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { loadWords, startWords } from '../../../../lib/words.js';
import valuation from '../index.js';
import { AttributesPanel } from './attributes-panel.js';

const none = {
  inUse: true,
  reason: null,
  groups: 3,
  onCells: false,
  logLikelihood: -10,
  plainLogLikelihood: -12,
  likelihoodRatio: null,
  ridge: null,
  columns: [],
  effects: [],
  model: null,
  leftOut: [],
  segments: [],
  spread: null,
  twoValues: [],
  holdout: null,
};

beforeAll(async () => {
  await startWords();
  await loadWords(valuation.id, valuation.words);
});
afterEach(cleanup);

const show = (attributes: ValuationAttributes) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <AttributesPanel attributes={attributes} spend={null} />
    </QueryClientProvider>,
  );

it('says effects as factors, of words against the most frequent one, and whether they tell anything', () => {
  const line = { standardError: 0.1, pValue: 0.00001 };
  show({
    ...none,
    kind: 'covariates',
    names: ['industry', 'custom.门店数'],
    likelihoodRatio: { statistic: 41.2, degreesOfFreedom: 4, pValue: 1e-7 },
    columns: [
      { name: 'industry', kind: 'words', reference: '零售', levels: 2 },
      { name: 'custom.门店数', kind: 'number', bins: null, missing: 2 },
    ],
    effects: [
      {
        on: 'orders',
        coefficients: [
          { name: 'industry=', estimate: Math.log(2), lower: 0.5, upper: 0.9, ...line },
          {
            name: 'custom.门店数=?',
            estimate: 0,
            lower: null,
            upper: null,
            standardError: null,
            pValue: null,
          },
        ],
      },
    ],
    holdout: { gain: 0.01, standardError: 0.002, logScore: -1, totalError: 0.1, meanAbsoluteError: 0.5 },
  });
  expect(screen.getByText(/行业、门店数/)).toBeTruthy();
  expect(screen.getByText(/确实说明问题/)).toBeTruthy();
  const row = screen.getByRole('row', { name: /行业：（未填）（与零售比）/ });
  expect(within(row).getByText('× 2.00')).toBeTruthy();
  expect(within(row).getByText('< 0.0001')).toBeTruthy();
  expect(screen.getByRole('row', { name: /门店数未填/ })).toBeTruthy();
});

it('tells what is not used and why, and keeps from a reader what all customers are worth', () => {
  show({
    ...none,
    kind: 'segments',
    names: ['region'],
    inUse: false,
    reason: 'lower-log-score',
    segments: [
      {
        segment: '',
        customers: 7,
        repeaters: 2,
        parameters: { r: 1 },
        standardErrors: null,
        weight: 0,
        reason: 'too-few-customers',
        clv: null,
        expectedOrders: null,
      },
    ],
  });
  expect(screen.getByText('没有采用')).toBeTruthy();
  expect(screen.getByText(/预测得明显更差/)).toBeTruthy();
  const row = screen.getByRole('row', { name: /（未填）/ });
  expect(within(row).getByText('同全体')).toBeTruthy();
  expect(within(row).getAllByText('–')).toHaveLength(2);
});
