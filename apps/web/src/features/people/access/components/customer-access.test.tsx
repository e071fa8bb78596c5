import type { CustomerAccess as Access } from '@kezi/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadWords, startWords } from '../../../../lib/words.js';
import { ToastProvider } from '../../../../ui/toast.js';
import CustomerAccess from './customer-access.js';

const share = {
  shareId: 9,
  customerId: 7,
  userId: 3,
  userName: '林晓',
  access: 'read' as const,
  untilOn: '2026-12-31',
  isOver: false,
  reason: '联合拜访',
  createdBy: 1,
  createdByName: '王明',
  createdAt: '2026-03-01T00:00:00.000Z',
};
let access: Access;
const ended: string[] = [];

function serve(path: string, options?: RequestInit) {
  if (options?.method === 'DELETE') {
    ended.push(path);
    access = { ...access, shares: [] };
    return Promise.resolve(new Response(null, { status: 204 }));
  }
  return Promise.resolve(
    new Response(JSON.stringify(access), { status: 200, headers: { 'content-type': 'application/json' } }),
  );
}

function show() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <ToastProvider>
        <CustomerAccess customerId={7} />
      </ToastProvider>
    </QueryClientProvider>,
  );
}

beforeAll(async () => {
  await startWords();
  const files = { 'zh-CN': () => import('../locale/zh-CN.js'), 'en-US': () => import('../locale/en-US.js') };
  await loadWords('access', files);
  await loadWords('ui', {
    'zh-CN': () => import('../../../../ui/locale/zh-CN.js'),
    'en-US': () => import('../../../../ui/locale/en-US.js'),
  });
});
beforeEach(() => {
  access = {
    mayShare: true,
    shares: [share],
    viewers: [
      { userId: 1, name: '王明', reason: 'owner', by: null, canEdit: true },
      { userId: 4, name: '赵强', reason: 'deputy', by: '王明', canEdit: true },
      { userId: 3, name: '林晓', reason: 'share', by: null, canEdit: false },
    ],
  };
  vi.stubGlobal('fetch', serve);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('who sees a customer', () => {
  it('is listed with the reason, and a share can be taken back', async () => {
    show();
    await screen.findByText('代理 王明');
    expect(screen.getByText('负责人')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /收\s*回/ }));
    await waitFor(() => expect(ended).toEqual(['/api/v1/shares/9']));
    await screen.findByText('没有分享给任何人。');
  });

  it('offers no share to a guest', async () => {
    access = { ...access, mayShare: false };
    show();
    await screen.findByText('代理 王明');

    expect(screen.queryByRole('button')).toBeNull();
  });
});
