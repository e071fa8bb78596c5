import type { Me } from '@kezi/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { sessionQuery } from '../../../../lib/session.js';
import { loadWords, startWords } from '../../../../lib/words.js';
import { ConfirmProvider } from '../../../../ui/confirm.js';
import { ToastProvider } from '../../../../ui/toast.js';
import { useDelete } from './use-delete.js';

let sent: string[];
const gone = vi.fn();

function Row({ status }: { status: 'uploaded' | 'importing' | 'imported' | 'undone' | 'failed' }) {
  const batch = { importBatchId: 7, fileName: ' 三月订单.csv', status };
  const remove = useDelete(gone);
  return remove.can(batch) ? <button onClick={() => remove.ask(batch)}>{status}</button> : <p>{status}</p>;
}

function show(permissions: string[]) {
  const client = new QueryClient();
  client.setQueryData(sessionQuery.queryKey, { permissions } as unknown as Me);
  return render(
    <QueryClientProvider client={client}>
      <ToastProvider>
        <ConfirmProvider>
          <Row status="uploaded" />
          <Row status="failed" />
          <Row status="importing" />
          <Row status="imported" />
          <Row status="undone" />
        </ConfirmProvider>
      </ToastProvider>
    </QueryClientProvider>,
  );
}

beforeAll(async () => {
  await startWords();
  await loadWords('imports', {
    'zh-CN': () => import('../locale/zh-CN.js'),
    'en-US': () => import('../locale/en-US.js'),
  });
  await loadWords('ui', {
    'zh-CN': () => import('../../../../ui/locale/zh-CN.js'),
    'en-US': () => import('../../../../ui/locale/en-US.js'),
  });
});
beforeEach(() => {
  sent = [];
  gone.mockClear();
  vi.stubGlobal('fetch', (path: string, options?: RequestInit) => {
    sent.push(`${options?.method} ${path}`);
    return Promise.resolve(new Response(null, { status: 204 }));
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('is offered for what was never imported, to those who may import', () => {
  show(['imports:read', 'imports:write']);
  expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['uploaded', 'failed']);
  cleanup();
  show(['imports:read']);
  expect(screen.queryAllByRole('button')).toEqual([]);
});

it('asks for the name of the file, and deletes when it is there', async () => {
  show(['imports:write']);
  fireEvent.click(screen.getByRole('button', { name: 'uploaded' }));
  // The dialog is loaded when it is first asked for.
  const input = await screen.findByRole('textbox', {}, { timeout: 10_000 });
  const action = screen.getByRole<HTMLButtonElement>('button', { name: /删除这个文件/ });
  expect(action.disabled).toBe(true);
  fireEvent.change(input, { target: { value: '三月' } });
  expect(action.disabled).toBe(true);
  fireEvent.change(input, { target: { value: '三月订单.csv' } });
  fireEvent.click(action);
  await waitFor(() => expect(gone).toHaveBeenCalledOnce());
  expect(sent).toEqual(['DELETE /api/v1/imports/7']);
});
