import {
  disputeDecision,
  type DisputeDetail,
  type DisputeEvent,
  type DisputeEvidence,
  type DisputeSide,
} from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useEvents } from '../../../../lib/events.js';
import { useFormats } from '../../../../lib/formats.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { Field } from '../../../../ui/field.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { useToast } from '../../../../ui/toast.js';
import { disputeQuery, useDecide, useTakeBack } from '../api/disputes.js';
import { useWords } from '../words.js';
import styles from './ownership.module.css';
import { ReasonDialog } from './reason-dialog.js';

/** A dispute with what both have done, and what the reader may do about it. */
export function DisputePanel({ disputeId }: { disputeId: number }) {
  const query = useQuery(disputeQuery(disputeId));
  useEvents(['dispute.changed'], () => void query.refetch());
  return (
    <QueryView query={query} skeleton={<SkeletonLines n={8} />}>
      {(dispute) => <Dispute dispute={dispute} />}
    </QueryView>
  );
}

function Dispute({ dispute }: { dispute: DisputeDetail }) {
  const t = useWords();
  const { decision, evidence } = dispute;
  return (
    <div className={styles['stack']}>
      <p>
        <CustomerLink to={`/customers/${dispute.customerId}`}>{dispute.customerName}</CustomerLink>
      </p>
      <p className={styles['reason']}>{dispute.grounds}</p>
      {decision === null ? null : (
        <div className={styles['side']}>
          <p>
            <strong>
              {t('ownership.decisionOf', {
                name: dispute.decidedByName ?? t('ownership.someoneElse'),
                decision: t(`ownership.decided.${decision}`),
              })}
            </strong>{' '}
            <DateText value={dispute.decidedAt} />
          </p>
          <p className={styles['reason']}>{dispute.decisionReason}</p>
        </div>
      )}
      <Deeds dispute={dispute} />
      {evidence === null ? (
        <p className={styles['faint']}>{t('ownership.evidenceNone')}</p>
      ) : (
        <Evidence evidence={evidence} />
      )}
    </div>
  );
}

function Deeds({ dispute }: { dispute: DisputeDetail }) {
  const t = useWords();
  const toast = useToast();
  const [isDeciding, setDeciding] = useState(false);
  const undo = useTakeBack(dispute.disputeId, 'undo');
  const withdraw = useTakeBack(dispute.disputeId, 'withdraw');
  const failed = { onError: (error: unknown) => toast.failed(error) };
  return (
    <div className={styles['actions']}>
      {dispute.canDecide ? (
        <Button type="primary" onClick={() => setDeciding(true)}>
          {t('ownership.decide')}
        </Button>
      ) : null}
      {dispute.canWithdraw ? (
        <Button loading={withdraw.isPending} onClick={() => withdraw.mutate(null, failed)}>
          {t('ownership.withdraw')}
        </Button>
      ) : null}
      {dispute.canUndo ? (
        <Button loading={undo.isPending} onClick={() => undo.mutate(null, failed)}>
          {t('ownership.undoDecision')}
        </Button>
      ) : null}
      {isDeciding ? <DecideDialog dispute={dispute} onClose={() => setDeciding(false)} /> : null}
    </div>
  );
}

function DecideDialog({ dispute, onClose }: { dispute: DisputeDetail; onClose: () => void }) {
  const t = useWords();
  const decide = useDecide(dispute.disputeId);
  const [decision, setDecision] = useState<'claimant' | 'respondent' | 'shared'>('claimant');
  return (
    <ReasonDialog
      title={t('ownership.decide')}
      text={t('ownership.decideText')}
      label={t('ownership.decisionReason')}
      action={t('ownership.decide')}
      max={4000}
      error={decide.error}
      isPending={decide.isPending}
      onClose={onClose}
      onSubmit={(reason) =>
        decide.mutate({ decision, reason, rowVersion: dispute.rowVersion }, { onSuccess: onClose })
      }
    >
      <Field label={t('ownership.outcome')}>
        <Radio.Group
          vertical
          value={decision}
          options={disputeDecision.options.map((value) => ({
            value,
            label: t(`ownership.decided.${value}`),
          }))}
          onChange={(event) => setDecision(disputeDecision.parse(event.target.value))}
        />
      </Field>
    </ReasonDialog>
  );
}

function Evidence({ evidence }: { evidence: DisputeEvidence }) {
  const t = useWords();
  return (
    <div className={styles['stack']}>
      <h3>{t('ownership.evidence')}</h3>
      <div className={styles['sides']}>
        <Side title={t('ownership.claimant')} side={evidence.claimant} currency={evidence.currency} />
        <Side title={t('ownership.respondent')} side={evidence.respondent} currency={evidence.currency} />
      </div>
      <ol className={styles['events']}>
        {evidence.events.map((event) => (
          <Event key={`${event.at} ${event.kind} ${event.text}`} event={event} currency={evidence.currency} />
        ))}
      </ol>
    </div>
  );
}

function Side({ title, side, currency }: { title: string; side: DisputeSide; currency: string }) {
  const t = useWords();
  const f = useFormats();
  return (
    <section className={styles['side']}>
      <p className={styles['faint']}>{title}</p>
      <p>
        <strong>{side.name ?? t('ownership.someoneElse')}</strong>
      </p>
      <p>
        {t('ownership.side.interactions', { count: side.interactions })}
        {side.lastInteractionAt === null
          ? null
          : ` · ${t('ownership.side.last', { day: f.date(side.lastInteractionAt) })}`}
      </p>
      <p>
        {t('ownership.side.orders', {
          count: side.orders,
          amount: f.moneyShort(side.ordersAmountMinor, currency, { sign: true }),
        })}
      </p>
      <p>{t('ownership.side.held', { days: f.count(side.daysHeld) })}</p>
    </section>
  );
}

function Event({ event, currency }: { event: DisputeEvent; currency: string }) {
  const t = useWords();
  const f = useFormats();
  const text = {
    interaction: () => event.text,
    order: () => t('ownership.event.order', { no: event.text }),
    owner: () => [t('ownership.event.owner'), event.text].filter((part) => part !== '').join(' · '),
  }[event.kind]();
  return (
    <li className={styles['event']} data-side={event.side}>
      <span className={styles['faint']}>
        <DateText value={event.at} />
        {event.byName === null ? null : ` · ${event.byName}`}
        {event.amountMinor === null ? null : ` · ${f.money(event.amountMinor, currency)}`}
      </span>
      <span className={styles['reason']}>{text}</span>
    </li>
  );
}
