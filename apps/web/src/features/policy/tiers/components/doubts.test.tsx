import type { TierDoubt, TierPreview } from '@kezi/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { loadWords, startWords } from '../../../../lib/words.js';
import { Doubts } from './doubts.js';

const names = ['复购率', '推荐', '定制产品', '技术支持', '培训'];
const features = names.map((name, i) => ({ key: `own:${i}`, name }));

beforeAll(async () => {
  await startWords();
  await loadWords('tiers', {
    'zh-CN': () => import('../locale/zh-CN.js'),
    'en-US': () => import('../locale/en-US.js'),
  });
});
afterEach(cleanup);

function show(doubts: TierDoubt[]) {
  const preview = { doubts, toTiers: [], consistency: [] } as unknown as TierPreview;
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Doubts preview={preview} features={features as never} definition={{ axes: [] } as never} />
    </QueryClientProvider>,
  );
}

const holesOf = (count: number): TierDoubt[] =>
  features.slice(0, count).map(({ key }) => ({ kind: 'holes', subject: key, figure: 0.514 }));

it('says what few indicators lack in one sentence', () => {
  show(holesOf(3));
  expect(screen.getByText('“复购率 · 推荐 · 定制产品”有 51% 的客户没有数据。')).toBeTruthy();
});

it('counts many, names three, and the others once they are asked for', () => {
  show(holesOf(5));
  expect(screen.getByText(/5 项指标各有 51% 的客户没有数据/)).toBeTruthy();
  expect(screen.getByText('定制产品')).toBeTruthy();
  expect(screen.queryByText('培训')).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: '另外 2 项' }));
  expect(screen.getByText('培训')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: '收起' }));
  expect(screen.queryByText('培训')).toBeNull();
});
