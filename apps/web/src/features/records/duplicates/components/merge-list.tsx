import type { MergeRow } from '@kezi/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { mergesQuery, undoMerge } from '../api/duplicates.js';
import { useWords } from '../words.js';
import styles from './pair-list.module.css';
import { useUndoText } from './use-merge-words.js';

/** What was merged, by whom; taken back within 30 days. */
export function MergeList() {
  const t = useWords();
  const query = useQuery(mergesQuery);
  return (
    <QueryView
      query={query}
      empty={(page) => page.items.length === 0}
      emptyView={<EmptyState title={t('duplicates.noMerges')} />}
    >
      {(page) => (
        <Panel>
          <ul className={styles['list']}>
            {page.items.map((merge) => (
              <MergeLine key={merge.customerMergeId} merge={merge} />
            ))}
          </ul>
        </Panel>
      )}
    </QueryView>
  );
}

function MergeLine({ merge }: { merge: MergeRow }) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const client = useQueryClient();
  const undoText = useUndoText();
  const canMerge = useCan('customers:merge');
  const [busy, setBusy] = useState(false);
  const [now] = useState(() => new Date().toISOString());
  const undo = async () => {
    setBusy(true);
    try {
      toast.done(undoText(await undoMerge(merge.customerMergeId)));
      await client.invalidateQueries({ queryKey: ['duplicates'] });
      await client.invalidateQueries({ queryKey: ['customers'] });
    } catch (error) {
      toast.failed(error);
    } finally {
      setBusy(false);
    }
  };
  const isOpen = merge.undoneAt === null && merge.undoUntil > now;
  return (
    <li className={styles['why']}>
      <div className={styles['grow']}>
        <CustomerLink to={`/customers/${merge.customerId}`}>
          {t('duplicates.mergeLine', {
            gone: merge.mergedName,
            number: merge.mergedNo,
            kept: merge.customerName,
          })}
        </CustomerLink>
        <p className={styles['faint']}>
          {t('duplicates.mergeBy', {
            by: merge.mergedBy ?? '—',
            at: f.ago(merge.mergedAt),
            orders: f.count(merge.orders),
          })}
        </p>
      </div>
      {merge.undoneAt === null ? null : <Tag>{t('duplicates.undoneTag')}</Tag>}
      {isOpen ? (
        <span className={styles['faint']}>
          {t('duplicates.undoUntil', { date: f.date(merge.undoUntil) })}
        </span>
      ) : null}
      {isOpen && canMerge ? (
        <Button size="small" loading={busy} onClick={() => void undo()}>
          {t('duplicates.undo')}
        </Button>
      ) : null}
    </li>
  );
}
