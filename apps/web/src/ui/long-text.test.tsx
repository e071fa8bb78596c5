import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { loadWords, startWords } from '../lib/words.js';
import { LongText } from './long-text.js';

beforeAll(async () => {
  await startWords();
  await loadWords('ui', {
    'zh-CN': () => import('./locale/zh-CN.js'),
    'en-US': () => import('./locale/en-US.js'),
  });
});
afterEach(cleanup);

function Detail() {
  const [text, setText] = useState('');
  return <LongText label="说明" most={10} maxRows={4} value={text} onChange={setText} />;
}

it('says that a pasted text is too long, and keeps all of it', () => {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Detail />
    </QueryClientProvider>,
  );
  const input = screen.getByRole<HTMLTextAreaElement>('textbox', { name: /说明/ });
  fireEvent.change(input, { target: { value: '十个字以内都可以存下。' } });
  expect(input.value).toHaveLength(11);
  expect(screen.getByText(/有 11 字，最多 10 字/)).toBeTruthy();
  fireEvent.change(screen.getByRole('textbox', { name: /说明/ }), { target: { value: '十个字' } });
  expect(screen.queryByText(/最多 10 字/)).toBeNull();
});
