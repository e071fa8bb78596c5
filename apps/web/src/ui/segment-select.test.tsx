import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { loadWords, startWords } from '../lib/words.js';
import { SegmentSelect } from './segment-select.js';

vi.mock('../lib/session.js', () => ({ useCan: () => true }));

beforeAll(async () => {
  await startWords();
  await loadWords('ui', {
    'zh-CN': () => import('./locale/zh-CN.js'),
    'en-US': () => import('./locale/en-US.js'),
  });
});
afterEach(cleanup);

it('holds its place until it is known whether there is anything to choose', async () => {
  let answer: (response: Response) => void = () => undefined;
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (answer = resolve)));
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <SegmentSelect value={undefined} onChange={() => undefined} />
    </QueryClientProvider>,
  );
  expect(screen.getByRole('combobox', { name: '客群' })).toBeTruthy();
  answer(
    new Response(JSON.stringify({ items: [] }), {
      status: 200,
      headers: { 'content-type': 'application/json' },
    }),
  );
  await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
});
