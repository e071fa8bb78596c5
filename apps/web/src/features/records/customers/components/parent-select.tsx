import { customerPage, type CustomerDetail } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { api } from '../../../../lib/api.js';
import { useWords } from '../words.js';
import styles from './customer-facts.module.css';
import { useFocus } from './use-focus.js';

interface ParentSelectProps {
  customer: CustomerDetail;
  label: string;
  onFinish: (parentCustomerId: number | null) => void;
  onLeave: () => void;
}

/** Finds the group by name, pinyin or number. */
export default function ParentSelect({ customer, label, onFinish, onLeave }: ParentSelectProps) {
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
