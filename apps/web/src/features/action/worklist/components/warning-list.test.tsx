import type { WarningRow } from '@kezi/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { sessionQuery } from '../../../../lib/session.js';
import { loadWords, startWords } from '../../../../lib/words.js';
import { ToastProvider } from '../../../../ui/toast.js';
import { FinishHost } from './finish-host.js';
import { WarningList } from './warning-list.js';

const warning: WarningRow = {
  warningId: 5,
  customerId: 7,
  customerName: '恒昌机械',
  ownerId: 3,
  ownerName: '林晓',
  detectorId: 'competitor-seen',
  status: 'open',
  score: 1.2,
  valueAtRisk: 100,
  clv: 500,
  evidence: { competitor: '德固斯', share: 0.2, notedOn: '2026-03-01' },
  play: null,
  raisedOn: '2026-03-01',
  dueOn: '2026-03-11',
  seenOn: '2026-03-01',
  timesSeen: 1,
  snoozedUntil: null,
  outcome: null,
  note: null,
  closedByName: null,
  closedAt: null,
  rowVersion: 4,
};
const session = { permissions: ['alerts:read', 'alerts:write', 'tasks:write'] };
const sent: [string, unknown][] = [];

function serve(path: string, options?: RequestInit) {
  if (options?.method === 'POST') sent.push([path, JSON.parse(options.body as string)]);
  const body = { ...warning, rowVersion: warning.rowVersion + sent.length };
  return Promise.resolve(
    new Response(JSON.stringify(body), { status: 200, headers: { 'content-type': 'application/json' } }),
  );
}

function show(row: WarningRow) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  client.setQueryData(sessionQuery.queryKey, session as never);
  const page = (warnings: WarningRow[]) => (
    <QueryClientProvider client={client}>
      <ToastProvider>
        <FinishHost>
          <WarningList warnings={warnings} withCustomer={false} />
        </FinishHost>
      </ToastProvider>
    </QueryClientProvider>
  );
  const { rerender } = render(page([row]));
  return { leave: () => rerender(page([])) };
}

beforeAll(async () => {
  await startWords();
  const words = { 'zh-CN': () => import('../locale/zh-CN.js'), 'en-US': () => import('../locale/en-US.js') };
  await loadWords('worklist', words);
  await loadWords('ui', {
    'zh-CN': () => import('../../../../ui/locale/zh-CN.js'),
    'en-US': () => import('../../../../ui/locale/en-US.js'),
  });
});
beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal('fetch', serve);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('says a share of purchases as a share', () => {
  show(warning);
  expect(screen.getByText(/约占客户采购的 20%/)).toBeTruthy();
});

it('takes a false alarm back from the note that tells of it', async () => {
  show(warning);
  fireEvent.click(screen.getByRole('button', { name: '更多操作' }));
  fireEvent.click(screen.getByRole('menuitem', { name: '误报' }));
  fireEvent.click(await screen.findByRole('button', { name: '撤销' }));
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent).toEqual([
    ['/api/v1/warnings/5/false-alarm', { rowVersion: 4 }],
    ['/api/v1/warnings/5/reopen', { rowVersion: 5 }],
  ]);
});

it('snoozes one warning of the list, and not the others of its customer', async () => {
  show(warning);
  fireEvent.click(screen.getByRole('button', { name: '更多操作' }));
  fireEvent.click(screen.getByRole('menuitem', { name: '30 天后' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject(['/api/v1/warnings/5/snooze', { withOthers: false, rowVersion: 4 }]);
});

it('says of what was settled when, by whom and what came of it', () => {
  const closed = { closedByName: '周明', closedAt: '2026-03-05T02:00:00.000Z', note: '下周补单' };
  show({ ...warning, status: 'handled', outcome: 'kept', ...closed });
  expect(screen.getByText('周明 · 已挽回 · 下周补单')).toBeTruthy();
  expect(screen.getByText('处理于').nextElementSibling?.getAttribute('title')).toContain('2026-03-05');
  cleanup();
  show({ ...warning, status: 'gone', closedAt: '2026-03-06T02:00:00.000Z' });
  expect(screen.getByText('不再符合规则，自己消失了。')).toBeTruthy();
});

it('opens again what was settled, and offers nothing where it is gone by itself', async () => {
  show({ ...warning, status: 'handled', outcome: 'kept' });
  fireEvent.click(screen.getByRole('button', { name: '重新打开' }));
  await waitFor(() => expect(sent).toEqual([['/api/v1/warnings/5/reopen', { rowVersion: 4 }]]));
  cleanup();
  show({ ...warning, status: 'gone' });
  expect(screen.queryByRole('button')).toBeNull();
});

it('keeps what is being written when a colleague deals with the warning and its line leaves', async () => {
  const { leave } = show(warning);
  fireEvent.click(screen.getByRole('button', { name: /处\s?理/ }));
  const text = await screen.findByRole('textbox');
  fireEvent.change(text, { target: { value: '谈了份额' } });
  leave();
  expect(screen.queryByText(/约占客户采购/)).toBeNull();
  expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('谈了份额');
});
