import { useState } from 'react';
import type { ReactNode } from 'react';
import { useFormats } from '../../lib/formats.js';
import { Dialog } from '../dialog.js';
import { Icon } from '../icon.js';
import { IconButton } from '../icon-button.js';
import { useCommonWords } from '../words.js';
import styles from './data-grid.module.css';
import type { ColumnChoice, GridColumn } from './grid-columns.js';
import { countSelected, noSelection } from './grid-selection.js';
import type { GridSelection } from './grid-selection.js';

interface GridFootProps<Row> {
  columns: readonly GridColumn<Row>[];
  choice: ColumnChoice;
  onChoice: (change: Partial<ColumnChoice> | null) => void;
  total: number | undefined;
  totalText: string | undefined;
  selection: GridSelection | undefined;
  onSelection: ((selection: GridSelection) => void) | undefined;
  bulk: ((selection: GridSelection) => ReactNode) | undefined;
  extra: ReactNode;
}

/** Below the rows: how many, how many selected and what to do with them, the choice of columns. */
export function GridFoot<Row>(props: GridFootProps<Row>) {
  const { total, totalText, selection, onSelection, bulk, extra } = props;
  const t = useCommonWords();
  const f = useFormats();
  const [choosing, setChoosing] = useState(false);
  const count = selection === undefined ? 0 : countSelected(selection, total);
  return (
    <div className={styles['foot']}>
      <span>{totalText ?? t('grid.total', { count: f.count(total ?? 0) })}</span>
      {selection === undefined || count === 0 ? null : (
        <span className={styles['selection']}>
          <strong>
            {count === undefined ? t('common.all') : t('grid.selected', { count: f.count(count) })}
          </strong>
          {bulk?.(selection)}
          <button type="button" className={styles['plain']} onClick={() => onSelection?.(noSelection)}>
            {t('grid.clear_selection')}
          </button>
        </span>
      )}
      <span className={styles['foot-end']}>
        {extra}
        <button type="button" className={styles['plain']} onClick={() => setChoosing(true)}>
          <Icon name="columns" size={16} />
          {t('grid.columns')}
        </button>
      </span>
      <Dialog open={choosing} onClose={() => setChoosing(false)} title={t('grid.columns')} width={360}>
        <ColumnList {...props} />
      </Dialog>
    </div>
  );
}

function ColumnList<Row>({ columns, choice, onChoice }: GridFootProps<Row>) {
  const t = useCommonWords();
  const byId = new Map(columns.map((column) => [column.id, column]));
  const toggle = (id: string) =>
    onChoice({
      shown: choice.shown.includes(id) ? choice.shown.filter((one) => one !== id) : [...choice.shown, id],
    });
  const move = (from: number, to: number) => {
    const order = [...choice.order];
    const [id] = order.splice(from, 1);
    if (id !== undefined) order.splice(to, 0, id);
    onChoice({ order });
  };
  return (
    <>
      <p className={styles['hint']}>{t('grid.columns_hint')}</p>
      <ul className={styles['chooser']}>
        {choice.order.map((id, index) => {
          const column = byId.get(id);
          if (!column) return null;
          return (
            <li key={id}>
              <label>
                <input
                  type="checkbox"
                  checked={choice.shown.includes(id)}
                  disabled={column.frozen === true}
                  onChange={() => toggle(id)}
                />
                {column.header}
              </label>
              <IconButton
                icon="up"
                label={t('grid.move_up', { name: column.header })}
                disabled={index === 0}
                onClick={() => move(index, index - 1)}
              />
              <IconButton
                icon="down"
                label={t('grid.move_down', { name: column.header })}
                disabled={index === choice.order.length - 1}
                onClick={() => move(index, index + 1)}
              />
            </li>
          );
        })}
      </ul>
      <button type="button" className={styles['plain']} onClick={() => onChoice(null)}>
        {t('grid.reset_columns')}
      </button>
    </>
  );
}
