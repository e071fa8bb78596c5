import type { CustomerDetail } from '@kezi/contract';
import { cleanup, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { loadWords, startWords } from '../../../../lib/words.js';
import { drawInFrame } from '../../../../testing/draw-in-frame.js';
import { GroupWorth } from './group-worth.js';

const totals = {
  customers: 201,
  valued: 199,
  clv: 1_530_000,
  orders: 1821,
  spendMinor: 1_845_000_000,
  spendYearMinor: 700_000_000,
  lastOrderOn: '2026-03-01',
};
const group = {
  path: [{ customerId: 6, name: '曜屏集团' }],
  isHiddenAbove: false,
  currency: 'CNY',
  parentCustomerId: null,
  totals,
  groupTotals: null,
  memberships: [],
};
const asked = vi.fn<(path: string) => void>();

function show(subsidiaries: CustomerDetail['subsidiaries']) {
  return drawInFrame(<GroupWorth customer={{ customerId: 6, subsidiaries } as CustomerDetail} />);
}

beforeAll(async () => {
  await startWords();
  await loadWords('customers', {
    'zh-CN': () => import('../locale/zh-CN.js'),
    'en-US': () => import('../locale/en-US.js'),
  });
  vi.stubGlobal('fetch', (path: string) => {
    asked(path);
    return Promise.resolve(
      new Response(JSON.stringify(group), { status: 200, headers: { 'content-type': 'application/json' } }),
    );
  });
});
afterEach(cleanup);

it('says what the group below a holding is worth', async () => {
  await show([{ customerId: 128, name: '曜屏唐山', clv: 177_000 }]);
  expect(await screen.findByText('¥153 万')).toBeTruthy();
  expect(screen.getByText('201')).toBeTruthy();
  expect(screen.getByText('含本公司，199 家已估值')).toBeTruthy();
});

it('is absent, and asks nothing, where nobody stands below', async () => {
  asked.mockClear();
  await show([]);
  expect(screen.queryByText('集团价值')).toBeNull();
  expect(asked).not.toHaveBeenCalled();
});
