import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { startWords } from '../lib/words.js';
import { RunError } from './run-error.js';

beforeAll(startWords);
afterEach(cleanup);

it('says why a run failed, with its code: not that an answer could not be read', async () => {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RunError error={{ code: 'tiers.no_customers', params: {} }} />
    </QueryClientProvider>,
  );
  expect((await screen.findByText('tiers.no_customers')).tagName).toBe('CODE');
  expect(screen.getByRole('alert').textContent).toContain('没有客户');
  expect(screen.getByRole('alert').textContent).not.toContain('读不懂');
});
