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

it('says nothing of the amount where the customer was never valued', async () => {
  expect((await rowOf('星辰电子')).getAllByText('–').length).toBeGreaterThanOrEqual(2);
});
