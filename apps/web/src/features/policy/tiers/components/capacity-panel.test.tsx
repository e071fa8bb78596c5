import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { loadWords, startWords } from '../../../../lib/words.js';
import { ToastProvider } from '../../../../ui/toast.js';
import { CapacityPanel } from './capacity-panel.js';

const manager = {
  ownerId: 7,
  ownerName: '周启航',
  customers: 30,
  promisedHours: 400,
  ownHours: null,
  managerShare: 0.5,
  rowVersion: 3,
};

beforeAll(async () => {
  await startWords();
  await loadWords('tiers', {
    'zh-CN': () => import('../locale/zh-CN.js'),
    'en-US': () => import('../locale/en-US.js'),
  });
  await loadWords('ui', {
    'zh-CN': () => import('../../../../ui/locale/zh-CN.js'),
    'en-US': () => import('../../../../ui/locale/en-US.js'),
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('keeps the hours of a manager once, although Enter takes the focus out of the field', async () => {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', (_path: string, options?: RequestInit) => {
    if (options?.method !== 'PATCH')
      return Promise.resolve(Response.json({ hoursEach: 1600, items: [manager] }));
    sent.push(JSON.parse(options.body as string));
    return Promise.resolve(new Response(null, { status: 204 }));
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ToastProvider>
        <CapacityPanel mayWrite segmentId={undefined} />
      </ToastProvider>
    </QueryClientProvider>,
  );
  const field = await screen.findByRole('spinbutton', { name: /周启航/ });
  fireEvent.change(field, { target: { value: '800' } });
  fireEvent.keyDown(field, { key: 'Enter', code: 'Enter', keyCode: 13 });
  await waitFor(() => expect(sent).toHaveLength(1));
  await screen.findByText('工时已保存');
  fireEvent.blur(field);
  await new Promise((done) => setTimeout(done, 50));
  expect(sent).toEqual([{ hours: 800, rowVersion: 3 }]);
});
