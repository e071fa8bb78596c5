import type { WebhookRow } from '@kezi/contract';
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useConfirm } from '../../../../ui/confirm.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { later } from '../../../../ui/later.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { useChangeWebhook, useRemoveWebhook, useTestWebhook, webhooksQuery } from '../api/delivery.js';
import { useWords } from '../words.js';
import { DeliveryHistory } from './delivery-history.js';
import styles from './delivery.module.css';
import { TestNote } from './test-note.js';

const newWebhook = later(() => import('./new-webhook.js'));

/** Webhooks that the reader keeps. */
export function WebhooksPanel() {
  const t = useWords();
  const query = useQuery(webhooksQuery);
  const [isMaking, setMaking] = useState(false);
  const begin = () => setMaking(true);
  return (
    <Panel
      title={t('delivery.webhooks')}
      hint={t('delivery.webhooks_hint')}
      padding="none"
      extra={<Button onClick={begin}>{t('delivery.webhook_new')}</Button>}
    >
      <QueryView
        query={query}
        empty={({ items }) => items.length === 0}
        emptyView={
          <EmptyState
            title={t('delivery.webhooks_none')}
            text={t('delivery.webhooks_none_text')}
            action={{ label: t('delivery.webhook_new'), onClick: begin }}
          />
        }
      >
        {({ items }) => (
          <ul>
            {items.map((webhook) => (
              <WebhookLine key={webhook.webhookId} webhook={webhook} />
            ))}
          </ul>
        )}
      </QueryView>
      {isMaking ? <newWebhook.Part onClose={() => setMaking(false)} /> : null}
    </Panel>
  );
}

function StateTag({ webhook }: { webhook: WebhookRow }) {
  const t = useWords();
  if (webhook.pauseReason !== null) {
    return <Tag tone="bad">{t(`delivery.paused.${webhook.pauseReason}`)}</Tag>;
  }
  if (!webhook.isActive) return <Tag>{t('delivery.off')}</Tag>;
  if (webhook.failingSince !== null) return <Tag tone="warn">{t('delivery.failing')}</Tag>;
  return <Tag tone="good">{t('delivery.on')}</Tag>;
}

function WebhookLine({ webhook }: { webhook: WebhookRow }) {
  const t = useWords();
  const toast = useToast();
  const confirm = useConfirm();
  const test = useTestWebhook();
  const change = useChangeWebhook();
  const remove = useRemoveWebhook();
  const [showsHistory, setShowsHistory] = useState(false);
  const { webhookId: id, name, rowVersion, createdByName, lastSentAt, waiting, dead } = webhook;
  const isOn = webhook.isActive && webhook.pausedAt === null;
  const failed = { onError: (error: Error) => toast.failed(error) };
  const ask = async () => {
    const sure = await confirm({
      title: t('delivery.remove_title', { name }),
      text: t('delivery.webhook_remove_text'),
      action: t('delivery.remove'),
      danger: true,
    });
    if (sure) remove.mutate(id, failed);
  };
  return (
    <li className={styles['item']}>
      <div className={styles['row']}>
        <strong>{name}</strong>
        <StateTag webhook={webhook} />
      </div>
      <code>{webhook.url}</code>
      <div className={styles['row']}>
        {webhook.events.map((event) => (
          <Tag key={event}>{t(`delivery.event.${event}`)}</Tag>
        ))}
      </div>
      <p className={styles['faint']}>
        {[t('delivery.by', { name: createdByName }), t('delivery.counts', { waiting, dead })].join(' · ')}
        {lastSentAt === null ? null : (
          <>
            {' · '}
            {t('delivery.last_sent')} <DateText value={lastSentAt} relative />
          </>
        )}
      </p>
      <div className={styles['row']}>
        <Button size="small" loading={test.isPending} onClick={() => test.mutate(id, failed)}>
          {t('delivery.send_test')}
        </Button>
        <Button size="small" onClick={() => change.mutate({ id, isActive: !isOn, rowVersion }, failed)}>
          {t(isOn ? 'delivery.switch_off' : 'delivery.switch_on')}
        </Button>
        <Button size="small" aria-expanded={showsHistory} onClick={() => setShowsHistory(!showsHistory)}>
          {t('delivery.history')}
        </Button>
        <Button size="small" danger onClick={() => void ask()}>
          {t('delivery.remove')}
        </Button>
      </div>
      <TestNote result={test.data} />
      {showsHistory ? <DeliveryHistory of={{ webhookId: id }} /> : null}
    </li>
  );
}
