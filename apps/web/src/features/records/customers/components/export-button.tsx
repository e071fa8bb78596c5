import { customerColumns, isFieldKey } from '@kezi/contract';
import { api } from '../../../../lib/api.js';
import { Icon } from '../../../../ui/icon.js';
import { MenuButton } from '../../../../ui/menu-button.js';
import { useShownColumnIds, type GridColumn } from '../../../../ui/data-grid/grid-columns.js';
import { useToast } from '../../../../ui/toast.js';
import { filterOf, sortOf, type CustomersSearch } from '../customers-search.js';
import { useWords } from '../words.js';
import { gridId } from './register-columns.js';
import styles from './views.module.css';

/** What a column of the page is in the file, where that is not the column alone: a value brings its interval along. */
const inFile: Readonly<Record<string, readonly string[]>> = {
  clv: ['clv', 'clvLow', 'clvHigh'],
  tier: ['tierName'],
};

/** Columns of the file for the columns shown: the number is always there, the spark never. */
export function exportColumns(shown: readonly string[]): string[] {
  const wanted = new Set(['customerNo', ...shown.flatMap((id) => inFile[id] ?? [id])]);
  // The company's own fields stand behind, under their keys.
  return [...customerColumns.filter((name) => wanted.has(name)), ...shown.filter(isFieldKey)];
}

interface ExportButtonProps<Row> {
  search: CustomersSearch;
  columns: readonly GridColumn<Row>[];
  /** How many rows the file will have, in words. */
  countText: string | undefined;
}

/**
 * The list as a file: the rows that fit, in this order, with the columns shown. The browser saves it as it arrives, and would not
 * say why it does not come: that is asked before.
 */
export function ExportButton<Row>({ search, columns, countText }: ExportButtonProps<Row>) {
  const t = useWords();
  const toast = useToast();
  const shown = useShownColumnIds(gridId, columns);
  const save = async (format: 'csv' | 'xlsx') => {
    const query = { ...filterOf(search), ...sortOf(search), format, columns: exportColumns(shown) };
    try {
      await api.get('/customers/export/check', { query });
    } catch (error) {
      toast.failed(error);
      return;
    }
    const link = document.createElement('a');
    link.href = api.url('/customers/export', query);
    link.download = '';
    link.click();
    toast.done(t('customers.export.started'));
  };
  return (
    <MenuButton
      label={t('customers.export')}
      className={styles['button'] ?? ''}
      head={countText === undefined ? undefined : t('customers.export.what', { count: countText })}
      groups={[
        {
          id: 'format',
          items: [
            {
              id: 'xlsx',
              icon: 'download',
              label: t('customers.export.xlsx'),
              onChoose: () => void save('xlsx'),
            },
            {
              id: 'csv',
              icon: 'download',
              label: t('customers.export.csv'),
              onChoose: () => void save('csv'),
            },
          ],
        },
      ]}
    >
      <Icon name="download" size={16} />
      <span>{t('customers.export')}</span>
    </MenuButton>
  );
}
