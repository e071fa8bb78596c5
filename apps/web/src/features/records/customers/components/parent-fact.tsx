import { customerPage, type CustomerDetail } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { api } from '../../../../lib/api.js';
import { Icon } from '../../../../ui/icon.js';
import { ownField } from '../save-field.js';
import { useWords } from '../words.js';
import styles from './customer-facts.module.css';
import { ConflictNote } from './editable-fact.js';
import { useFocus } from './use-focus.js';
import { useFieldSave } from './use-field-save.js';

const field = ownField('parentCustomerId');

/** The group the customer belongs to: found by name, pinyin or number among all customers. */
export function ParentFact({ customer, editable }: { customer: CustomerDetail; editable: boolean }) {
  const t = useWords();
  const label = t('customers.parent');
  const [editing, setEditing] = useState(false);
  const { save, conflict, keepMine, keepTheirs } = useFieldSave(customer, field, label);
  const shown =
    customer.parentName ??
    (customer.parentCustomerId === null ? t('customers.empty') : t('customers.hidden'));
  const finish = (value: number | null) => {
    setEditing(false);
    if (value !== customer.parentCustomerId) void save(value);
  };
  return (
    <div className={styles['fact']}>
      <dt>{label}</dt>
      <dd>
        {editing ? (
          <ParentSelect
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

interface ParentSelectProps {
  customer: CustomerDetail;
  label: string;
  onFinish: (parentCustomerId: number | null) => void;
  onLeave: () => void;
}

function ParentSelect({ customer, label, onFinish, onLeave }: ParentSelectProps) {
  const t = useWords();
  const focus = useFocus();
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false); // once it has the focus: before, the list has no place to stand
  const found = useQuery({
    queryKey: ['customers', 'parents', typed],
    enabled: typed.trim() !== '',
    queryFn: ({ signal }) =>
      api.get('/customers', { query: { q: typed, limit: 10 }, schema: customerPage, signal }),
  });
  const others = (found.data?.items ?? []).filter((row) => row.customerId !== customer.customerId);
  const present =
    typed === '' && customer.parentCustomerId !== null
      ? [{ value: customer.parentCustomerId, label: customer.parentName ?? t('customers.hidden') }]
      : [];
  return (
    <Select
      ref={focus}
      open={open}
      onOpenChange={setOpen}
      onFocus={() => setOpen(true)}
      allowClear
      className={styles['control'] ?? ''}
      aria-label={label}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.isFetching}
      placeholder={t('customers.find')}
      notFoundContent={t(typed === '' ? 'customers.typeToFind' : 'customers.noMatch')}
      value={customer.parentCustomerId}
      options={[
        ...present,
        ...others.map((row) => ({ value: row.customerId, label: `${row.name} (${row.customerNo})` })),
      ]}
      onChange={(value: number | undefined) => onFinish(value ?? null)}
      onBlur={onLeave}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault(); // the side panel stays open
        onLeave();
      }}
    />
  );
}
