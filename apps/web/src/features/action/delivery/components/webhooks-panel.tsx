import type { WebhookRow } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { DateText } from '../../../../ui/figure-texts.js';
import { later } from '../../../../ui/later.js';
import { Tag } from '../../../../ui/tag.js';
import { useChangeWebhook, useRemoveWebhook, useTestWebhook, webhooksQuery } from '../api/delivery.js';
import { useWords } from '../words.js';
import { ConnectionActions } from './connection-actions.js';
import { ConnectionsPanel } from './connections-panel.js';
import styles from './delivery.module.css';

const newWebhook = later(() => import('./new-webhook.js'));

/** Webhooks that the reader keeps. */
export function WebhooksPanel() {
  const query = useQuery(webhooksQuery);
  return (
    <ConnectionsPanel of="webhook" query={query} maker={(close) => <newWebhook.Part onClose={close} />}>
      {(webhook) => <WebhookLine key={webhook.webhookId} webhook={webhook} />}
    </ConnectionsPanel>
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
  const test = useTestWebhook();
  const change = useChangeWebhook();
  const remove = useRemoveWebhook();
  const { webhookId: id, name, rowVersion, createdByName, lastSentAt, waiting, dead } = webhook;
  const isOn = webhook.isActive && webhook.pausedAt === null;
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
      <ConnectionActions of="webhook" {...{ id, name, isOn, rowVersion, test, change, remove }} />
    </li>
  );
}
