import { memo } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import { useCommonWords } from '../words.js';
import styles from './data-grid.module.css';
import type { GridColumn } from './grid-columns.js';
import type { RowKey } from './grid-selection.js';

interface GridRowProps<Row> {
  id: string;
  index: number;
  /** Undefined while it is on its way. */
  row: Row | undefined;
  columns: readonly GridColumn<Row>[];
  lefts: readonly number[];
  template: string;
  /** Of a card; undefined where the row is a line of cells. */
  height: number | undefined;
  active: boolean;
  opened: boolean;
  /** Undefined where rows cannot be selected. */
  selected: boolean | undefined;
  /** Undefined while the row is on its way. */
  rowKey: RowKey | undefined;
  onToggle: (key: RowKey) => void;
  onOpen: ((index: number, row: Row) => void) | undefined;
}

/** Clicks on something that does its own thing do not open the row. */
const isOwn = (target: EventTarget) =>
  target instanceof Element && target.closest('a, button, input, label') !== null;

/** A bare text in a cell is cut with dots only inside an element of its own. */
const shorten = (shown: ReactNode) => (typeof shown === 'string' ? <span>{shown}</span> : shown);

function Cells<Row>({ row, columns, lefts, height }: GridRowProps<Row>) {
  const isCard = height !== undefined;
  return columns.map((column, at) => (
    <div
      key={column.id}
      role="gridcell"
      className={`${styles['cell']} ${column.frozen && !isCard ? styles['frozen'] : ''}`}
      data-align={isCard ? undefined : (column.align ?? 'start')}
      data-card={isCard ? (at === 0 ? 'head' : (column.card ?? 'short')) : undefined}
      style={column.frozen && !isCard ? { left: lefts[at] } : undefined}
      title={row === undefined ? undefined : column.title?.(row)}
    >
      {isCard && at > 0 && column.card !== 'corner' ? (
        <span className={styles['name']}>{[column.header, column.unit].filter(Boolean).join(' ')}</span>
      ) : null}
      {row === undefined ? <span className={styles['waiting']} /> : shorten(column.cell(row))}
    </div>
  ));
}

function Row<Row>(props: GridRowProps<Row>) {
  const { id, index, row, template, height, active, opened, selected, rowKey, onToggle, onOpen } = props;
  const t = useCommonWords();
  const open = (event: MouseEvent) => {
    const chosen = window.getSelection()?.toString() ?? '';
    if (!isOwn(event.target) && chosen === '' && row !== undefined) onOpen?.(index, row);
  };
  const names = [
    styles['row'],
    height === undefined ? '' : styles['card'],
    active ? styles['active'] : '',
    opened ? styles['opened'] : '',
    selected ? styles['selected'] : '',
    onOpen ? styles['openable'] : '',
  ];
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the grid has the focus and the keys
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={names.join(' ')}
      style={height === undefined ? { gridTemplateColumns: template } : { height }}
      onClick={open}
    >
      {selected === undefined ? null : (
        <div className={`${styles['cell']} ${styles['check']}`} role="gridcell">
          <input
            type="checkbox"
            aria-label={t('grid.select_row')}
            checked={selected}
            tabIndex={-1}
            disabled={row === undefined}
            onChange={() => (rowKey === undefined ? undefined : onToggle(rowKey))}
          />
        </div>
      )}
      <Cells {...props} />
      <div className={styles['filler']} role="presentation" />
    </div>
  );
}

/** Drawn anew only when what it shows has changed; its handlers stay the same between renders. */
export const GridRow = memo(Row) as typeof Row;
