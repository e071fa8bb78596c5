import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startWords } from '../../lib/words.js';
import { DataGrid } from './data-grid.js';
import type { GridColumn } from './data-grid.js';
import { useGridSelection } from './grid-selection.js';
import { useWindowedRows } from './windowed-rows.js';
import type { PageRequest } from './windowed-rows.js';

interface Row {
  id: number;
  name: string;
}

const columns: GridColumn<Row>[] = [
  { id: 'name', header: '客户', width: 200, frozen: true, sort: true, cell: (row) => row.name },
  { id: 'id', header: '编号', width: 100, align: 'end', sort: true, cell: (row) => row.id },
];

type Fetch = (request: PageRequest) => Promise<{ items: Row[]; nextCursor: string | null }>;

function Harness({ fetchPage, onOpen }: { fetchPage: Fetch; onOpen: (row: Row) => void }) {
  const [sort, setSort] = useState('name');
  const [selection, setSelection] = useGridSelection();
  const rows = useWindowedRows<Row>({ queryKey: ['rows', sort], fetchPage, pageSize: 50 });
  return (
    <DataGrid
      id="test"
      label="客户表"
      rows={rows}
      rowKey={(row) => row.id}
      columns={columns}
      sort={sort}
      onSort={setSort}
      onOpen={onOpen}
      selection={selection}
      onSelection={setSelection}
      empty={<p>{'空'}</p>}
    />
  );
}

const pageFrom = ({ cursor, limit }: PageRequest) => {
  const offset = Number(cursor ?? 0);
  const items = Array.from({ length: limit }, (_, index) => ({
    id: offset + index,
    name: `客户 ${offset + index}`,
  }));
  return Promise.resolve({ items, nextCursor: offset + limit < 1000 ? String(offset + limit) : null });
};

function show(fetchPage: Fetch) {
  const onOpen = vi.fn<(row: Row) => void>();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <Harness fetchPage={fetchPage} onOpen={onOpen} />
    </QueryClientProvider>,
  );
  return { onOpen };
}

beforeAll(startWords);
afterEach(cleanup);

describe('DataGrid', () => {
  it('fetches and draws only what is looked at', async () => {
    const fetchPage = vi.fn<Fetch>(pageFrom);
    show(fetchPage);
    await screen.findByText('客户 0');
    expect(screen.getAllByRole('row').length).toBeLessThan(45);
    const offsets = fetchPage.mock.calls.map(([request]) => request.offset);
    expect(Math.max(...offsets)).toBeLessThanOrEqual(50);
  });

  it('moves by keys, opens with Enter and selects with x', async () => {
    const { onOpen } = show(pageFrom);
    await screen.findByText('客户 0');
    const grid = screen.getByRole('grid');
    fireEvent.keyDown(grid, { key: 'j' });
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    fireEvent.keyDown(grid, { key: 'Enter' });
    expect(onOpen).toHaveBeenLastCalledWith({ id: 1, name: '客户 1' });
    fireEvent.keyDown(grid, { key: 'x' });
    fireEvent.keyDown(grid, { key: 'k' });
    fireEvent.keyDown(grid, { key: 'x' });
    const selected = screen.getAllByRole('row').filter((row) => row.getAttribute('aria-selected') === 'true');
    expect(selected.map((row) => row.getAttribute('aria-rowindex'))).toEqual(['2', '3']);
  });

  it('keeps earlier selections when rows are ticked one after the other', async () => {
    show(pageFrom);
    await screen.findByText('客户 0');
    const boxes = screen.getAllByRole('checkbox', { name: 'grid.select_row' });
    for (const box of boxes.slice(0, 3)) fireEvent.click(box);
    const ticked = screen.getAllByRole<HTMLInputElement>('checkbox', { name: 'grid.select_row' });
    expect(ticked.filter((box) => box.checked).length).toBe(3);
  });

  it('asks anew in another order and opens a row that is clicked', async () => {
    const fetchPage = vi.fn<Fetch>(pageFrom);
    const { onOpen } = show(fetchPage);
    await screen.findByText('客户 0');
    const before = fetchPage.mock.calls.length;
    fireEvent.click(screen.getByRole('button', { name: /编号/ }));
    await waitFor(() => expect(fetchPage.mock.calls.length).toBeGreaterThan(before));
    expect(screen.getAllByRole('columnheader')[2]?.getAttribute('aria-sort')).toBe('descending');
    fireEvent.click(await screen.findByText('客户 3'));
    expect(onOpen).toHaveBeenCalledWith({ id: 3, name: '客户 3' });
  });

  it('says that there is nothing, and says what failed', async () => {
    show(() => Promise.resolve({ items: [], nextCursor: null }));
    await screen.findByText('空');
    cleanup();
    show(() => Promise.reject(new Error('broken')));
    expect((await screen.findByRole('alert')).textContent).toContain('web.broken');
  });
});
