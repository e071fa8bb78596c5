import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { readStorage, writeStorage } from '../../lib/preferences.js';
import { useNarrow } from '../use-narrow.js';

export interface GridColumn<Row> {
  /** Also the sort key, unless `sort` names another. */
  id: string;
  header: string;
  /** Said once, below the header: the currency, days. */
  unit?: string;
  width: number;
  align?: 'start' | 'end';
  sort?: boolean | { key?: string; first?: 'asc' | 'desc' };
  /** Stays at the left while the rest scrolls. Only the first columns can be. */
  frozen?: boolean;
  /** Not shown until the reader chooses it. */
  hidden?: boolean;
  /** The whole text, on hover. */
  title?: (row: Row) => string;
  cell: (row: Row) => ReactNode;
  /** What the figure means, on hover of the header. */
  help?: string;
  /** Where rows are cards: `corner` beside the first column, without a name; `wide` on a line of its own. */
  card?: 'corner' | 'wide';
}

/** Pixels of a card: its head, its lines, and the room around them. */
const cardSizes = { head: 28, line: 22, around: 25 };

/** How high a card of these columns is: two short ones share a line. */
export function cardHeight(columns: readonly Pick<GridColumn<never>, 'card'>[]): number {
  const lines = columns.slice(1).filter((column) => column.card !== 'corner');
  const wide = lines.filter((column) => column.card === 'wide').length;
  const count = wide + Math.ceil((lines.length - wide) / 2);
  return cardSizes.head + count * cardSizes.line + cardSizes.around;
}

/** What the reader chose for one grid. */
export interface ColumnChoice {
  /** All columns in the reader's order. */
  order: readonly string[];
  shown: readonly string[];
  widths: Readonly<Record<string, number>>;
}

const minWidth = 56;
const maxWidth = 640;
/** On a phone a frozen column leaves at least half of the width to the others. */
const narrowFrozen = 148;
const storageKey = (grid: string) => `kezi.grid.${grid}`;

interface ColumnShape {
  id: string;
  width: number;
  hidden?: boolean;
}

/** The kept choice fitted to the columns that exist now: new ones come at their place, gone ones are dropped. */
export function fitChoice(columns: readonly ColumnShape[], kept: Partial<ColumnChoice> | null): ColumnChoice {
  const ids = columns.map((column) => column.id);
  const keptOrder = (kept?.order ?? []).filter((id) => ids.includes(id));
  const order = [...keptOrder];
  for (const [index, id] of ids.entries()) if (!keptOrder.includes(id)) order.splice(index, 0, id);
  const isNew = (id: string) => !(kept?.order ?? []).includes(id);
  const shown = columns
    .filter((column) => (isNew(column.id) ? column.hidden !== true : (kept?.shown ?? []).includes(column.id)))
    .map((column) => column.id);
  return { order, shown, widths: kept?.widths ?? {} };
}

const changed = new Set<() => void>();
const cache = new Map<string, { text: string | null; value: Partial<ColumnChoice> | null }>();

function readKept(grid: string): Partial<ColumnChoice> | null {
  const text = readStorage(storageKey(grid));
  const known = cache.get(grid);
  if (known?.text === text) return known.value;
  let value: Partial<ColumnChoice> | null = null;
  try {
    value = text === null ? null : (JSON.parse(text) as Partial<ColumnChoice>);
  } catch {
    value = null; // written by something else
  }
  cache.set(grid, { text, value });
  return value;
}

const subscribe = (listener: () => void) => {
  changed.add(listener);
  return () => changed.delete(listener);
};

/** The columns as the reader wants them: in their order, with their widths, frozen ones first. */
export function useColumns<Row>(grid: string, columns: readonly GridColumn<Row>[]) {
  const kept = useSyncExternalStore(subscribe, () => readKept(grid));
  const choice = useMemo(() => fitChoice(columns, kept), [columns, kept]);
  const narrow = useNarrow();
  const visible = useMemo(() => {
    const byId = new Map(columns.map((column) => [column.id, column]));
    const widthOf = ({ id, width, frozen }: GridColumn<Row>) => {
      const chosen = choice.widths[id] ?? width;
      return narrow && frozen ? Math.min(chosen, narrowFrozen) : chosen;
    };
    const ordered = choice.order
      .filter((id) => choice.shown.includes(id))
      .flatMap((id) => byId.get(id) ?? [])
      .map((column) => ({ ...column, width: widthOf(column) }));
    return [...ordered.filter((column) => column.frozen), ...ordered.filter((column) => !column.frozen)];
  }, [columns, choice, narrow]);
  const keep = useCallback(
    (change: Partial<ColumnChoice> | null) => {
      const text =
        change === null ? 'null' : JSON.stringify({ ...fitChoice(columns, readKept(grid)), ...change });
      writeStorage(storageKey(grid), text);
      for (const listener of changed) listener();
    },
    [grid, columns],
  );
  const resize = useCallback(
    (id: string, width: number) => {
      const { widths } = fitChoice(columns, readKept(grid));
      keep({ widths: { ...widths, [id]: Math.round(Math.min(Math.max(width, minWidth), maxWidth)) } });
    },
    [grid, columns, keep],
  );
  return { choice, visible, keep, resize };
}

/** The ids of the shown columns in their order, for an export of exactly what is seen. */
export function useShownColumnIds<Row>(grid: string, columns: readonly GridColumn<Row>[]): string[] {
  return useColumns(grid, columns).visible.map((column) => column.id);
}
