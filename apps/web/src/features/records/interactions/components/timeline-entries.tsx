import type { InteractionRow, TimelineEntry } from '@kezi/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { DateText } from '../../../../ui/figure-texts.js';
import { IconButton } from '../../../../ui/icon-button.js';
import { RecordFiles } from '../../../../ui/record-files.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { restoreInteraction, timelineOf, useDeleteInteraction } from '../api/timeline.js';
import { wallClock } from '../interaction-draft.js';
import { useWords } from '../words.js';
import EditForm from './interaction-form.js';
import styles from './timeline.module.css';

/** Tells two entries apart while pages come in. */
export function keyOf(entry: TimelineEntry): string {
  switch (entry.source) {
    case 'interaction':
      return `i${entry.interaction.interactionId}`;
    case 'order':
      return `o${entry.order.orderId}`;
    case 'contract':
      return `k${entry.contract.contractId}`;
    case 'payment':
      return `p${entry.payment.paymentId}`;
    case 'owner':
      return `w${entry.owner.ownershipPeriodId}`;
    case 'score':
      return `s${entry.score.valuationRunId}`;
  }
}

export function Entry({ entry }: { entry: TimelineEntry }) {
  switch (entry.source) {
    case 'interaction':
      return <Interaction row={entry.interaction} />;
    case 'order':
      return <Order order={entry.order} />;
    case 'contract':
      return <Contract at={entry.at} contract={entry.contract} />;
    case 'payment':
      return <Payment payment={entry.payment} />;
    case 'owner':
      return <Owner at={entry.at} owner={entry.owner} />;
    case 'score':
      return <Score at={entry.at} score={entry.score} />;
  }
}

interface FrameProps {
  kind: string;
  when: ReactNode;
  /** Those that people have written stand out from those that came by themselves. */
  written?: boolean;
  buttons?: ReactNode;
  children: ReactNode;
}

function Frame({ kind, when, written = false, buttons, children }: FrameProps) {
  return (
    <article className={styles['entry']} data-written={written}>
      <header className={styles['line']}>
        <Tag tone={written ? 'accent' : 'neutral'}>{kind}</Tag>
        <span className={styles['faint']}>{when}</span>
        <span className={styles['buttons']}>{buttons}</span>
      </header>
      {children}
    </article>
  );
}

/** Lines of a summary that are shown at once. */
const foldAbove = 400;

function Interaction({ row }: { row: InteractionRow }) {
  const t = useWords();
  const { language } = useFormats();
  const mayWrite = useCan('interactions:write');
  const [isEditing, setEditing] = useState(false);
  const [showsFiles, setShowsFiles] = useState(false);
  if (isEditing) return <EditForm row={row} onClose={() => setEditing(false)} />;
  const names = [...row.contacts, ...row.users]
    .map((one) => one.name)
    .join(language === 'zh-CN' ? '、' : ', ');
  return (
    <Frame
      written
      kind={t(`interactions.kind.${row.kind}`)}
      when={<DateText value={row.happenedAt} time />}
      buttons={mayWrite ? <Buttons row={row} onEdit={() => setEditing(true)} /> : null}
    >
      <Summary text={row.summary} />
      {row.outcome === null ? null : <p>{t('interactions.outcomeOf', { text: row.outcome })}</p>}
      <NextStep row={row} />
      <p className={styles['faint']}>
        {[
          names === '' ? null : t('interactions.withNames', { names }),
          row.createdByName === null ? null : t('interactions.by', { name: row.createdByName }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {showsFiles ? (
        <RecordFiles path={`/interactions/${row.interactionId}/files`} mayWrite={mayWrite} />
      ) : (
        <button type="button" className={styles['fold']} onClick={() => setShowsFiles(true)}>
          {t('interactions.files')}
        </button>
      )}
    </Frame>
  );
}

function Buttons({ row, onEdit }: { row: InteractionRow; onEdit: () => void }) {
  const t = useWords();
  const toast = useToast();
  const client = useQueryClient();
  const takeBack = async () => {
    await restoreInteraction(row.interactionId);
    await client.invalidateQueries({ queryKey: timelineOf(row.customerId) });
  };
  const remove = useDeleteInteraction(row, () => toast.undo(t('interactions.deleted'), takeBack));
  const onDelete = () => remove.mutate(row.interactionId, { onError: (error) => toast.failed(error) });
  return (
    <>
      <IconButton icon="edit" label={t('interactions.edit')} onClick={onEdit} />
      <IconButton
        icon="trash"
        label={t('interactions.delete')}
        disabled={remove.isPending}
        onClick={onDelete}
      />
    </>
  );
}

function Summary({ text }: { text: string }) {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  const isLong = text.length > foldAbove;
  return (
    <div>
      <p className={styles['summary']} data-folded={isLong && !isOpen}>
        {text}
      </p>
      {isLong ? (
        <button type="button" className={styles['fold']} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? 'interactions.fold' : 'interactions.unfold')}
        </button>
      ) : null}
    </div>
  );
}

function NextStep({ row }: { row: InteractionRow }) {
  const t = useWords();
  const f = useFormats();
  const [today] = useState(() => wallClock(new Date().toISOString(), f.timeZone).slice(0, 10));
  if (row.nextStep === null) return null;
  if (row.nextStepOn === null) return <p>{t('interactions.next', { text: row.nextStep })}</p>;
  return (
    <p className={styles['next']}>
      {t('interactions.nextOn', { day: f.date(row.nextStepOn), text: row.nextStep })}
      {row.nextStepOn < today ? <Tag tone="warn">{t('interactions.overdue')}</Tag> : null}
    </p>
  );
}

type Of<Source extends TimelineEntry['source']> = Extract<TimelineEntry, { source: Source }>;

function Order({ order }: { order: Of<'order'>['order'] }) {
  const t = useWords();
  const f = useFormats();
  const amount = f.money(Math.abs(order.baseAmountMinor), order.currency);
  return (
    <Frame kind={t('interactions.kind.order')} when={<DateText value={order.orderedOn} />}>
      <p className={styles['line']}>
        {t(order.baseAmountMinor < 0 ? 'interactions.return' : 'interactions.order', { amount })}
        <span className={styles['faint']}>
          {[
            order.orderNo === null ? null : t('interactions.orderNo', { number: order.orderNo }),
            t('interactions.lines', { count: f.count(order.lineCount) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
    </Frame>
  );
}

function Contract({ at, contract }: { at: string; contract: Of<'contract'>['contract'] }) {
  const t = useWords();
  const f = useFormats();
  const from = f.date(contract.startsOn);
  const term =
    contract.endsOn === null
      ? t('interactions.contractOpen', { from })
      : t('interactions.contractTerm', { from, until: f.date(contract.endsOn) });
  return (
    <Frame kind={t('interactions.kind.contract')} when={<DateText value={at} />}>
      <p className={styles['line']}>
        {contract.title}
        <span className={styles['faint']}>{[contract.contractNo, term].join(' · ')}</span>
      </p>
    </Frame>
  );
}

function Payment({ payment }: { payment: Of<'payment'>['payment'] }) {
  const t = useWords();
  const f = useFormats();
  return (
    <Frame kind={t('interactions.kind.payment')} when={<DateText value={payment.receivedOn} />}>
      <p className={styles['line']}>
        {t('interactions.payment', { amount: f.money(payment.amountMinor, payment.currency) })}
        <span className={styles['faint']}>{payment.method}</span>
      </p>
    </Frame>
  );
}

function Owner({ at, owner }: { at: string; owner: Of<'owner'>['owner'] }) {
  const t = useWords();
  const named = (name: string | null) => name ?? t('interactions.nobody');
  const isTeam = owner.teamBefore !== null || owner.teamAfter !== null;
  const isOwner = owner.ownerBefore !== null || owner.ownerAfter !== null || !isTeam;
  return (
    <Frame kind={t('interactions.kind.owner')} when={<DateText value={at} time />}>
      {isOwner ? (
        <p>
          {t('interactions.ownerTo', { before: named(owner.ownerBefore), after: named(owner.ownerAfter) })}
        </p>
      ) : null}
      {isTeam ? (
        <p>{t('interactions.teamTo', { before: named(owner.teamBefore), after: named(owner.teamAfter) })}</p>
      ) : null}
      {owner.reason === null ? null : <p>{t('interactions.ownerReason', { reason: owner.reason })}</p>}
      {owner.by === null ? null : (
        <p className={styles['faint']}>{t('interactions.ownerBy', { name: owner.by })}</p>
      )}
    </Frame>
  );
}

function Score({ at, score }: { at: string; score: Of<'score'>['score'] }) {
  const t = useWords();
  const f = useFormats();
  const money = (major: number) => f.valueShort(major);
  const range = f.moneyBetween(f.minorOf(score.clvLow), f.minorOf(score.clvHigh), undefined, { sign: true });
  return (
    <Frame kind={t('interactions.kind.score')} when={<DateText value={at} time />}>
      <p className={styles['line']}>
        {t('interactions.score', { value: money(score.clv) })}
        <span className={styles['faint']}>
          {t('interactions.scoreRange', { range, day: f.date(score.asOf) })}
        </span>
        <AppLink to={`/value/runs/${score.valuationRunId}`}>{t('interactions.run')}</AppLink>
      </p>
    </Frame>
  );
}
