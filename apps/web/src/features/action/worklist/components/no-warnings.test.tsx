import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { loadWords, startWords } from '../../../../lib/words.js';
import { drawInFrame } from '../../../../testing/draw-in-frame.js';
import { NoWarnings } from './no-warnings.js';

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
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function show(asOf: string | null, isValued: boolean, isNarrowed = false) {
  await drawInFrame(<NoWarnings page={{ asOf, isValued }} isNarrowed={isNarrowed} />, [
    'alerts:read',
    'alerts:run',
    'valuation:run',
  ]);
  await screen.findByRole('heading');
}

it('offers the first check where nobody has looked yet, and says of nobody that no rule was triggered', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    return Promise.resolve(Response.json({ jobId: 1 }, { status: 202 }));
  });
  await show(null, true);
  expect(screen.getByRole('heading').textContent).toBe('还没有检查过');
  expect(screen.queryByText(/没有客户触发规则/)).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: '立即检查' }));
  await waitFor(() => expect(asked).toEqual(['/api/v1/warnings/runs']));
});

it('leads to a valuation where there is none: a check would find nothing to go by', async () => {
  await show(null, false);
  expect(screen.getByRole('button', { name: '去运行估值' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: '立即检查' })).toBeNull();
});

it('says after a check that nobody triggered a rule, or that nothing fits the filters', async () => {
  await show('2026-03-01', true);
  expect(screen.getByText(/没有客户触发规则/)).toBeTruthy();
  cleanup();
  await show('2026-03-01', true, true);
  expect(screen.getByText('没有符合这些条件的预警。')).toBeTruthy();
});
