import type { TierDecision } from '@kezi/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { useEvents } from '../../../../lib/events.js';
import { useFormats } from '../../../../lib/formats.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { useSearch } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import list from '../../../../ui/list-table.module.css';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { TierBadge } from '../../../../ui/tier-badge.js';
import { useToast } from '../../../../ui/toast.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { MoreRows } from '../../../../ui/more-rows.js';
import { decisionsQuery, useDecide, useEndOverride } from '../api/tiers.js';
import styles from '../components/tiers.module.css';
import { useWords } from '../words.js';

const statuses = [
  'waiting',
  'approved',
  'refused',
  'ended',
] as const satisfies readonly TierDecision['status'][];

const search = z.object({
  status: z.enum(statuses).optional().catch(undefined),
  segmentId: z.coerce.number().int().positive().optional().catch(undefined),
});

/** As many as one request may name. */
const mostAtOnce = 1000;

/** Demotions of a run and tiers by hand: who asks for what and why, to be approved or refused. */
export default function ListDecisions() {
  const t = useWords();
  const [{ status = 'waiting', segmentId }, setSearch] = useSearch(search);
  const query = useInfiniteQuery(decisionsQuery(status, segmentId));
  useEvents(['tiers.changed'], () => void query.refetch());
  return (
    <Page
      title={t('tiers.decisions')}
      subtitle={t('tiers.decisionsHint')}
      actions={
        <>
          <SegmentSelect
            value={segmentId}
            onChange={(value) => setSearch({ segmentId: value }, { replace: true })}
          />
          <Select
            value={status}
            aria-label={t('tiers.status')}
            options={statuses.map((value) => ({ value, label: t(`tiers.status.${value}`) }))}
            onChange={(value) =>
              setSearch({ status: value === 'waiting' ? undefined : value }, { replace: true })
            }
          />
        </>
      }
    >
      <Panel padding="none">
        <QueryView
          query={query}
          skeleton={<SkeletonGrid rows={6} columns={5} />}
          empty={({ pages }) => pages.every((page) => page.items.length === 0)}
          emptyView={
            <EmptyState picture="done" title={t('tiers.noDecisions')} text={t('tiers.noDecisionsText')} />
          }
        >
          {({ pages }) => <Decisions items={pages.flatMap((page) => page.items)} />}
        </QueryView>
      </Panel>
      <MoreRows query={query} />
    </Page>
  );
}

type Decide = (items: readonly TierDecision[], approve: boolean) => void;

function Decisions({ items }: { items: readonly TierDecision[] }) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const decide = useDecide();
  const mayDecide = useCan('tiers:approve');
  const [note, setNote] = useState('');
  const act: Decide = (chosen, approve) =>
    decide.mutate(
      {
        ids: chosen.slice(0, mostAtOnce).map((item) => item.tierDecisionId),
        approve,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      },
      {
        onSuccess: ({ decided }) => {
          setNote('');
          toast.done(t(approve ? 'tiers.approvedCount' : 'tiers.refusedCount', { count: decided }));
        },
        onError: (error) => toast.failed(error),
      },
    );
  const demotions = items.filter((item) => item.status === 'waiting' && item.kind === 'demotion');
  const isAsked = mayDecide && items.some((item) => item.status === 'waiting');
  return (
    <div className={list['scroll']}>
      {isAsked ? (
        <div className={list['bar']}>
          <Input
            className={list['find'] ?? ''}
            aria-label={t('tiers.decisionNote')}
            placeholder={t('tiers.decisionNote')}
            maxLength={2000}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
          {demotions.length > 1 ? (
            <>
              <Button onClick={() => act(demotions, true)}>
                {t('tiers.approveAll', { count: f.count(demotions.length) })}
              </Button>
              <Button onClick={() => act(demotions, false)}>{t('tiers.refuseAll')}</Button>
            </>
          ) : null}
        </div>
      ) : null}
      <table className={`${list['table']} ${list['cards']}`} aria-label={t('tiers.decisions')}>
        <thead>
          <tr>
            <th scope="col">{t('tiers.customer')}</th>
            <th scope="col">{t('tiers.kind')}</th>
            <th scope="col">{t('tiers.fromTo')}</th>
            <th scope="col" data-align="end">
              {t('tiers.value')}
            </th>
            <th scope="col">{t('tiers.reason')}</th>
            <th scope="col">{t('tiers.askedBy')}</th>
            <th scope="col">{t('tiers.decide')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Decision key={item.tierDecisionId} item={item} act={mayDecide ? act : undefined} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Decision({ item, act }: { item: TierDecision; act: Decide | undefined }) {
  const t = useWords();
  const f = useFormats();
  const fate = fateOf(item);
  const reasons = [
    item.reason ?? (item.kind === 'demotion' ? t('tiers.byPolicy') : null),
    item.note,
    fate === null ? null : t(fate),
  ];
  return (
    <tr>
      <td>
        <CustomerLink to={`/customers/${item.customerId}?tab=tier`}>{item.customerName}</CustomerLink>
      </td>
      <td data-name={t('tiers.kind')}>{t(`tiers.kind.${item.kind}`)}</td>
      <td data-name={t('tiers.fromTo')}>
        <span className={styles['change']}>
          {item.fromTier ? <TierBadge badge={item.fromTier.badge} name={item.fromTier.name} /> : null}
          {'→'}
          <TierBadge badge={item.toTier.badge} name={item.toTier.name} />
        </span>
      </td>
      <td data-align="end" data-name={t('tiers.value')}>
        {item.clv === null ? '–' : f.valueShort(item.clv)}
      </td>
      <td data-name={t('tiers.reason')}>
        <span>
          {reasons.filter(Boolean).join(' · ')}
          {item.expiresOn === null ? null : (
            <span className={list['faint']}>{t('tiers.untilDay', { date: f.date(item.expiresOn) })}</span>
          )}
        </span>
      </td>
      <td data-name={t('tiers.askedBy')}>{item.decidedByName ?? item.requestedByName ?? '–'}</td>
      <td>
        <span className={styles['acts']}>
          {act && item.status === 'waiting' && !item.isOwn ? (
            <>
              <Button size="small" onClick={() => act([item], true)}>
                {t('tiers.approve')}
              </Button>
              <Button size="small" onClick={() => act([item], false)}>
                {t('tiers.refuse')}
              </Button>
            </>
          ) : null}
          {item.kind === 'override' && (item.status === 'approved' || isTakenBack(item)) ? (
            <EndOverride item={item} />
          ) : null}
        </span>
      </td>
    </tr>
  );
}

/** Who asked takes back what waits; others refuse it. */
const isTakenBack = ({ status, isOwn }: TierDecision) => status === 'waiting' && isOwn;

/** What became of a demotion through the grading that asked for it, where the status alone does not tell. */
function fateOf({ kind, status, runStatus }: TierDecision) {
  if (kind !== 'demotion') return null;
  if (status === 'approved' && (runStatus === 'proposed' || runStatus === 'scheduled'))
    return 'tiers.holdsWithRun';
  if (status !== 'ended') return null;
  return runStatus === 'withdrawn' ? 'tiers.runWithdrawn' : 'tiers.neverDecided';
}

/** Ends a manual tier before its time, or takes the request for one back. */
function EndOverride({ item }: { item: TierDecision }) {
  const t = useWords();
  const toast = useToast();
  const confirm = useConfirm();
  const end = useEndOverride();
  const mayOverride = useCan('tiers:override');
  if (!mayOverride) return null;
  const back = isTakenBack(item);
  const action = t(back ? 'tiers.withdrawRequest' : 'tiers.endOverride');
  const ask = async () => {
    const sure = await confirm({
      title: t(back ? 'tiers.withdrawRequestTitle' : 'tiers.endTitle', { name: item.customerName }),
      text: t(back ? 'tiers.withdrawRequestText' : 'tiers.endText'),
      action,
      danger: true,
    });
    if (!sure) return;
    end.mutate(item.tierDecisionId, {
      onSuccess: () => toast.done(t(back ? 'tiers.takenBack' : 'tiers.ended')),
      onError: (error) => toast.failed(error),
    });
  };
  return (
    <Button size="small" loading={end.isPending} onClick={() => void ask()}>
      {action}
    </Button>
  );
}
