import type { Backtest, ModelCandidate } from '@kezi/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { loadWords, startWords } from '../../../../lib/words.js';
import valuation from '../index.js';
import { PlotsPanel } from './plots-panel.js';

beforeAll(async () => {
  await startWords();
  await loadWords(valuation.id, valuation.words);
  await loadWords('ui', {
    'zh-CN': () => import('../../../../ui/locale/zh-CN.js'),
    'en-US': () => import('../../../../ui/locale/en-US.js'),
  });
});
afterEach(cleanup);

const holdout = (meanPredicted: number): NonNullable<ModelCandidate['holdout']> => ({
  total: 100,
  totalError: 0,
  meanAbsoluteError: 1,
  weightedMape: 0.5,
  rankCorrelation: 0.5,
  logScore: -1,
  calibration: [{ customers: 40, meanActual: 1.5, meanPredicted }],
});
const backtest: Backtest = {
  calibrationEnd: '2024-01-01',
  holdoutEnd: '2024-06-30',
  customers: 40,
  actualOrders: 60,
  modelName: 'bg-nbd',
  model: holdout(1.25),
  naive: holdout(1.75),
  calibration: holdout(1.25).calibration,
};
const candidate = (
  name: ModelCandidate['name'],
  inUse: boolean,
  predicted: number | null,
): ModelCandidate => ({
  name,
  inUse,
  fit: null,
  reason: null,
  holdout: predicted === null ? null : holdout(predicted),
});
const plots = { tracking: [], frequency: [], alive: [] };
const show = (candidates: ModelCandidate[]) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <PlotsPanel plots={plots} backtest={backtest} candidates={candidates} />
    </QueryClientProvider>,
  );

it('draws the calibration of the model in use first, and of any other that was tried when asked', async () => {
  show([candidate('same-rate', false, 1.75), candidate('bg-nbd', true, 1.25), candidate('nbd', false, null)]);
  expect(screen.getByText('BG/NBD（正在使用）')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: /图表选项|chart.more/ }));
  fireEvent.click(await screen.findByText(/查看数据表|chart.table/));
  expect(screen.getByText('1.25')).toBeTruthy();
  fireEvent.mouseDown(screen.getByRole('combobox', { name: '画哪个模型' }));
  const options = await screen.findAllByRole('option');
  expect(options.length).toBe(2);
  fireEvent.click(screen.getByTitle('照旧法则'));
  expect(screen.getByText('1.75')).toBeTruthy();
  expect(screen.queryByText('1.25')).toBeNull();
});

it('offers no choice where a card knows one model alone', () => {
  show([]);
  expect(screen.queryByRole('combobox')).toBeNull();
});
