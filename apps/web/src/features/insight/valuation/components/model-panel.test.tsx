import type { ValuationCard } from '@kezi/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { loadWords, startWords } from '../../../../lib/words.js';
import valuation from '../index.js';
import { ModelPanel } from './model-panel.js';

beforeAll(async () => {
  await startWords();
  await loadWords(valuation.id, valuation.words);
});
afterEach(cleanup);

const fitted = (name: string, warnings: string[]): ValuationCard['model'] => ({
  name,
  parameters: { r: 1 },
  standardErrors: { r: 0.1 },
  logLikelihood: -10,
  converged: true,
  reason: null,
  warnings,
});

it('does not call a fit sound that converged with a warning', () => {
  const card: Partial<ValuationCard> = {
    model: fitted('pareto-nbd', ['dropout-vanishes']),
    spendModel: fitted('gamma-gamma', []),
    timeUnit: 'week',
    horizon: 52,
    discountRate: 0.1,
    valueBasis: 'revenue',
  };
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ModelPanel card={card as ValuationCard} />
    </QueryClientProvider>,
  );
  expect(screen.getByText('已收敛，有提醒')).toBeTruthy();
  expect(screen.getByText('已收敛')).toBeTruthy();
});
