import type { CustomerDetail } from '@kezi/contract';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadWords, startWords } from '../../../../lib/words.js';
import { ToastProvider } from '../../../../ui/toast.js';
import { customerQuery } from '../api/show-customer.js';
import { ownField } from '../save-field.js';
import { EditableFact } from './editable-fact.js';
import { valueOf } from './fact-text.js';

const stored: CustomerDetail = {
  customerId: 7,
  customerNo: 'C7',
  name: '明远机械',
  size: null,
  salesStage: null,
  source: null,
  industryCode: null,
  countryCode: null,
  divisionCode: null,
  tags: [],
  addresses: [],
  fields: {},
  stage: null,
  shortName: null,
  legalName: null,
  creditCode: null,
  registryCountry: null,
  registryNo: null,
  formerNumbers: [],
  parentCustomerId: null,
  parentName: null,
  ownerId: null,
  ownerName: null,
  teamId: null,
  teamName: null,
  region: '浙江',
  industry: null,
  orders: null,
  lastOrderOn: null,
  monetaryValue: null,
  pAlive: null,
  expectedOrders: null,
  clv: null,
  clvLow: null,
  clvHigh: null,
  nextOrderOn: null,
  rfmSegment: null,
  tierId: null,
  tierName: null,
  tierBadge: null,
  custom: {},
  rowVersion: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  subsidiaries: [],
  score: null,
  previousClv: null,
};

/** What the server holds, and every patch that reached it. */
let server: { now: CustomerDetail; patches: Record<string, unknown>[] };

function answer(status: number, body: unknown) {
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return Promise.resolve(new Response(JSON.stringify(body), { status, headers: { 'content-type': type } }));
}

function serve(_path: string, options?: RequestInit) {
  if (options?.method !== 'PATCH') return answer(200, server.now);
  const patch = JSON.parse(options.body as string) as Record<string, unknown>;
  server.patches.push(patch);
  if (patch['region'] === '火星') return answer(422, { code: 'customers.wrong', detail: '没有这个地区。' });
  if (patch['rowVersion'] !== server.now.rowVersion) {
    return answer(409, { code: 'customers.changed', detail: '刚有人改过' });
  }
  server.now = { ...server.now, ...patch, rowVersion: server.now.rowVersion + 1 };
  return answer(200, server.now);
}

function Region() {
  const { data } = useQuery(customerQuery(7));
  if (!data) return null;
  return (
    <dl>
      <EditableFact customer={data} label="地区" field={ownField('region')} editable />
      <EditableFact customer={data} label="名称" field={ownField('name')} editable needed />
    </dl>
  );
}

function show(customer = stored) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } });
  client.setQueryData(customerQuery(7).queryKey, customer);
  return render(
    <QueryClientProvider client={client}>
      <ToastProvider>
        <Region />
      </ToastProvider>
    </QueryClientProvider>,
  );
}

async function type(text: string, label = '地区') {
  fireEvent.click(screen.getByRole('button', { name: new RegExp(label) }));
  const input = await screen.findByRole('textbox', { name: label });
  fireEvent.change(input, { target: { value: text } });
  return input;
}

beforeAll(async () => {
  await startWords();
  const files = { 'zh-CN': () => import('../locale/zh-CN.js'), 'en-US': () => import('../locale/en-US.js') };
  await loadWords('customers', files);
  await loadWords('ui', {
    'zh-CN': () => import('../../../../ui/locale/zh-CN.js'),
    'en-US': () => import('../../../../ui/locale/en-US.js'),
  });
});

beforeEach(() => {
  server = { now: stored, patches: [] };
  vi.stubGlobal('fetch', serve);
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('a fact edited in place', () => {
  it('is saved on leaving it and can be taken back', async () => {
    show();
    fireEvent.blur(await type('江苏'));
    await screen.findByText('地区已保存');
    expect(server.now.region).toBe('江苏');
    fireEvent.click(screen.getByRole('button', { name: '撤销' }));
    await waitFor(() => expect(server.now.region).toBe('浙江'));
    expect(server.patches.map((patch) => patch['rowVersion'])).toEqual([1, 2]);
  });

  it('sends nothing when nothing was changed, or when Esc takes it back', async () => {
    show();
    fireEvent.blur(await type('浙江'));
    fireEvent.keyDown(await type('江苏'), { key: 'Escape' });
    expect(server.patches).toEqual([]);
    expect(screen.getByRole('button', { name: /浙江/ })).toBeDefined();
  });

  it('keeps what may not be empty and says so', async () => {
    show();
    fireEvent.blur(await type(' ', '名称'));
    await screen.findByText('“名称”不能为空，仍是“明远机械”');
    expect(server.patches).toEqual([]);
    expect(screen.getByRole('button', { name: /明远机械/ })).toBeDefined();
  });

  it('shows both values when a colleague was quicker, and saves mine over theirs when told to', async () => {
    show();
    server.now = { ...stored, region: '上海', rowVersion: 2 };
    fireEvent.blur(await type('江苏'));
    const note = await screen.findByRole('alert');
    expect(note.textContent).toContain('上海');
    expect(note.textContent).toContain('江苏');
    expect(server.now.region).toBe('上海');
    fireEvent.click(screen.getByRole('button', { name: '用我的' }));
    await waitFor(() => expect(server.now.region).toBe('江苏'));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });

  it('keeps what was not taken, says why, and goes on from it', async () => {
    show();
    fireEvent.blur(await type('火星'));
    expect((await screen.findByRole('alert')).textContent).toContain('没有存下“火星”。没有这个地区。');
    fireEvent.click(screen.getByRole('button', { name: '接着改' }));
    const input = await screen.findByRole<HTMLInputElement>('textbox', { name: '地区' });
    expect(input.value).toBe('火星');
    fireEvent.change(input, { target: { value: '江苏' } });
    fireEvent.blur(input);
    await waitFor(() => expect(server.now.region).toBe('江苏'));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('is not written over where the reader sees a part of it alone', () => {
    server.now = { ...stored, region: '9131****1R' };
    show(server.now);
    expect(screen.getByText('9131****1R')).toBeDefined();
    expect(screen.queryByRole('button', { name: /地区/ })).toBeNull();
  });

  it('leaves theirs when told to', async () => {
    show();
    server.now = { ...stored, region: '上海', rowVersion: 2 };
    fireEvent.blur(await type('江苏'));
    await screen.findByRole('alert');
    fireEvent.click(screen.getByRole('button', { name: '保留同事的' }));
    await screen.findByRole('button', { name: /上海/ });
    expect(server.now).toMatchObject({ region: '上海', rowVersion: 2 });
  });
});

describe('what was typed', () => {
  it('stays a number where a number stood, full-width digits too', () => {
    expect(valueOf('１２', 5)).toBe(12);
    expect(valueOf('12', 'A')).toBe('12');
    expect(valueOf('many', 5)).toBe('many');
    expect(valueOf('  ', 'A')).toBeNull();
  });
});
