import type { FestivalCare } from '@kezi/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { sessionQuery } from '../../../../lib/session.js';
import { tiersOfTodayQuery } from '../../../../lib/tiers.js';
import { loadWords, startWords } from '../../../../lib/words.js';
import { ToastProvider } from '../../../../ui/toast.js';
import FestivalDialog from './festival-dialog.js';

const festivals = [
  { festival: 'spring-festival', nextOn: '2027-02-06' },
  { festival: 'mid-autumn', nextOn: '2026-09-25' },
] as const;
const care: FestivalCare = {
  festivalCareId: 9,
  festival: 'mid-autumn',
  title: '送月饼',
  leadDays: 10,
  minutes: 20,
  tiers: [{ tierId: 2, name: '黄金' }],
  regions: ['浙江省'],
  segmentId: null,
  segmentName: null,
  isOn: true,
  nextOn: '2026-09-25',
  dueOn: '2026-09-24',
  open: 0,
  rowVersion: 3,
};

const sent: { method: string; path: string; body: unknown }[] = [];
let refusal: object | null = null;
const closed = vi.fn();

function serve(path: string, options?: RequestInit) {
  const { method = 'GET' } = options ?? {};
  if (method !== 'GET') {
    sent.push({ method, path, body: JSON.parse(options!.body as string) });
    if (refusal !== null) return Promise.resolve(Response.json(refusal, { status: 409 }));
    return Promise.resolve(Response.json(care));
  }
  if (path.includes('/festival-cares/audience')) {
    return Promise.resolve(Response.json({ customers: path.includes('tierId=2') ? 12 : 340 }));
  }
  const facets = { industries: [], regions: ['浙江省/杭州市', '上海市'], sources: [], tags: [] };
  return Promise.resolve(Response.json(facets));
}

function show(shown: FestivalCare | null) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  client.setQueryData(sessionQuery.queryKey, { permissions: ['tasks:configure'] } as never);
  client.setQueryData(tiersOfTodayQuery.queryKey, {
    tiers: [
      { tierId: 1, name: '钻石' },
      { tierId: 2, name: '黄金' },
    ],
  } as never);
  render(
    <QueryClientProvider client={client}>
      <ToastProvider>
        <FestivalDialog care={shown} festivals={[...festivals]} onClose={closed} />
      </ToastProvider>
    </QueryClientProvider>,
  );
}

const what = () => screen.getByPlaceholderText<HTMLInputElement>('问候');
const figures = () => screen.getAllByRole<HTMLInputElement>('spinbutton').map(({ value }) => value);
const save = () => fireEvent.click(screen.getByRole('button', { name: /保\s?存/ }));

beforeAll(async () => {
  await startWords();
  await loadWords('worklist', {
    'zh-CN': () => import('../locale/zh-CN.js'),
    'en-US': () => import('../locale/en-US.js'),
  });
  await loadWords('ui', {
    'zh-CN': () => import('../../../../ui/locale/zh-CN.js'),
    'en-US': () => import('../../../../ui/locale/en-US.js'),
  });
});
beforeEach(() => {
  sent.length = 0;
  refusal = null;
  closed.mockReset();
  vi.stubGlobal('fetch', serve);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('keeps a new one for the next festival, for everybody, with a greeting where nothing is written', async () => {
  show(null);
  expect(await screen.findByText('现在有 340 位客户，负责人各收到一项任务。')).toBeTruthy();
  fireEvent.change(what(), { target: { value: '   ' } });
  save();
  await waitFor(() => expect(closed).toHaveBeenCalled());
  const usual = {
    title: null,
    leadDays: 7,
    minutes: 15,
    tierIds: [],
    regions: [],
    segmentId: null,
    isOn: true,
  };
  expect(sent).toEqual([
    { method: 'POST', path: '/api/v1/festival-cares', body: { festival: 'spring-festival', ...usual } },
  ]);
});

it('counts anew for whom it is when a tier is chosen', async () => {
  show(null);
  await screen.findByText(/340 位客户/);
  const tiers = screen.getAllByRole('combobox')[1]!;
  fireEvent.mouseDown(tiers);
  fireEvent.click(await screen.findByText('黄金'));
  expect(await screen.findByText('现在有 12 位客户，负责人各收到一项任务。')).toBeTruthy();
});

it('changes one with its version; which festival it is stays', async () => {
  show(care);
  expect(what().value).toBe('送月饼');
  expect(figures()).toEqual(['10', '20']);
  expect(screen.getAllByRole<HTMLInputElement>('combobox')[0]!.disabled).toBe(true);
  fireEvent.change(what(), { target: { value: '寄贺卡' } });
  save();
  await waitFor(() => expect(closed).toHaveBeenCalled());
  const [{ method, path, body } = { method: '', path: '', body: {} }] = sent;
  expect([method, path]).toEqual(['PATCH', '/api/v1/festival-cares/9']);
  expect(body).toMatchObject({
    title: '寄贺卡',
    leadDays: 10,
    tierIds: [2],
    regions: ['浙江省'],
    rowVersion: 3,
  });
  expect(body).not.toHaveProperty('festival');
});

it('stays open with what was written, and says why, when it is refused', async () => {
  refusal = { code: 'tasks.festival_conflict', detail: '同一个节日已经有同样的问候。' };
  show(care);
  fireEvent.change(what(), { target: { value: '寄贺卡' } });
  save();
  expect(await screen.findByText('同一个节日已经有同样的问候。')).toBeTruthy();
  expect(closed).not.toHaveBeenCalled();
  expect(what().value).toBe('寄贺卡');
});
