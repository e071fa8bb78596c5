import { memo } from 'react';
import type { PointerEvent } from 'react';
import { Icon } from '../icon.js';
import { useCommonWords } from '../words.js';
import styles from './data-grid.module.css';
import type { GridColumn } from './grid-columns.js';
import { noSelection } from './grid-selection.js';
import type { GridSelection } from './grid-selection.js';

interface GridHeadProps<Row> {
  columns: readonly GridColumn<Row>[];
  lefts: readonly number[];
  template: string;
  width: number;
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
  onResize: (id: string, width: number) => void;
  selection: GridSelection | undefined;
  onSelection: ((selection: GridSelection) => void) | undefined;
}

/** Sort key of a column, or undefined where it cannot be sorted by. */
function sortKeyOf<Row>({ id, sort }: GridColumn<Row>): string | undefined {
  if (sort === undefined || sort === false) return undefined;
  return sort === true ? id : (sort.key ?? id);
}

/** The sort after a click: the column's first direction, then the other. Figures begin with the largest. */
export function nextSort<Row>(column: GridColumn<Row>, current: string | undefined): string | undefined {
  const key = sortKeyOf(column);
  if (key === undefined) return undefined;
  if (current === key) return `-${key}`;
  if (current === `-${key}`) return key;
  const first =
    typeof column.sort === 'object' && column.sort.first
      ? column.sort.first
      : column.align === 'end'
        ? 'desc'
        : 'asc';
  return first === 'desc' ? `-${key}` : key;
}

function Head<Row>(props: GridHeadProps<Row>) {
  const { columns, lefts, template, width, selection, onSelection } = props;
  const t = useCommonWords();
  return (
    <div
      className={styles['head']}
      role="row"
      aria-rowindex={1}
      style={{ gridTemplateColumns: template, minWidth: width }}
    >
      {selection && onSelection ? (
        <div className={`${styles['head-cell']} ${styles['check']}`} role="columnheader">
          <input
            type="checkbox"
            aria-label={t('grid.select_page')}
            checked={selection.mode === 'all'}
            ref={(box) => {
              if (box)
                box.indeterminate =
                  selection.mode === 'some' ? selection.keys.length > 0 : selection.except.length > 0;
            }}
            onChange={() => onSelection(selection.mode === 'all' ? noSelection : { mode: 'all', except: [] })}
          />
        </div>
      ) : null}
      {columns.map((column, index) => (
        <HeadCell key={column.id} column={column} left={lefts[index] ?? 0} {...props} />
      ))}
      <div className={styles['filler']} role="presentation" />
    </div>
  );
}

/** Drawn anew only when columns, sort or selection change: not at each scroll. */
export const GridHead = memo(Head) as typeof Head;

function HeadCell<Row>({
  column,
  left,
  sort,
  onSort,
  onResize,
}: GridHeadProps<Row> & { column: GridColumn<Row>; left: number }) {
  const key = sortKeyOf(column);
  const direction =
    key === undefined ? undefined : sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : 'none';
  const words = (
    <span className={styles['head-words']}>
      <span className={styles['head-name']}>{column.header}</span>
      {column.unit === undefined ? null : <span className={styles['unit']}>{column.unit}</span>}
    </span>
  );
  const sorted = direction === 'ascending' || direction === 'descending';
  return (
    <div
      className={`${styles['head-cell']} ${column.frozen ? styles['frozen'] : ''}`}
      role="columnheader"
      aria-sort={direction}
      data-align={column.align ?? 'start'}
      style={column.frozen ? { left } : undefined}
      title={column.help ?? column.header}
    >
      {key === undefined || !onSort ? (
        words
      ) : (
        <button
          type="button"
          className={`${styles['sort']} ${sorted ? styles['sorted'] : ''}`}
          onClick={() => {
            const next = nextSort(column, sort);
            if (next !== undefined) onSort(next);
          }}
        >
          {words}
          <span className={styles['arrow']}>
            <Icon name={direction === 'ascending' ? 'up' : 'down'} size={14} />
          </span>
        </button>
      )}
      <ResizeGrip column={column} onResize={onResize} />
    </div>
  );
}

function ResizeGrip<Row>({
  column,
  onResize,
}: {
  column: GridColumn<Row>;
  onResize: (id: string, width: number) => void;
}) {
  const t = useCommonWords();
  const begin = (event: PointerEvent<HTMLButtonElement>) => {
    event.preventDefault();
    const grip = event.currentTarget;
    const from = event.clientX;
    grip.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => onResize(column.id, column.width + moved.clientX - from);
    grip.addEventListener('pointermove', move);
    grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', move), {
      once: true,
    });
  };
  return (
    <button
      type="button"
      className={styles['grip']}
      aria-label={t('grid.resize', { name: column.header })}
      tabIndex={-1}
      onPointerDown={begin}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') onResize(column.id, column.width - 16);
        if (event.key === 'ArrowRight') onResize(column.id, column.width + 16);
      }}
    />
  );
}
