import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { mergeDraft, useLatestDraft } from './latest-draft.js';

const opened = { title: '年框', note: '', days: [1] };

it('takes what only they changed, keeps what both did, and says neither of what is the same', () => {
  const theirs = { title: '年度框架', note: '含运费', days: [1] };
  const mine = { title: '年框二', note: '', days: [1, 2] };
  expect(mergeDraft(opened, theirs, mine)).toEqual({
    draft: { title: '年框二', note: '含运费', days: [1, 2] },
    changes: [
      { field: 'title', isTaken: false },
      { field: 'note', isTaken: true },
    ],
  });
  expect(mergeDraft(opened, mine, mine).changes).toEqual([]);
});

it('merges a newer version that comes while the form is open, and takes theirs when asked', () => {
  const { result, rerender } = renderHook(({ version, row }) => useLatestDraft(version, () => row), {
    initialProps: { version: 1, row: opened },
  });
  act(() => result.current.change({ title: '年框二' }));
  rerender({ version: 2, row: { ...opened, title: '年度框架' } });
  expect(result.current).toMatchObject({ version: 2, draft: { title: '年框二' } });
  expect(result.current.changes).toEqual([{ field: 'title', isTaken: false }]);
  act(() => result.current.take('title'));
  expect(result.current.draft.title).toBe('年度框架');
  rerender({ version: 2, row: { ...opened, title: '又一个' } });
  expect(result.current.draft.title).toBe('年度框架');
});
