import type { WarningRow } from '@kezi/contract';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { orStaleNote } from '../../../../ui/stale-note.js';
import { Tag } from '../../../../ui/tag.js';
import { useWarningWords } from '../use-warning-words.js';
import { useWords } from '../words.js';
import styles from './worklist.module.css';

const FinishDialog = lazy(() => orStaleNote(() => import('./finish-dialog.js')));

const tones = {
  open: 'warn',
  snoozed: 'neutral',
  handled: 'good',
  'false-alarm': 'neutral',
  gone: 'neutral',
} as const;

/** Warnings with their reasons and what is recommended. */
export function WarningList({
  warnings,
  withCustomer,
}: {
  warnings: readonly WarningRow[];
  withCustomer: boolean;
}) {
  return (
    <ol className={styles['list']}>
      {warnings.map((warning) => (
        <WarningLine key={warning.warningId} warning={warning} withCustomer={withCustomer} />
      ))}
    </ol>
  );
}

function WarningLine({ warning, withCustomer }: { warning: WarningRow; withCustomer: boolean }) {
  const t = useWords();
  const f = useFormats();
  const words = useWarningWords();
  const canWrite = useCan('alerts:write');
  const [isOpen, setOpen] = useState(false);
  const isUnsettled = warning.status === 'open' || warning.status === 'snoozed';
  return (
    <li className={styles['item']}>
      <div className={styles['main']}>
        <div className={styles['who']}>
          {withCustomer ? (
            <AppLink to={`/customers/${warning.customerId}`}>{warning.customerName}</AppLink>
          ) : null}
          <span>{words.name(warning)}</span>
          <Tag tone={tones[warning.status]}>{t(`alerts.status.${warning.status}`)}</Tag>
          {withCustomer ? (
            <span className={styles['soft']}>{warning.ownerName ?? t('worklist.nobody')}</span>
          ) : null}
        </div>
        <p>{words.reason(warning)}</p>
        <p className={styles['soft']}>
          {isUnsettled
            ? t('alerts.recommended', { play: words.play(warning) })
            : t('alerts.closedBy', {
                name: warning.closedByName ?? '–',
                outcome: warning.outcome === null ? '' : t(`alerts.outcome.${warning.outcome}`),
                note: warning.note ?? '',
              })}
        </p>
      </div>
      <dl className={styles['figures']}>
        <div>
          <dt>{t('worklist.atRisk')}</dt>
          <dd title={f.money(f.minorOf(warning.valueAtRisk))}>
            {f.moneyShort(f.minorOf(warning.valueAtRisk), undefined, { sign: true })}
          </dd>
        </div>
        <div>
          <dt>{t('alerts.raised')}</dt>
          <dd>{f.date(warning.raisedOn)}</dd>
        </div>
        <div>
          <dt>{t(warning.status === 'snoozed' ? 'alerts.until' : 'worklist.due')}</dt>
          <dd>{f.date(warning.snoozedUntil ?? warning.dueOn)}</dd>
        </div>
      </dl>
      {isUnsettled && canWrite ? (
        <div className={styles['buttons']}>
          <Button onClick={() => setOpen(true)}>{t('alerts.handle')}</Button>
        </div>
      ) : null}
      <Suspense>
        {isOpen ? (
          <FinishDialog
            item={{
              task: null,
              warning,
              also: [],
              customerId: warning.customerId,
              customerName: warning.customerName,
            }}
            onClose={() => setOpen(false)}
          />
        ) : null}
      </Suspense>
    </li>
  );
}
