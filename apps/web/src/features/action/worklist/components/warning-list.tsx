import type { WarningRow } from '@kezi/contract';
import { Button } from 'antd';
import { useFormats } from '../../../../lib/formats.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { useCan } from '../../../../lib/session.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { useToday } from '../../../../ui/use-today.js';
import { useReopenWarning } from '../api/worklist.js';
import { useWarningWords } from '../use-warning-words.js';
import { useWords } from '../words.js';
import { useFinish } from './finish-host.js';
import { LaterMenu } from './later-menu.js';
import styles from './worklist.module.css';

const tones = {
  open: 'warn',
  snoozed: 'neutral',
  handled: 'good',
  'false-alarm': 'neutral',
  gone: 'neutral',
} as const;

/** What the day of a warning is. */
const dayNames = {
  open: 'worklist.due',
  snoozed: 'alerts.until',
  handled: 'alerts.closedOn',
  'false-alarm': 'alerts.closedOn',
  gone: 'alerts.goneOn',
} as const;

/** Who dealt with it, what came of it and what was noted; or that its reason is no more. */
function whatCame(t: ReturnType<typeof useWords>, { status, closedByName, outcome, note }: WarningRow) {
  if (status === 'gone') return t('alerts.goneByItself');
  const said = outcome === null ? [] : t(`alerts.outcome.${outcome}`);
  return [closedByName ?? '–', said, note ?? []].flat().join(' · ');
}

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
  const today = useToday();
  const finish = useFinish();
  const { customerId, customerName } = warning;
  const item = { task: null, warning, also: [], customerId, customerName };
  const isUnsettled = warning.status === 'open' || warning.status === 'snoozed';
  const day = (isUnsettled ? warning.snoozedUntil : warning.closedAt) ?? warning.dueOn;
  return (
    <li className={styles['item']} data-line tabIndex={-1}>
      <div className={styles['main']}>
        <div className={styles['who']}>
          {withCustomer ? (
            <CustomerLink to={`/customers/${warning.customerId}`}>{warning.customerName}</CustomerLink>
          ) : null}
          <span>{words.name(warning)}</span>
          <Tag tone={tones[warning.status]}>{t(`alerts.status.${warning.status}`)}</Tag>
          {withCustomer ? (
            <span className={styles['soft']}>{warning.ownerName ?? t('worklist.nobody')}</span>
          ) : null}
        </div>
        <p>{words.reason(warning)}</p>
        <p className={styles['soft']}>
          {isUnsettled ? t('alerts.recommended', { play: words.play(warning) }) : whatCame(t, warning)}
        </p>
      </div>
      <dl className={styles['figures']}>
        <div>
          <dt>{t('worklist.atRisk')}</dt>
          <dd title={f.money(f.minorOf(warning.valueAtRisk))}>{f.valueShort(warning.valueAtRisk)}</dd>
        </div>
        <div>
          <dt>{t('alerts.raised')}</dt>
          <dd title={f.date(warning.raisedOn)}>{f.nearDay(warning.raisedOn)}</dd>
        </div>
        <div>
          <dt>{t(dayNames[warning.status])}</dt>
          <dd className={isUnsettled && day < today ? styles['late'] : ''} title={f.date(day)}>
            {f.nearDay(day)}
          </dd>
        </div>
      </dl>
      {canWrite && warning.status !== 'gone' ? (
        <div className={styles['buttons']}>
          {isUnsettled ? (
            <>
              <Button onClick={() => finish(item)}>{t('alerts.handle')}</Button>
              <LaterMenu {...{ task: null, warning, today }} withOthers={false} />
            </>
          ) : (
            <ReopenButton warning={warning} />
          )}
        </div>
      ) : null}
    </li>
  );
}

function ReopenButton({ warning }: { warning: WarningRow }) {
  const t = useWords();
  const toast = useToast();
  const reopen = useReopenWarning();
  return (
    <Button
      loading={reopen.isPending}
      onClick={() =>
        reopen.mutate(warning, {
          onSuccess: () => toast.done(t('alerts.reopened')),
          onError: (error) => toast.failed(error),
        })
      }
    >
      {t('alerts.reopen')}
    </Button>
  );
}
