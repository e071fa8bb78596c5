import type { SegmentCondition } from '@kezi/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { sessionQuery } from '../../../../lib/session.js';
import { loadWords, startWords } from '../../../../lib/words.js';
import RuleEditor from './rule-editor.js';

beforeAll(async () => {
  await startWords();
  await loadWords('segments', {
    'zh-CN': () => import('../locale/zh-CN.js'),
    'en-US': () => import('../locale/en-US.js'),
  });
});
afterEach(cleanup);

const orders = (part: Partial<SegmentCondition>): SegmentCondition => ({
  field: 'orders',
  is: 'between',
  ...part,
});

function show(items: SegmentCondition[], isAsked: boolean) {
  const client = new QueryClient();
  client.setQueryData(sessionQuery.queryKey, { permissions: [], scope: 'all' } as never);
  const rule = { match: 'all' as const, not: false, items };
  const fields = { items: [{ field: 'orders', name: null, kind: 'number' }] };
  render(
    <QueryClientProvider client={client}>
      <RuleEditor
        {...{ rule, isAsked }}
        fields={fields as never}
        disabled={false}
        onChange={() => undefined}
      />
    </QueryClientProvider>,
  );
  return screen.queryAllByRole('alert').map((alert) => alert.closest('li'));
}

it('says at its place that a condition is not filled in, once somebody wants to keep the rule', () => {
  expect(show([orders({ min: 3 }), orders({})], false)).toEqual([]);
  cleanup();
  const [open, ...others] = show([orders({ min: 3 }), orders({})], true);
  expect(others).toEqual([]);
  expect(open).toBe(screen.getAllByRole('listitem')[1]);
});
