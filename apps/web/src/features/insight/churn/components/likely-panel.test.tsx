import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { loadWords, startWords } from '../../../../lib/words.js';
import { drawInFrame } from '../../../../testing/draw-in-frame.js';
import { LikelyPanel } from './likely-panel.js';

const customer = { tenth: 1, ownerName: null, reasons: [] };
const page = {
  items: [
    {
      ...customer,
      customerId: 1,
      name: '海岳精工',
      probability: 0.5,
      clv: 30_000,
      reasons: [{ feature: 'order_value', value: '5444', contribution: 0.2 }],
    },
    { ...customer, customerId: 2, name: '星辰电子', probability: 0.9, clv: null },
    {
      ...customer,
      customerId: 3,
      name: '远航物流',
      probability: 0.45,
      clv: 20_000,
      reasons: [
        { feature: 'orders', value: '40', contribution: -0.3 },
        { feature: 'recency_days', value: '3', contribution: -0.1 },
      ],
    },
  ],
  nextCursor: null,
};

beforeAll(async () => {
  await startWords();
  await loadWords('churn', {
    'zh-CN': () => import('../locale/zh-CN.js'),
    'en-US': () => import('../locale/en-US.js'),
  });
  vi.stubGlobal('fetch', () =>
    Promise.resolve(
      new Response(JSON.stringify(page), { status: 200, headers: { 'content-type': 'application/json' } }),
    ),
  );
});
afterEach(cleanup);

async function rowOf(name: string) {
  await drawInFrame(<LikelyPanel segmentId={undefined} onSegment={() => undefined} />);
  const row = (await screen.findByText(name)).closest('tr');
  return within(row ?? document.body);
}

it('shows the amount by which the list is sorted, and says money as money', async () => {
  const row = await rowOf('海岳精工');
  expect(row.getByText('¥1.5 万')).toBeTruthy();
  expect(row.getByText('平均每单金额：¥5,444')).toBeTruthy();
});

it('says that nothing stands out where what moves the customer most holds it, and what that is', async () => {
  const row = await rowOf('远航物流');
  expect(row.getByText('没有突出的流失理由；更可能留：下单次数：40；距末单：3 天')).toBeTruthy();
});

it('says nothing of the amount where the customer was never valued', async () => {
  expect((await rowOf('星辰电子')).getAllByText('–').length).toBeGreaterThanOrEqual(2);
});
