import { cleanup, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import { loadWords, startWords } from '../lib/words.js';
import { drawInFrame } from '../testing/draw-in-frame.js';
import { SegmentSelect } from './segment-select.js';

beforeAll(async () => {
  await startWords();
  await loadWords('ui', {
    'zh-CN': () => import('./locale/zh-CN.js'),
    'en-US': () => import('./locale/en-US.js'),
  });
});
afterEach(cleanup);

it('holds its place until it is known whether there is anything to choose', async () => {
  let answer: (response: Response) => void = () => undefined;
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (answer = resolve)));
  await drawInFrame(<SegmentSelect value={undefined} onChange={() => undefined} />, ['segments:read']);
  expect(screen.getByRole('combobox', { name: '客群' })).toBeTruthy();
  answer(
    new Response(JSON.stringify({ items: [] }), {
      status: 200,
      headers: { 'content-type': 'application/json' },
    }),
  );
  await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
});
