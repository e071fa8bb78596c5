import { useEffect, useId, useMemo, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { ErrorState } from '../error-state.js';
import { shape } from '../tokens.js';
import { useStable } from '../use-stable.js';
import { useCommonWords } from '../words.js';
import styles from './data-grid.module.css';
import { useNarrow } from '../use-narrow.js';
import { cardHeight, useColumns } from './grid-columns.js';
import type { GridColumn } from './grid-columns.js';
import { GridFoot } from './grid-foot.js';
import { GridHead } from './grid-head.js';
import { GridRow } from './grid-row.js';
import { isSelected, toggleRow } from './grid-selection.js';
import type { GridSelection, RowKey } from './grid-selection.js';
import { useScroll } from './use-scroll.js';
import type { WindowedRows } from './windowed-rows.js';

export type { GridColumn };

interface DataGridProps<Row> {
  /** Under which column choice and widths are kept. */
  id: string;
  label: string;
  rows: WindowedRows<Row>;
  rowKey: (row: Row) => RowKey;
  columns: readonly GridColumn<Row>[];
  /** `clv` or `-clv` (descending). */
  sort?: string | undefined;
  onSort?: (sort: string) => void;
  onOpen?: (row: Row) => void;
  /** The row whose panel is open. */
  openKey?: RowKey | undefined;
  selection?: GridSelection;
  onSelection?: (selection: GridSelection) => void;
  /** Shown beside the number of selected rows. */
  bulk?: (selection: GridSelection) => ReactNode;
  empty?: ReactNode;
  /** More for the line below the grid: an export button. */
  foot?: ReactNode;
  /** On a phone each row is a card: for lists that are read row by row, not compared by column, and have nothing to sort. */
  cards?: boolean;
  /** Where the total is the database's estimate: 'about 1.2 million'. */
  totalText?: string | undefined;
}

const headHeight = 44;
const checkWidth = 40;

/** A step in rows for a key; null where the key means something else. */
function stepOf(key: string, pageRows: number, rows: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: 1,
    j: 1,
    ArrowUp: -1,
    k: -1,
    PageDown: pageRows,
    PageUp: -pageRows,
    Home: -rows,
    End: rows,
  };
  return steps[key] ?? null;
}

/** Widths as a grid template, and how far from the left each column begins. */
function useLayout<Row>(columns: readonly GridColumn<Row>[], selectable: boolean) {
  return useMemo(() => {
    const widths = columns.map((column) => column.width);
    const start = selectable ? checkWidth : 0;
    return {
      template:
        [...(selectable ? [checkWidth] : []), ...widths].map((width) => `${width}px`).join(' ') +
        ' minmax(0, 1fr)',
      lefts: widths.map((_, index) => start + widths.slice(0, index).reduce((sum, width) => sum + width, 0)),
      width: start + widths.reduce((sum, width) => sum + width, 0),
    };
  }, [columns, selectable]);
}

/** A grid over any number of rows of the server: only what is looked at is fetched and drawn. Fills its parent's height. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { id, rows, columns, selection, onSelection } = props;
  const t = useCommonWords();
  const { choice, visible, keep, resize } = useColumns(id, columns);
  if (rows.error !== null && rows.reachable === 0) {
    return <ErrorState error={rows.error} onRetry={rows.retry} />;
  }
  if (!rows.loading && rows.reachable === 0) return <>{props.empty}</>;
  return (
    <div className={styles['grid']} aria-busy={rows.loading}>
      {rows.error === null ? null : <ErrorState error={rows.error} onRetry={rows.retry} size="band" />}
      <Sheet {...props} visible={visible} onResize={resize} />
      <GridFoot
        columns={columns}
        choice={choice}
        onChoice={keep}
        total={rows.total}
        totalText={props.totalText ?? (rows.total === undefined ? t('grid.more') : undefined)}
        selection={selection}
        onSelection={onSelection}
        bulk={props.bulk}
        extra={props.foot}
      />
    </div>
  );
}

interface SheetProps<Row> extends DataGridProps<Row> {
  visible: readonly GridColumn<Row>[];
  onResize: (id: string, width: number) => void;
}

/** Keys of the grid: move, open, select. */
function useGridKeys<Row>(
  props: SheetProps<Row>,
  scroll: { pageRows: number; showRow: (row: number) => void },
) {
  const { rows, rowKey, onOpen, openKey, selection, onSelection } = props;
  const [at, setAt] = useState({ listKey: rows.listKey, row: -1 });
  const active = at.listKey === rows.listKey && at.row >= 0 ? at.row : null;
  const activate = (row: number) => setAt({ listKey: rows.listKey, row });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target !== event.currentTarget) return; // a control inside a cell has its own keys
    const step = stepOf(event.key, scroll.pageRows, rows.reachable);
    if (step !== null) {
      event.preventDefault();
      const next = Math.min(Math.max((active ?? (step > 0 ? -1 : 0)) + step, 0), rows.reachable - 1);
      activate(next);
      scroll.showRow(next);
      const row = rows.row(next);
      if (openKey !== undefined && row !== undefined) onOpen?.(row); // an open panel follows the keys
      return;
    }
    const row = active === null ? undefined : rows.row(active);
    if (row === undefined) return;
    if (event.key === 'Enter') onOpen?.(row);
    if ((event.key === 'x' || event.key === ' ') && selection && onSelection) {
      event.preventDefault();
      onSelection(toggleRow(selection, rowKey(row)));
    }
  };
  return { active, activate, onKeyDown };
}

/** Rows that stand in for those on their way. */
const waitingRows = 24;

function Sheet<Row>(props: SheetProps<Row>) {
  const { label, rows, rowKey, visible, sort, onSort, onOpen, openKey, selection, onSelection, onResize } =
    props;
  const gridId = useId();
  const count = rows.loading ? waitingRows : rows.reachable;
  const asCards = useNarrow() && props.cards === true;
  const rowHeight = asCards ? cardHeight(visible) : shape.row;
  const { element, onScroll, ...scroll } = useScroll(
    count,
    rowHeight,
    asCards ? 0 : headHeight,
    rows.listKey,
  );
  const { active, activate, onKeyDown } = useGridKeys(props, scroll);
  const selectable = selection !== undefined && onSelection !== undefined;
  const { template, lefts, width } = useLayout(visible, selectable);
  const minWidth = asCards ? undefined : width;
  const { look } = rows;
  useEffect(() => look(scroll.first, scroll.end), [look, scroll.first, scroll.end]);
  const toggle = useStable((key: RowKey) => {
    if (selection && onSelection) onSelection(toggleRow(selection, key));
  });
  const open = useStable((index: number, row: Row) => {
    activate(index);
    onOpen?.(row);
  });
  const drawn = Array.from({ length: scroll.end - scroll.first }, (_, index) => scroll.first + index);
  return (
    <div
      ref={element}
      className={styles['scroller']}
      role="grid"
      aria-label={label}
      aria-rowcount={(rows.total ?? count) + 1}
      aria-colcount={visible.length}
      aria-multiselectable={selectable}
      aria-activedescendant={active === null ? undefined : `${gridId}-${active}`}
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      {asCards ? null : (
        <GridHead
          columns={visible}
          lefts={lefts}
          template={template}
          width={width}
          sort={sort}
          onSort={onSort}
          onResize={onResize}
          selection={selectable ? selection : undefined}
          onSelection={onSelection}
        />
      )}
      <div className={styles['track']} style={{ height: scroll.track, minWidth }}>
        <div className={styles['slice']} style={{ minWidth, transform: `translateY(${scroll.offset}px)` }}>
          {drawn.map((index) => {
            const row = rows.row(index);
            const key = row === undefined ? undefined : rowKey(row);
            return (
              <GridRow
                key={index}
                id={`${gridId}-${index}`}
                index={index}
                row={row}
                rowKey={key}
                columns={visible}
                lefts={lefts}
                template={template}
                height={asCards ? rowHeight : undefined}
                active={index === active}
                opened={key !== undefined && key === openKey}
                selected={selectable ? key !== undefined && isSelected(selection, key) : undefined}
                onToggle={toggle}
                onOpen={onOpen ? open : undefined}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
