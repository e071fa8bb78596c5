import { fireEvent, screen } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import { loadWords, startWords } from '../../../../lib/words.js';
import { drawInFrame } from '../../../../testing/draw-in-frame.js';
import { FoldedWarnings } from './folded-warnings.js';

const row = {
  customerId: 7,
  customerName: '恒昌机械',
  ownerId: 3,
  ownerName: '林晓',
  detectorId: 'overdue',
  score: 1.2,
  valueAtRisk: 100,
  evidence: { silenceDays: 30, longestGapDays: 7, meanGapDays: 7, orders: 6, pAlive: 0.4 },
  play: null,
};

beforeAll(async () => {
  await startWords();
  await loadWords('ui', {
    'zh-CN': () => import('../../../../ui/locale/zh-CN.js'),
    'en-US': () => import('../../../../ui/locale/en-US.js'),
  });
  await loadWords('worklist', {
    'zh-CN': () => import('../locale/zh-CN.js'),
    'en-US': () => import('../locale/en-US.js'),
  });
});

it('opens the line into the customers behind it, a page at a time', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    const isFirst = !path.includes('cursor=');
    const page = {
      items: [isFirst ? row : { ...row, customerId: 8, customerName: '远大纺织' }],
      nextCursor: isFirst ? 'next' : null,
      currency: 'CNY',
      total: { count: 2, valueAtRisk: 200 },
    };
    return Promise.resolve(Response.json(page));
  });
  const fold = { detectorId: 'overdue', count: 2, valueAtRisk: 200 } as const;
  await drawInFrame(<FoldedWarnings fold={fold} segmentId={undefined} />);
  const open = await screen.findByRole('button', { name: '看这些客户' });
  expect(asked).toEqual([]);
  fireEvent.click(open);
  expect((await screen.findByRole('link', { name: '恒昌机械' })).getAttribute('href')).toBe('/customers/7');
  expect(asked[0]).toContain('/detectors/overdue/folded');
  fireEvent.click(await screen.findByRole('button', { name: '再显示一些' }));
  await screen.findByRole('link', { name: '远大纺织' });
});
