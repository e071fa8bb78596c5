import type { CustomerDetail, CustomerScore, ValueChange } from '@kezi/contract';
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { loadWords, startWords } from '../../../../lib/words.js';
import { drawInFrame } from '../../../../testing/draw-in-frame.js';
import { ReasonsPanel } from './reasons-panel.js';
import { useChangeWords } from './use-change-words.js';
import { ValueMetrics } from './value-metrics.js';

beforeAll(async () => {
  await startWords();
  await loadWords('customers', {
    'zh-CN': () => import('../locale/zh-CN.js'),
    'en-US': () => import('../locale/en-US.js'),
  });
  await loadWords('ui', {
    'zh-CN': () => import('../../../../ui/locale/zh-CN.js'),
    'en-US': () => import('../../../../ui/locale/en-US.js'),
  });
});
afterEach(cleanup);

const score = {
  asOf: '2011-12-09',
  modelName: 'nbd',
  orders: 3,
  lastOrderOn: '2011-01-10',
  nextOrderOn: null,
  timeUnit: 'week',
  pAlive: 1,
  expectedOrders: 2.3,
  horizon: 52,
  clv: 619,
  clvLow: 0,
  clvHigh: 1507,
  reasons: [
    { factor: 'survival', value: 1, reference: 1, contribution: 0 },
    { factor: 'orderRate', value: 2.2, reference: 2.9, contribution: -0.2 },
    { factor: 'spend', value: 279, reference: 412, contribution: -342 },
  ],
} as unknown as CustomerScore;

const customer = (change: Partial<CustomerScore>) =>
  ({ score: { ...score, ...change }, previousClv: null }) as CustomerDetail;

it('does not show as a finding that a customer is active where the model holds that nobody leaves', async () => {
  await drawInFrame(<ValueMetrics customer={customer({})} />);
  expect(screen.queryByText('活跃')).toBeNull();
  expect(screen.getByText('订单里看不出流失，模型当所有客户都还在')).toBeTruthy();
  cleanup();
  await drawInFrame(<ValueMetrics customer={customer({ modelName: 'bg-nbd' })} />);
  expect(screen.getByText('活跃')).toBeTruthy();
});

it('leaves survival out of the reasons then, and gives no sign to what rounds to nothing', async () => {
  await drawInFrame(<ReasonsPanel customer={customer({})} />);
  expect(screen.queryByText('还在不在')).toBeNull();
  expect(screen.getByText('¥0')).toBeTruthy();
  expect(screen.getByText('−¥342')).toBeTruthy();
});

function ChangeNotes({ change }: { change: ValueChange }) {
  return useChangeWords(change).notes.join('');
}

it('calls a model by its name, the naive rule that stands in for one too', async () => {
  const change = {
    kind: 'new',
    currency: 'CNY',
    settings: [{ name: 'model', before: 'same-rate', now: 'pareto-nbd' }],
  } as unknown as ValueChange;
  await drawInFrame(<ChangeNotes change={change} />);
  expect(screen.getByText(/照旧法则.*Pareto\/NBD/)).toBeTruthy();
});

it('speaks of no cause where two runs of the same day give the same value', async () => {
  const run = { asOf: '2011-12-09', clv: 619, silentDays: 333 };
  const change = {
    kind: 'compared',
    currency: 'CNY',
    before: run,
    now: run,
    changeMinor: 0,
    parts: [],
    between: { days: 0, newOrderDays: 0, orders: 0, returns: 0, amountMinor: 0 },
    settings: [],
  } as unknown as ValueChange;
  await drawInFrame(<ChangeNotes change={change} />);
  expect(screen.getByText('两次估值截至同一天，订单也没有变。')).toBeTruthy();
});
