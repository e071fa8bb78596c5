import type { SavedView } from '@kezi/contract';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, renderHook, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadWords, startWords } from '../../../../lib/words.js';
import { ToastProvider } from '../../../../ui/toast.js';
import { customersSearch, type CustomersSearch } from '../customers-search.js';
import { writeDefaultView } from '../default-view.js';
import { useViews } from './use-views.js';

const east: SavedView = {
  savedViewId: 1,
  page: 'customers',
  name: '华东',
  state: { region: ['浙江'], sort: '-pAlive' },
  isShared: false,
  teamId: null,
  isMine: true,
};

let views: SavedView[];

function answer(status: number, body: unknown) {
  return Promise.resolve(
    new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } }),
  );
}

function serve(path: string, options?: RequestInit) {
  const body = JSON.parse((options?.body ?? '{}') as string) as Partial<SavedView>;
  const id = Number(path.split('/').at(-1));
  switch (options?.method) {
    case 'POST': {
      const made = { ...east, ...body, savedViewId: views.length + 10 };
      views.push(made);
      return answer(201, made);
    }
    case 'PATCH':
      views = views.map((view) => (view.savedViewId === id ? { ...view, ...body } : view));
      return answer(
        200,
        views.find((view) => view.savedViewId === id),
      );
    case 'DELETE':
      views = views.filter((view) => view.savedViewId !== id);
      return Promise.resolve(new Response(null, { status: 204 }));
    default:
      return answer(200, { items: views });
  }
}

const columns = [
  { id: 'name', header: '名称', width: 100, cell: () => null },
  { id: 'clv', header: '价值', width: 100, cell: () => null },
];

/** The hook over a search that stands in for the URL. */
function show(start: Record<string, unknown> = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>
      <ToastProvider>{children}</ToastProvider>
    </QueryClientProvider>
  );
  return renderHook(
    () => {
      const [search, setSearch] = useState<CustomersSearch>(() => customersSearch.parse(start));
      const onSearch = (change: Partial<CustomersSearch>) => setSearch((now) => ({ ...now, ...change }));
      return { search, onSearch, ...useViews({ search, onSearch, columns }) };
    },
    { wrapper },
  );
}

beforeAll(async () => {
  await startWords();
  await loadWords('customers', {
    'zh-CN': () => import('../locale/zh-CN.js'),
    'en-US': () => import('../locale/en-US.js'),
  });
  await loadWords('ui', {
    'zh-CN': () => import('../../../../ui/locale/zh-CN.js'),
    'en-US': () => import('../../../../ui/locale/en-US.js'),
  });
});

beforeEach(() => {
  views = [east];
  vi.stubGlobal('fetch', serve);
});

afterEach(() => {
  cleanup();
  writeDefaultView(null);
  vi.unstubAllGlobals();
});

describe('saved views of the register', () => {
  it('shows a view, and says when the list has moved away from it', async () => {
    const { result } = show({ q: '明远' });
    await waitFor(() => expect(result.current.views).toHaveLength(1));
    act(() => result.current.show(east));
    expect(result.current.search).toMatchObject({ q: undefined, region: ['浙江'], sort: '-pAlive', view: 1 });
    expect(result.current.isChanged).toBe(false);
    act(() => result.current.onSearch({ region: [] }));
    expect(result.current.isChanged).toBe(true);
  });

  it('says of a view that a link names and nobody shares any more that it is gone', async () => {
    const { result } = show({ view: 7, region: ['浙江'] });
    await waitFor(() => expect(result.current.isGone).toBe(true));
    act(() => result.current.show(east));
    expect(result.current.isGone).toBe(false);
  });

  it('keeps filters, sort and columns under a name', async () => {
    const { result } = show({ segment: ['important-value'], sort: 'name' });
    const done = vi.fn();
    act(() => result.current.save({ name: '重点', isShared: false, teamId: 3 }, done));
    await waitFor(() => expect(done).toHaveBeenCalledOnce());
    expect(views[1]).toMatchObject({
      page: 'customers',
      name: '重点',
      teamId: 3,
      state: { segment: ['important-value'], sort: 'name', columns: { shown: ['name', 'clv'] } },
    });
    await waitFor(() => expect(result.current.current?.name).toBe('重点'));
  });

  it('deletes a view and brings it back', async () => {
    const { result } = show({ view: 1 });
    await waitFor(() => expect(result.current.current).toBeDefined());
    views = [{ ...east, teamId: 3 }];
    act(() => result.current.remove(views[0] ?? east));
    fireEvent.click(await screen.findByRole('button', { name: '撤销' }));
    await waitFor(() => expect(views.map((view) => view.name)).toEqual(['华东']));
    expect(views[0]).toMatchObject({ state: east.state, teamId: 3 });
  });

  it('begins with the default view, unless the link says what to show', async () => {
    writeDefaultView(1);
    const { result } = show();
    await waitFor(() => expect(result.current.search.view).toBe(1));
    const { result: linked } = show({ q: '明远' });
    await waitFor(() => expect(linked.current.views).toHaveLength(1));
    expect(linked.current.search.view).toBeUndefined();
  });
});
