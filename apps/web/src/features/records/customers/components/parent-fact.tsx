import type { CustomerDetail } from '@kezi/contract';
import { useState } from 'react';
import { Icon } from '../../../../ui/icon.js';
import { ownField } from '../save-field.js';
import { useWords } from '../words.js';
import styles from './customer-facts.module.css';
import { ConflictNote, RefusalNote } from './editable-fact.js';
import { parentSelect } from './fact-editors.js';
import { useFieldSave } from './use-field-save.js';

const field = ownField('parentCustomerId');

/** The group the customer belongs to: found by name, pinyin or number among all customers. */
export function ParentFact({ customer, editable }: { customer: CustomerDetail; editable: boolean }) {
  const t = useWords();
  const label = t('customers.parent');
  const [editing, setEditing] = useState(false);
  const { save, conflict, refusal, dropRefused, keepMine, keepTheirs } = useFieldSave(customer, field, label);
  const shown =
    customer.parentName ??
    (customer.parentCustomerId === null ? t('customers.empty') : t('customers.hidden'));
  const finish = (value: number | null) => {
    setEditing(false);
    dropRefused();
    if (value !== customer.parentCustomerId) void save(value);
  };
  return (
    <div className={styles['fact']}>
      <dt>{label}</dt>
      <dd>
        {editing ? (
          <parentSelect.Part
            waiting={<span className={styles['shown']}>{shown}</span>}
            customer={customer}
            label={label}
            onFinish={finish}
            onLeave={() => setEditing(false)}
          />
        ) : editable ? (
          <button
            type="button"
            className={styles['edit']}
            aria-label={t('customers.editField', { field: label, value: shown })}
            onClick={() => setEditing(true)}
          >
            <span className={customer.parentCustomerId === null ? styles['empty'] : undefined}>{shown}</span>
            <Icon name="edit" size={14} />
          </button>
        ) : (
          <span className={styles['shown']}>{shown}</span>
        )}
        {refusal === null || editing ? null : (
          <RefusalNote error={refusal.error} mine="" onAgain={() => setEditing(true)} onDrop={dropRefused} />
        )}
        {conflict ? (
          <ConflictNote
            theirs={conflict.theirs.parentName ?? ''}
            mine={t('customers.yourChoice')}
            onMine={() => void keepMine()}
            onTheirs={keepTheirs}
          />
        ) : null}
      </dd>
    </div>
  );
}
