import { describe, expect, it } from 'vitest';
import { cardHeight, fitChoice } from './grid-columns.js';
import { nextSort } from './grid-head.js';
import { countSelected, isSelected, noSelection, toggleRow } from './grid-selection.js';
import { pagesOf, reachableRows } from './windowed-rows.js';

const columns = [
  { id: 'name', width: 200 },
  { id: 'clv', width: 100 },
  { id: 'region', width: 100, hidden: true },
];

describe('cardHeight', () => {
  it('gives two short columns one line, a wide one its own, and head and corner none', () => {
    const short = {};
    const one = cardHeight([short, short]);
    expect(cardHeight([short, { card: 'corner' }, short, short])).toBe(one);
    expect(cardHeight([short, short, { card: 'wide' }, short])).toBe(one + 22);
    expect(cardHeight([short, short, short, short])).toBe(one + 22);
  });
});

describe('fitChoice', () => {
  it('shows what is not hidden when nothing was chosen', () => {
    expect(fitChoice(columns, null)).toEqual({
      order: ['name', 'clv', 'region'],
      shown: ['name', 'clv'],
      widths: {},
    });
  });

  it('keeps the reader’s order, drops columns that are gone and takes in new ones at their place', () => {
    const kept = { order: ['clv', 'gone', 'name'], shown: ['clv', 'gone'], widths: { clv: 80 } };
    expect(fitChoice(columns, kept)).toEqual({
      order: ['clv', 'name', 'region'],
      shown: ['clv'],
      widths: { clv: 80 },
    });
  });
});

describe('nextSort', () => {
  const column = { id: 'clv', header: '', width: 1, cell: () => null };
  it('begins figures with the largest and words with the first, then turns', () => {
    expect(nextSort({ ...column, sort: true, align: 'end' }, undefined)).toBe('-clv');
    expect(nextSort({ ...column, sort: true, align: 'end' }, '-clv')).toBe('clv');
    expect(nextSort({ ...column, sort: true }, '-other')).toBe('clv');
    expect(nextSort({ ...column, sort: { key: 'value', first: 'desc' } }, undefined)).toBe('-value');
    expect(nextSort(column, undefined)).toBeUndefined();
  });
});

describe('selection', () => {
  it('of some rows is a list, of all rows a list of exceptions', () => {
    const one = toggleRow(noSelection, 7);
    expect(isSelected(one, 7)).toBe(true);
    expect(toggleRow(one, 7)).toEqual(noSelection);
    const all = toggleRow({ mode: 'all', except: [] }, 7);
    expect(isSelected(all, 7)).toBe(false);
    expect(isSelected(all, 8)).toBe(true);
    expect(countSelected(all, 1_000_000)).toBe(999_999);
    expect(countSelected(all, undefined)).toBeUndefined();
  });
});

describe('pagesOf', () => {
  it('is the pages of the window and the next one', () => {
    expect(pagesOf(0, 30, 100, 10_000)).toEqual([0, 1]);
    expect(pagesOf(190, 230, 100, 10_000)).toEqual([1, 2, 3]);
    expect(pagesOf(999_980, 1_000_000, 100, 10_000)).toEqual([9999]);
    expect(pagesOf(0, 0, 100, 1)).toEqual([0]);
  });
});

describe('reachableRows', () => {
  const base = { total: undefined, known: 2, pageSize: 100, isWhole: false, lastItems: 100 };
  it('by cursor is what is there and one page ahead, never more than there are', () => {
    expect(reachableRows({ ...base, mode: 'cursor' })).toBe(300);
    expect(reachableRows({ ...base, mode: 'cursor', total: 250 })).toBe(250);
    expect(reachableRows({ ...base, mode: 'cursor', isWhole: true, lastItems: 7 })).toBe(107);
    expect(reachableRows({ ...base, mode: 'cursor', known: 0 })).toBe(0);
  });

  it('by offset is the whole list', () => {
    expect(reachableRows({ ...base, mode: 'offset', total: 1_000_000 })).toBe(1_000_000);
  });
});
