import type { TierCandidates, TierOverview, TierRun } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEvents } from '../../../../lib/events.js';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import { tiersOfTodayQuery } from '../../../../lib/tiers.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import list from '../../../../ui/list-table.module.css';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonChart } from '../../../../ui/skeleton.js';
import { TierBadge } from '../../../../ui/tier-badge.js';
import { useToast } from '../../../../ui/toast.js';
import { candidatesQuery, runsQuery, useRegrade } from '../api/tiers.js';
import { ProposedRun, RunState } from '../components/run-panel.js';
import { TemplateChoice } from '../components/template-choice.js';
import { TierTable } from '../components/tier-table.js';
import styles from '../components/tiers.module.css';
import { useMay } from '../use-may.js';
import { useWords } from '../words.js';

export function prefetch({ client }: PrefetchInput) {
  return Promise.all([client.prefetchQuery(tiersOfTodayQuery), client.prefetchQuery(runsQuery)]);
}

const open = new Set<TierRun['status']>(['waiting', 'running', 'proposed', 'scheduled', 'failed']);

/** The tiers that hold, the run that waits to be looked at, and who is near to a better tier. */
export default function ShowTiers() {
  const t = useWords();
  const toast = useToast();
  const query = useQuery(tiersOfTodayQuery);
  const runs = useQuery(runsQuery);
  const candidates = useQuery(candidatesQuery);
  const mayWrite = useMay('tiers:write');
  const regrade = useRegrade();
  useEvents(['tiers.changed'], () => {
    void query.refetch();
    void runs.refetch();
    void candidates.refetch();
  });
  const latest = runs.data?.items[0];
  // The demotions of a run that is not in force stand with it.
  const ofRun = latest && latest.summary && open.has(latest.status) ? latest.waitingDemotions : 0;
  const others = (query.data?.waitingDecisions ?? 0) - ofRun;
  return (
    <Page
      title={t('tiers.title')}
      subtitle={t('tiers.subtitle')}
      asOf={query.data?.run?.asOf}
      actions={
        mayWrite && query.data?.run ? (
          <Button
            loading={regrade.isPending}
            onClick={() => regrade.mutate(null, { onError: (error) => toast.failed(error) })}
          >
            {t('tiers.regrade')}
          </Button>
        ) : undefined
      }
    >
      <QueryView
        query={query}
        skeleton={<SkeletonChart height={320} />}
        empty={(data) => data.run === null && (latest === undefined || !open.has(latest.status))}
        emptyView={<NothingGraded mayWrite={mayWrite} />}
      >
        {(data) => (
          <div className={styles['stack']}>
            {latest && open.has(latest.status) ? <OpenRun run={latest} tiers={data.tiers} /> : null}
            {others > 0 ? (
              <p className={styles['warn']}>
                {t('tiers.decisionsWait', { count: others })}{' '}
                <AppLink to="/grading/decisions">{t('tiers.toDecisions')}</AppLink>
              </p>
            ) : null}
            {data.run ? <TiersOfToday data={data} run={data.run} /> : null}
            {data.run && candidates.data ? <Candidates items={candidates.data.items} /> : null}
          </div>
        )}
      </QueryView>
    </Page>
  );
}

function NothingGraded({ mayWrite }: { mayWrite: boolean }) {
  const t = useWords();
  return (
    <>
      <EmptyState
        picture="people"
        title={t('tiers.none')}
        text={t(mayWrite ? 'tiers.noneText' : 'tiers.noneTextReader')}
      />
      {mayWrite ? <TemplateChoice /> : null}
    </>
  );
}

function OpenRun({ run, tiers }: { run: TierRun; tiers: TierOverview['tiers'] }) {
  const t = useWords();
  if (run.summary) return <ProposedRun run={run} fromTiers={tiers} />;
  return (
    <Panel title={t('tiers.runUnderWay', { policy: run.policyName })} extra={<RunState run={run} />}>
      <p className={styles['note']}>{t('tiers.runUnderWayText')}</p>
    </Panel>
  );
}

function TiersOfToday({ data, run }: { data: TierOverview; run: TierRun }) {
  const t = useWords();
  const f = useFormats();
  return (
    <Panel
      title={t('tiers.today')}
      hint={t('tiers.todayHint', {
        policy: run.policyName,
        version: run.versionNo ?? 0,
        date: f.date(run.effectiveOn),
      })}
      extra={<AppLink to={`/grading/policies/${run.tierPolicyId}`}>{t('tiers.readPolicy')}</AppLink>}
      padding="none"
      footer={
        data.ungraded > 0 ? (
          <span className={styles['note']}>
            {t('tiers.ungradedCount', { count: f.count(data.ungraded) })}
          </span>
        ) : undefined
      }
    >
      <TierTable tiers={data.tiers} names={data.tiers} linked />
    </Panel>
  );
}

function Candidates({ items }: { items: TierCandidates['items'] }) {
  const t = useWords();
  const f = useFormats();
  if (items.length === 0) return null;
  return (
    <Panel title={t('tiers.candidates')} hint={t('tiers.candidatesHint')} padding="none">
      <div className={list['scroll']}>
        <table className={`${list['table']} ${list['cards']}`} aria-label={t('tiers.candidates')}>
          <thead>
            <tr>
              <th scope="col">{t('tiers.customer')}</th>
              <th scope="col">{t('tiers.tier')}</th>
              <th scope="col">{t('tiers.nextTier')}</th>
              <th scope="col" data-align="end">
                {t('tiers.missing')}
              </th>
              <th scope="col">{t('tiers.lever')}</th>
              <th scope="col" data-align="end">
                {t('tiers.value')}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={item.customerId}>
                <td>
                  <CustomerLink to={`/customers/${item.customerId}?tab=tier`}>{item.name}</CustomerLink>
                </td>
                <td data-name={t('tiers.tier')}>
                  <TierBadge badge={item.tier.badge} name={item.tier.name} />
                </td>
                <td data-name={t('tiers.nextTier')}>
                  <TierBadge badge={item.next.badge} name={item.next.name} />
                </td>
                <td data-align="end" data-name={t('tiers.missing')}>
                  {t('tiers.points', { points: f.decimal(item.missing, 2) })}
                </td>
                <td data-name={t('tiers.lever')}>{item.lever.name}</td>
                <td data-align="end" data-name={t('tiers.value')}>
                  {item.clv === null ? '–' : f.valueShort(item.clv)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
