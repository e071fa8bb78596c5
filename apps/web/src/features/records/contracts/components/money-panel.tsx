import type { UseQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { useCommonWords } from '../../../../ui/words.js';
import styles from './contracts.module.css';

interface MoneyPanelProps<Row> {
  title: string;
  /** The button that opens the form. */
  add: string;
  none: { title: string; text: string };
  query: UseQueryResult<{ items: Row[] }>;
  form: (onClose: () => void) => ReactNode;
  /** The list; whether the reader may change it comes with the rows. */
  children: (rows: Row[], mayWrite: boolean) => ReactNode;
}

/** Receivables or payments of one customer: the list, and the form of a new one above it. */
export function MoneyPanel<Row>({ title, add, none, query, form, children }: MoneyPanelProps<Row>) {
  const mayWrite = useCan('payments:write');
  const [isAdding, setAdding] = useState(false);
  return (
    <Panel
      title={title}
      padding="none"
      extra={mayWrite && !isAdding ? <Button onClick={() => setAdding(true)}>{add}</Button> : undefined}
    >
      {isAdding ? form(() => setAdding(false)) : null}
      <QueryView
        query={query}
        skeleton={<SkeletonLines n={3} />}
        empty={(data) => data.items.length === 0}
        emptyView={isAdding ? null : <EmptyState title={none.title} text={none.text} />}
      >
        {(data) => children(data.items, mayWrite)}
      </QueryView>
    </Panel>
  );
}

interface MoneyFormProps {
  label: string;
  /** The fields. */
  children: ReactNode;
  error: Error | null;
  isPending: boolean;
  onSubmit: () => void;
  onClose: () => void;
}

/** The frame of a form in a MoneyPanel: fields, what went wrong, and its two buttons. */
export function MoneyForm({ label, children, error, isPending, onSubmit, onClose }: MoneyFormProps) {
  const common = useCommonWords();
  return (
    <form
      className={styles['form']}
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <div className={styles['fields']}>{children}</div>
      {error === null ? null : (
        <p className={styles['notice']} role="alert">
          {error.message}
        </p>
      )}
      <div className={styles['foot']}>
        <Button onClick={onClose}>{common('common.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={isPending}>
          {common('common.add')}
        </Button>
      </div>
    </form>
  );
}
