import { useGo } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { useGridSelection, type GridSelection } from '../../../../ui/data-grid/grid-selection.js';
import { filterOf, type CustomersSearch } from '../customers-search.js';
import { useWords } from '../words.js';
import styles from './register.module.css';

/** Where the chosen customers are given to somebody else: the choice stands in the address. */
function transferPath(search: CustomersSearch, selection: GridSelection): string {
  const query = new URLSearchParams();
  if (selection.mode === 'some') query.set('ids', JSON.stringify(selection.keys));
  else {
    query.set('filter', JSON.stringify(filterOf(search)));
    if (selection.except.length > 0) query.set('except', JSON.stringify(selection.except));
  }
  return `/customers/transfers/new?${query.toString()}`;
}

/** What a grid needs so that customers can be ticked and transferred; nothing for who may not. */
export function useTransferSelection(search: CustomersSearch) {
  const t = useWords();
  const go = useGo();
  const mayAssign = useCan('customers:assign');
  const [selection, onSelection] = useGridSelection();
  if (!mayAssign) return {};
  return {
    selection,
    onSelection,
    bulk: (chosen: GridSelection) => (
      <button type="button" className={styles['bulk']} onClick={() => go(transferPath(search, chosen))}>
        {t('customers.transfer')}
      </button>
    ),
  };
}
