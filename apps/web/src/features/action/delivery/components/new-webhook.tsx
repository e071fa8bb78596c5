import { webhookEvents } from '@kezi/contract';
import type { WebhookEvent } from '@kezi/contract';
import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { Dialog } from '../../../../ui/dialog.js';
import { ErrorState } from '../../../../ui/error-state.js';
import { Field, FieldStack } from '../../../../ui/field.js';
import { useCommonWords } from '../../../../ui/words.js';
import { useMakeWebhook } from '../api/delivery.js';
import { useWords } from '../words.js';
import styles from './delivery.module.css';

/** Asks where a new webhook leads and what it tells; its secret is shown once. */
export default function NewWebhook({ onClose }: { onClose: () => void }) {
  const t = useWords();
  const c = useCommonWords();
  const make = useMakeWebhook();
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<WebhookEvent[]>(['warning.raised', 'warning.settled']);
  const made = make.data;
  const isReady = name.trim() !== '' && url.trim() !== '' && events.length > 0;
  return (
    <Dialog
      open
      width={560}
      title={t('delivery.webhook_new')}
      onClose={onClose}
      footer={
        made ? (
          <Button type="primary" onClick={onClose}>
            {c('common.close')}
          </Button>
        ) : (
          <Button
            type="primary"
            disabled={!isReady}
            loading={make.isPending}
            onClick={() => make.mutate({ name: name.trim(), url: url.trim(), events })}
          >
            {t('delivery.make')}
          </Button>
        )
      }
    >
      {made ? (
        <>
          <p>{t('delivery.secret_once')}</p>
          <code>{made.secret}</code>
          <p className={styles['faint']}>{t('delivery.secret_how')}</p>
        </>
      ) : (
        <FieldStack>
          <Field label={t('delivery.name')}>
            <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
          </Field>
          <Field label={t('delivery.url')} hint={t('delivery.url_hint')}>
            <Input value={url} placeholder="https://" onChange={(event) => setUrl(event.target.value)} />
          </Field>
          <Field label={t('delivery.events')} hint={t('delivery.events_hint')}>
            <Checkbox.Group<WebhookEvent>
              value={events}
              options={webhookEvents.map((value) => ({ value, label: t(`delivery.event.${value}`) }))}
              onChange={setEvents}
            />
          </Field>
          {make.isError ? <ErrorState error={make.error} size="band" /> : null}
        </FieldStack>
      )}
    </Dialog>
  );
}
