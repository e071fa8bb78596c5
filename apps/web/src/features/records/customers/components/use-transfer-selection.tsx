import type { CustomerSelection } from '@kezi/contract';
import { useState } from 'react';
import { useGo } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { useGridSelection, type GridSelection } from '../../../../ui/data-grid/grid-selection.js';
import { filterOf, type CustomersSearch } from '../customers-search.js';
import { useWords } from '../words.js';
import { bulkDialog } from './register-parts.js';
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

/** The chosen customers as the server takes them. */
function selectionOf(search: CustomersSearch, selection: GridSelection): CustomerSelection {
  return selection.mode === 'some'
    ? { customerIds: selection.keys.map(Number) }
    : { filter: filterOf(search), except: selection.except.map(Number) };
}

/** What a grid needs so that customers can be ticked, transferred and changed; nothing for who may not. */
export function useTransferSelection(search: CustomersSearch) {
  const t = useWords();
  const go = useGo();
  const mayAssign = useCan('customers:assign');
  const mayWrite = useCan('customers:write');
  const [selection, onSelection] = useGridSelection();
  const [edited, setEdited] = useState<CustomerSelection | null>(null);
  if (!mayAssign && !mayWrite) return { grid: {}, dialog: null };
  const grid = {
    selection,
    onSelection,
    bulk: (chosen: GridSelection) => (
      <>
        {mayWrite ? (
          <button
            type="button"
            className={styles['bulk']}
            onPointerEnter={bulkDialog.prepare}
            onFocus={bulkDialog.prepare}
            onClick={() => setEdited(selectionOf(search, chosen))}
          >
            {t('customers.bulk')}
          </button>
        ) : null}
        {mayAssign ? (
          <button type="button" className={styles['bulk']} onClick={() => go(transferPath(search, chosen))}>
            {t('customers.transfer')}
          </button>
        ) : null}
      </>
    ),
  };
  const dialog =
    edited === null ? null : <bulkDialog.Part customers={edited} onClose={() => setEdited(null)} />;
  return { grid, dialog };
}
