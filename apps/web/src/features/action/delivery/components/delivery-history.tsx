import type { DeliveryRow } from '@kezi/contract';
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { DateText } from '../../../../ui/figure-texts.js';
import { QueryView } from '../../../../ui/query-view.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { deliveriesQuery, useReplay } from '../api/delivery.js';
import { useWords } from '../words.js';
import styles from './delivery.module.css';
import { useFailure } from './test-note.js';

const tones = { waiting: 'accent', sent: 'good', dead: 'bad', withdrawn: 'neutral' } as const;

/** The last deliveries to one receiver, with every attempt. */
export function DeliveryHistory({ of }: { of: { webhookId?: number; robotId?: number } }) {
  const t = useWords();
  const query = useQuery(deliveriesQuery(of));
  return (
    <QueryView
      query={query}
      empty={({ items }) => items.length === 0}
      emptyView={<p className={styles['faint']}>{t('delivery.history_none')}</p>}
    >
      {({ items }) => (
        <ul>
          {items.map((delivery) => (
            <HistoryLine key={delivery.deliveryId} delivery={delivery} />
          ))}
        </ul>
      )}
    </QueryView>
  );
}

function HistoryLine({ delivery }: { delivery: DeliveryRow }) {
  const t = useWords();
  const failure = useFailure();
  const toast = useToast();
  const replay = useReplay();
  const { deliveryId, kind, status, attempts, createdAt, dueAt, canReplay } = delivery;
  // A test is tried once: nothing is given up.
  const isTest = kind === 'test';
  return (
    <li className={styles['item']}>
      <div className={styles['row']}>
        <Tag tone={tones[status]}>
          {t(isTest && status === 'dead' ? 'delivery.test_failed' : `delivery.state.${status}`)}
        </Tag>
        <code>{kind}</code>
        <span className={styles['faint']}>
          <DateText value={createdAt} time />
        </span>
        {status === 'waiting' ? (
          <span className={styles['faint']}>
            {t('delivery.next')} <DateText value={dueAt} time />
          </span>
        ) : null}
        {canReplay ? (
          <Button
            size="small"
            loading={replay.isPending}
            onClick={() => replay.mutate(deliveryId, { onError: (error) => toast.failed(error) })}
          >
            {t('delivery.replay')}
          </Button>
        ) : null}
      </div>
      {attempts.map((attempt) => (
        <div key={attempt.attemptedAt} className={styles['attempt']}>
          <DateText value={attempt.attemptedAt} time />
          {attempt.status === null ? null : <span>{t('delivery.status', { status: attempt.status })}</span>}
          <span>{t('delivery.took', { ms: attempt.milliseconds })}</span>
          {attempt.error === null ? null : <span>{failure(attempt.error)}</span>}
          <span className={styles['answer']} title={attempt.answer}>
            {attempt.answer}
          </span>
        </div>
      ))}
    </li>
  );
}
