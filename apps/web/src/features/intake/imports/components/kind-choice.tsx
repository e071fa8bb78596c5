import type { ImportKind } from '@kezi/contract';
import { useId } from 'react';
import { useWords } from '../words.js';
import type { Word } from '../words.js';
import styles from './kind-choice.module.css';

/** Columns of the example picture of each kind, and its two rows. */
const examples: Record<ImportKind, readonly Word[]> = {
  orders: [
    'imports.field.orderId',
    'imports.field.customerId',
    'imports.field.orderDate',
    'imports.field.amount',
  ],
  customers: [
    'imports.field.customerId',
    'imports.field.customerName',
    'imports.field.industry',
    'imports.field.region',
  ],
  products: [
    'imports.field.productId',
    'imports.field.productName',
    'imports.field.category',
    'imports.field.cost',
  ],
  contacts: [
    'imports.field.customerId',
    'imports.field.contactName',
    'imports.field.title',
    'imports.field.phone',
  ],
  addresses: [
    'imports.field.customerId',
    'imports.field.addressLine',
    'imports.field.addressKind',
    'imports.field.postcode',
  ],
  interactions: [
    'imports.field.customerId',
    'imports.field.happenedAt',
    'imports.field.interactionKind',
    'imports.field.summary',
  ],
  notes: [
    'imports.field.customerId',
    'imports.field.noteKind',
    'imports.field.noteTitle',
    'imports.field.notedOn',
  ],
  receivables: [
    'imports.field.customerId',
    'imports.field.receivableTitle',
    'imports.field.dueOn',
    'imports.field.amount',
  ],
  contracts: [
    'imports.field.contractNo',
    'imports.field.customerId',
    'imports.field.startsOn',
    'imports.field.amount',
  ],
  payments: [
    'imports.field.paymentNo',
    'imports.field.customerId',
    'imports.field.receivedOn',
    'imports.field.amount',
  ],
};

/** The usual one first. */
const kinds: readonly ImportKind[] = [
  'orders',
  'customers',
  'products',
  'contacts',
  'addresses',
  'interactions',
  'notes',
  'contracts',
  'receivables',
  'payments',
];

interface KindChoiceProps {
  value: ImportKind;
  onChange: (kind: ImportKind) => void;
}

/** What the file holds; a picture of its columns for the chosen kind alone, so that the place for the file stays in sight. */
export function KindChoice({ value, onChange }: KindChoiceProps) {
  const t = useWords();
  const about = useId();
  return (
    <div className={styles['choice']}>
      <div className={styles['kinds']} role="radiogroup" aria-label={t('imports.kind')}>
        {kinds.map((kind) => (
          <label key={kind} className={`${styles['kind']} ${kind === value ? styles['chosen'] : ''}`}>
            <input
              type="radio"
              name="import-kind"
              className={styles['radio']}
              checked={kind === value}
              aria-describedby={kind === value ? about : undefined}
              onChange={() => onChange(kind)}
            />
            {t(`imports.kind.${kind}`)}
          </label>
        ))}
      </div>
      <div className={styles['about']}>
        <p id={about} className={styles['text']}>
          {t(`imports.kind.${value}.text`)}
        </p>
        <Example kind={value} />
      </div>
    </div>
  );
}

function Example({ kind }: { kind: ImportKind }) {
  const t = useWords();
  const rows = [t(`imports.example.${kind}.1`), t(`imports.example.${kind}.2`)];
  return (
    <table className={styles['example']} aria-hidden="true">
      <thead>
        <tr>
          {examples[kind].map((column) => (
            <th key={column}>{t(column)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row}>
            {row.split('|').map((cell) => (
              <td key={cell}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
