import type { TierDecision } from '@kezi/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useEvents } from '../../../../lib/events.js';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { TierBadge } from '../../../../ui/tier-badge.js';
import { useToast } from '../../../../ui/toast.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { MoreRows } from '../../../../ui/more-rows.js';
import { decisionsQuery, useDecide, useEndOverride } from '../api/tiers.js';
import styles from '../components/tiers.module.css';
import { useWords } from '../words.js';

type Status = TierDecision['status'];

/** Demotions of a run and tiers by hand: who asks for what and why, to be approved or refused. */
export default function ListDecisions() {
  const t = useWords();
  const [status, setStatus] = useState<Status>('waiting');
  const query = useInfiniteQuery(decisionsQuery(status));
  useEvents(['tiers.changed'], () => void query.refetch());
  return (
    <Page
      title={t('tiers.decisions')}
      subtitle={t('tiers.decisionsHint')}
      actions={
        <Select
          value={status}
          aria-label={t('tiers.status')}
          options={(['waiting', 'approved', 'refused', 'ended'] as const).map((value) => ({
            value,
            label: t(`tiers.status.${value}`),
          }))}
          onChange={setStatus}
        />
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

function Decisions({ items }: { items: readonly TierDecision[] }) {
  const t = useWords();
  const f = useFormats();
  const toast = useToast();
  const decide = useDecide();
  const mayDecide = useCan('tiers:approve');
  const act = (ids: number[], approve: boolean) =>
    decide.mutate(
      { ids, approve },
      {
        onSuccess: ({ decided }) =>
          toast.done(t(approve ? 'tiers.approvedCount' : 'tiers.refusedCount', { count: decided })),
        onError: (error) => toast.failed(error),
      },
    );
  const waiting = items.filter((item) => item.status === 'waiting' && item.kind === 'demotion');
  return (
    <div className={styles['scroll']}>
      {mayDecide && waiting.length > 1 ? (
        <div className={styles['row']} style={{ padding: 'var(--kz-space-3)' }}>
          <Button
            onClick={() =>
              act(
                waiting.slice(0, 1000).map((item) => item.tierDecisionId),
                true,
              )
            }
          >
            {t('tiers.approveAll', { count: f.count(waiting.length) })}
          </Button>
          <Button
            onClick={() =>
              act(
                waiting.slice(0, 1000).map((item) => item.tierDecisionId),
                false,
              )
            }
          >
            {t('tiers.refuseAll')}
          </Button>
        </div>
      ) : null}
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>{t('tiers.customer')}</th>
            <th>{t('tiers.kind')}</th>
            <th>{t('tiers.fromTo')}</th>
            <th className={styles['number']}>{t('tiers.value')}</th>
            <th>{t('tiers.reason')}</th>
            <th>{t('tiers.askedBy')}</th>
            <th>{t('tiers.decide')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.tierDecisionId}>
              <td>
                <AppLink to={`/customers/${item.customerId}?tab=tier`}>{item.customerName}</AppLink>
              </td>
              <td>{t(`tiers.kind.${item.kind}`)}</td>
              <td>
                <span className={styles['row']}>
                  {item.fromTier ? <TierBadge badge={item.fromTier.badge} name={item.fromTier.name} /> : null}
                  {'→'}
                  <TierBadge badge={item.toTier.badge} name={item.toTier.name} />
                </span>
              </td>
              <td className={styles['number']}>
                {item.clv === null ? '–' : f.moneyShort(f.minorOf(item.clv), undefined, { sign: true })}
              </td>
              <td>
                {item.reason ?? item.note ?? t('tiers.byPolicy')}
                {item.expiresOn === null ? '' : ` · ${t('tiers.untilDay', { date: f.date(item.expiresOn) })}`}
              </td>
              <td>{item.decidedByName ?? item.requestedByName ?? ''}</td>
              <td>
                {mayDecide && item.status === 'waiting' ? (
                  <span className={styles['row']}>
                    <Button size="small" onClick={() => act([item.tierDecisionId], true)}>
                      {t('tiers.approve')}
                    </Button>
                    <Button size="small" onClick={() => act([item.tierDecisionId], false)}>
                      {t('tiers.refuse')}
                    </Button>
                  </span>
                ) : null}
                {item.kind === 'override' && (item.status === 'waiting' || item.status === 'approved') ? (
                  <EndOverride item={item} />
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Ends a manual tier before its time, or takes the request for one back. */
function EndOverride({ item }: { item: TierDecision }) {
  const t = useWords();
  const toast = useToast();
  const confirm = useConfirm();
  const end = useEndOverride();
  const mayOverride = useCan('tiers:override');
  if (!mayOverride) return null;
  const ask = async () => {
    const sure = await confirm({
      title: t('tiers.endTitle', { name: item.customerName }),
      text: t('tiers.endText'),
      action: t('tiers.endOverride'),
      danger: true,
    });
    if (!sure) return;
    end.mutate(item.tierDecisionId, {
      onSuccess: () => toast.done(t('tiers.ended')),
      onError: (error) => toast.failed(error),
    });
  };
  return (
    <Button size="small" loading={end.isPending} onClick={() => void ask()}>
      {t('tiers.endOverride')}
    </Button>
  );
}
