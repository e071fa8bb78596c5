import type { MergeUndone } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { useWords } from '../words.js';

const fields = [
  'name',
  'shortName',
  'legalName',
  'creditCode',
  'registryCountry',
  'registryNo',
  'region',
  'industry',
  'ownerId',
  'parentCustomerId',
  'phone',
  'email',
  'address',
  'contactName',
  'taxNumber',
  'createdOn',
  'note',
] as const;
const tables = [
  'contact',
  'interaction',
  'customer_order',
  'order_line',
  'subsidiary',
  'group_membership',
] as const;

/** The name of a field; free fields bear their own. */
export function useFieldName(): (field: string) => string {
  const t = useWords();
  return (field) => {
    const name = field.replace(/^custom\./, '');
    const known = fields.find((one) => one === name);
    return known ? t(`duplicates.field.${known}`) : name;
  };
}

export function useRowName(): (table: string) => string {
  const t = useWords();
  return (table) => {
    const known = tables.find((one) => one === table);
    return t(known ? `duplicates.row.${known}` : 'duplicates.row.other');
  };
}

/** What an undo did. */
export function useUndoText(): (undone: MergeUndone) => string {
  const t = useWords();
  const f = useFormats();
  return ({ rows, ordersSince }) =>
    ordersSince === 0
      ? t('duplicates.undone', { count: f.count(rows) })
      : t('duplicates.undoneSince', { count: f.count(rows), orders: f.count(ordersSince) });
}
