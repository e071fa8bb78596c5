import type { CustomerStages as Stages, Me } from '@kezi/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { sessionQuery } from '../../../../lib/session.js';
import { loadWords, startWords } from '../../../../lib/words.js';
import { ToastProvider } from '../../../../ui/toast.js';
import CustomerStages from './customer-stages.js';

const stay: Stages['items'][number] = {
  stage: 'mature',
  enteredOn: '2026-03-02',
  leftOn: null,
  reason: 'pinned',
  evidence: {},
  pinnedByName: '周明',
  pinNote: '年度框架合同已签',
  pinnedUntil: null,
  pinReleasedOn: null,
};
let stages: Stages;

function show() {
  const client = new QueryClient();
  client.setQueryData(sessionQuery.queryKey, { permissions: ['lifecycle:pin'] } as unknown as Me);
  client.setQueryData(['customers', 'one', 7], { stage: 'mature' });
  render(
    <QueryClientProvider client={client}>
      <ToastProvider>
        <CustomerStages customerId={7} />
      </ToastProvider>
    </QueryClientProvider>,
  );
  return client;
}

beforeAll(async () => {
  await startWords();
  await loadWords('lifecycle', {
    'zh-CN': () => import('../locale/zh-CN.js'),
    'en-US': () => import('../locale/en-US.js'),
  });
});
beforeEach(() => {
  stages = { now: stay, items: [stay] };
  const quiet = { addEventListener: () => {}, close: () => {} };
  vi.stubGlobal('EventSource', function EventSource() {
    return quiet;
  });
  vi.stubGlobal('fetch', () =>
    Promise.resolve(
      new Response(JSON.stringify(stages), { status: 200, headers: { 'content-type': 'application/json' } }),
    ),
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('asks anew for the head of the customer when a pin is released: it shows the stage too', async () => {
  const client = show();
  fireEvent.click(await screen.findByRole('button', { name: '取消固定' }));
  await waitFor(() => expect(client.getQueryState(['customers', 'one', 7])?.isInvalidated).toBe(true));
});

it('says of a released pin who set it, why, and when it was released', async () => {
  const released = { ...stay, leftOn: '2026-05-06', pinReleasedOn: '2026-05-06' };
  stages = { now: null, items: [released] };
  show();
  const line = await screen.findByText(/年度框架合同已签/);
  expect(line.textContent).toContain('周明');
  expect(line.textContent).toMatch(/2026.*5.*6/);
});
