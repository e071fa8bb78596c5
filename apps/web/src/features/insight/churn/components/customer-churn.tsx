import { useQuery } from '@tanstack/react-query';
import type { ChurnOfCustomer } from '@kezi/contract';
import { useEvents } from '../../../../lib/events.js';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { churnOfCustomerQuery } from '../api/churn.js';
import { useWords } from '../words.js';
import styles from './churn.module.css';
import { ReasonList } from './reason-list.js';

/** How likely the customer is to fall silent, and why. */
export default function CustomerChurn({ customerId }: { customerId: number }) {
  const t = useWords();
  const query = useQuery(churnOfCustomerQuery(customerId));
  useEvents(['churn.changed'], () => void query.refetch());
  return (
    <QueryView
      query={query}
      skeleton={<SkeletonLines n={4} />}
      empty={({ churn }) => churn === null}
      emptyView={
        <EmptyState
          picture="chart"
          title={t('churn.notSeen')}
          text={t('churn.notSeenText')}
          action={{ label: t('churn.toPage'), to: '/value/churn' }}
        />
      }
    >
      {(data) => <Told data={data} />}
    </QueryView>
  );
}

function Told({ data: { run, churn } }: { data: ChurnOfCustomer }) {
  const t = useWords();
  const f = useFormats();
  if (run === null || churn === null) return null;
  return (
    <Panel
      title={t('churn.chance')}
      hint={t('churn.chanceHint', { date: f.date(run.asOf), days: run.silenceDays })}
      extra={<AppLink to="/value/churn">{t('churn.toPage')}</AppLink>}
    >
      <p className={styles['lead']}>
        <b>{f.percent(churn.probability, 0)}</b>{' '}
        {churn.tenth === null ? t('churn.asAll') : t('churn.tenthOf', { n: churn.tenth })}
      </p>
      {churn.reasons.length === 0 ? null : <ReasonList reasons={churn.reasons} />}
    </Panel>
  );
}
