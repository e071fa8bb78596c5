import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

export interface RowsPage<Row> {
  items: readonly Row[];
  /** All rows of the list, where the page says it. */
  total?: number;
  nextCursor?: string | null;
}

export interface PageRequest {
  offset: number;
  limit: number;
  /** From the page before; undefined for the first, and where that page was never fetched (then `offset` says it). */
  cursor: string | undefined;
  signal: AbortSignal;
}

interface WindowedRowsOptions<Row> {
  /** Everything that changes the list: filters and sort. */
  queryKey: readonly unknown[];
  fetchPage: (request: PageRequest) => Promise<RowsPage<Row>>;
  pageSize?: number;
  /** `offset`: any page at any time. `cursor`: one after the other, the list grows as the reader goes down. */
  mode?: 'offset' | 'cursor';
  /** Where the count comes from another request. */
  total?: number | undefined;
  enabled?: boolean;
}

export interface WindowedRows<Row> {
  /** Rows that can be scrolled to now. */
  reachable: number;
  /** Rows of the whole list, if known. */
  total: number | undefined;
  row: (index: number) => Row | undefined;
  /** Tells which rows are looked at. */
  look: (first: number, end: number) => void;
  loading: boolean;
  error: unknown;
  retry: () => void;
  /** Changes when the list is another one: scroll to the top. */
  listKey: string;
}

/** Pages that a window of rows needs: those it touches and the next one, so that scrolling down rarely waits. */
export function pagesOf(first: number, end: number, pageSize: number, reachablePages: number): number[] {
  const from = Math.floor(first / pageSize);
  const to = Math.min(Math.floor(Math.max(end - 1, first) / pageSize) + 1, Math.max(reachablePages - 1, 0));
  return Array.from({ length: Math.max(to - from + 1, 1) }, (_, index) => from + index);
}

/** Milliseconds that the window must rest before its rows are asked for: a drag over a million rows asks for none between. */
const restMs = 60;

/** Pages scrolled past are kept this long: without the first ones a list by cursor would shrink under the reader. */
const keepMs = 2 * 3_600_000;

/** The pages that are there, read from the query client's cache. */
function usePages<Row>(listKey: string, pageSize: number) {
  const client = useQueryClient();
  const keyOf = useCallback(
    (page: number) => [...(JSON.parse(listKey) as unknown[]), 'page', pageSize, page],
    [listKey, pageSize],
  );
  const at = useCallback((page: number) => client.getQueryData<RowsPage<Row>>(keyOf(page)), [client, keyOf]);
  /** Pages from the first on without a gap; `from` is how many there were before. */
  const countFrom = (from: number) => {
    let count = from;
    while (at(count) !== undefined) count++;
    return count;
  };
  return { keyOf, at, countFrom };
}

/** Rows of a list on the server, fetched page by page around what is looked at. */
export function useWindowedRows<Row>(options: WindowedRowsOptions<Row>): WindowedRows<Row> {
  const { queryKey, fetchPage, pageSize = 100, mode = 'cursor', enabled = true } = options;
  const client = useQueryClient();
  const listKey = JSON.stringify(queryKey);
  const [seen, setSeen] = useState({ listKey, first: 0, end: pageSize });
  const view = seen.listKey === listKey ? seen : { listKey, first: 0, end: pageSize };
  const { keyOf, at: pageAt, countFrom } = usePages<Row>(listKey, pageSize);
  const known = countFrom(0);
  const lastCursor = known > 0 ? pageAt(known - 1)?.nextCursor : undefined;
  const isWhole = known > 0 && (lastCursor === null || lastCursor === undefined);
  const total = options.total ?? pageAt(0)?.total;
  const wanted =
    mode === 'offset'
      ? pagesOf(view.first, view.end, pageSize, total === undefined ? 1 : Math.ceil(total / pageSize))
      : // By cursor a page can be asked for once the one before it is there.
        pagesOf(view.first, view.end, pageSize, known + (isWhole ? 0 : 1)).filter((page) => page <= known);

  const answers = useQueries({
    queries: wanted.map((page) => ({
      queryKey: keyOf(page),
      enabled,
      gcTime: keepMs,
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        fetchPage({
          offset: page * pageSize,
          limit: pageSize,
          cursor: page === 0 ? undefined : (pageAt(page - 1)?.nextCursor ?? undefined),
          signal,
        }),
    })),
  });
  const failed = answers.find((answer) => answer.isError);
  const stamp = answers.map((answer) => answer.dataUpdatedAt).join(' ');
  const lastItems = pageAt(known - 1)?.items.length ?? 0;
  const reachable = reachableRows({ mode, total, known, pageSize, isWhole, lastItems });
  const look = useRest(
    useCallback((first: number, end: number) => setSeen({ listKey, first, end }), [listKey]),
  );
  return useMemo(
    () => ({
      reachable,
      total: isWhole && mode === 'cursor' ? reachable : total,
      row: (index: number) => pageAt(Math.floor(index / pageSize))?.items[index % pageSize],
      look,
      loading: known === 0 && failed === undefined && enabled,
      error: failed?.error ?? null,
      retry: () => void client.refetchQueries({ queryKey: JSON.parse(listKey) as unknown[], type: 'active' }),
      listKey,
    }),
    // oxlint-disable-next-line react/exhaustive-deps -- `stamp` stands for the pages that pageAt reads
    [reachable, isWhole, mode, total, pageAt, pageSize, look, known, failed, enabled, client, listKey, stamp],
  );
}

interface Reach {
  mode: 'offset' | 'cursor';
  total: number | undefined;
  known: number;
  pageSize: number;
  isWhole: boolean;
  lastItems: number;
}

/** Rows that can be scrolled to: all of them by offset; by cursor what is there and, while more follow, one page ahead. */
export function reachableRows({ mode, total, known, pageSize, isWhole, lastItems }: Reach): number {
  if (known === 0 && mode === 'cursor') return 0;
  if (mode === 'offset') return total ?? known * pageSize;
  const loaded = (known - 1) * pageSize + lastItems;
  if (isWhole) return loaded;
  return Math.min(loaded + pageSize, Math.max(total ?? Infinity, loaded + 1));
}

function useRest(call: (first: number, end: number) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(
    (first: number, end: number) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => call(first, end), restMs);
    },
    [call],
  );
}
