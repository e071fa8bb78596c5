import type { ImportBatch } from '@kezi/contract';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { loadWords, startWords } from '../../../../lib/words.js';
import { ReadingPanel } from './reading-panel.js';

beforeAll(async () => {
  await startWords();
  await loadWords('imports', {
    'zh-CN': () => import('../locale/zh-CN.js'),
    'en-US': () => import('../locale/en-US.js'),
  });
});
afterEach(cleanup);

const batch = {
  reading: { format: 'delimited', encoding: 'utf-8', delimiter: 'blanks', header: false },
  sheets: [],
  warnings: [],
  columns: [],
} as unknown as ImportBatch;

it('has a word for columns that stand apart by runs of blanks', () => {
  render(<ReadingPanel batch={batch} onChange={() => undefined} />);
  expect(screen.getByText('空格')).toBeTruthy();
});
