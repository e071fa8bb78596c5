import { tierRunWord, type TierPolicy } from '@kezi/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect } from 'react';
import { useEvents } from '../../../../lib/events.js';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import list from '../../../../ui/list-table.module.css';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { policiesQuery, previewQuery, runsQuery, useDeletePolicy } from '../api/tiers.js';
import { ReplayButton } from '../components/replay-button.js';
import { RunState } from '../components/run-panel.js';
import { TemplateChoice } from '../components/template-choice.js';
import styles from '../components/tiers.module.css';
import { policyTitle } from '../components/what-if-panel.js';
import { useMay } from '../use-may.js';
import { useWords } from '../words.js';

export function prefetch({ client }: PrefetchInput) {
  return client.prefetchQuery(policiesQuery);
}

/** Drafts and versions, and every grading that was done by them. */
export default function ListPolicies() {
  const t = useWords();
  const query = useQuery(policiesQuery);
  const mayWrite = useMay('tiers:write');
  return (
    <Page title={t('tiers.policies')} subtitle={t('tiers.policiesHint')}>
      <div className={styles['stack']}>
        <Panel padding="none">
          <QueryView
            query={query}
            skeleton={<SkeletonGrid rows={4} columns={4} />}
            empty={({ items }) => items.length === 0}
            emptyView={<EmptyState picture="file" title={t('tiers.noPolicies')} text={t('tiers.noneText')} />}
          >
            {({ items }) => <Policies items={items} mayWrite={mayWrite} />}
          </QueryView>
        </Panel>
        {mayWrite ? (
          <Panel title={t('tiers.startFrom')} hint={t('tiers.startFromHint')}>
            <TemplateChoice />
          </Panel>
        ) : null}
        <Runs />
      </div>
    </Page>
  );
}

/** Whoever opens the list is about to open a policy: what the first trial needs is read meanwhile. */
function useTrialAhead(policy: TierPolicy | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (policy === undefined) return;
    const { tierSetId, definition } = policy;
    void client.prefetchQuery(previewQuery({ tierSetId, definition }));
  }, [client, policy]);
}

function Policies({ items, mayWrite }: { items: readonly TierPolicy[]; mayWrite: boolean }) {
  const t = useWords();
  const f = useFormats();
  useTrialAhead(mayWrite ? items[0] : undefined);
  return (
    <div className={list['scroll']}>
      <table className={`${list['table']} ${list['cards']}`} aria-label={t('tiers.policies')}>
        <thead>
          <tr>
            <th scope="col">{t('tiers.policy')}</th>
            <th scope="col">{t('tiers.status')}</th>
            <th scope="col">{t('tiers.lastChange')}</th>
            {mayWrite ? <th scope="col">{t('tiers.act')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {items.map((policy) => (
            <tr key={policy.tierPolicyId}>
              <td>
                <AppLink to={`/grading/policies/${policy.tierPolicyId}`}>{policyTitle(policy, t)}</AppLink>
              </td>
              <td data-name={t('tiers.status')}>
                {policy.isInForce ? (
                  <Tag tone="good">{tierRunWord('in_force', f.language)}</Tag>
                ) : (
                  <Tag>{t(policy.status === 'draft' ? 'tiers.draft' : 'tiers.notInForce')}</Tag>
                )}
              </td>
              <td data-name={t('tiers.lastChange')}>
                {policy.publishedAt === null
                  ? t('tiers.changedAt', { at: f.ago(policy.updatedAt) })
                  : t('tiers.publishedAt', { at: f.date(policy.publishedAt) })}
              </td>
              {mayWrite ? (
                <td>{policy.status === 'draft' ? <DeleteDraft policy={policy} /> : null}</td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DeleteDraft({ policy }: { policy: TierPolicy }) {
  const t = useWords();
  const toast = useToast();
  const confirm = useConfirm();
  const remove = useDeletePolicy();
  const ask = async () => {
    const sure = await confirm({
      title: t('tiers.deleteTitle', { name: policy.name }),
      text: t('tiers.deleteText'),
      action: t('tiers.delete'),
      danger: true,
    });
    if (sure) remove.mutate(policy.tierPolicyId, { onError: (error) => toast.failed(error) });
  };
  return (
    <Button size="small" onClick={() => void ask()}>
      {t('tiers.delete')}
    </Button>
  );
}

function Runs() {
  const t = useWords();
  const f = useFormats();
  const query = useQuery(runsQuery);
  useEvents(['tiers.changed'], () => void query.refetch());
  const mayWrite = useMay('tiers:write');
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title={t('tiers.runs')} hint={t('tiers.runsHint')} padding="none">
      <div className={list['scroll']}>
        <table className={`${list['table']} ${list['cards']}`} aria-label={t('tiers.runs')}>
          <thead>
            <tr>
              <th scope="col">{t('tiers.policy')}</th>
              <th scope="col">{t('tiers.status')}</th>
              <th scope="col">{t('tiers.effectiveOn')}</th>
              <th scope="col">{t('tiers.startedBy')}</th>
              <th scope="col">{t('tiers.digest')}</th>
              {mayWrite ? <th scope="col">{t('tiers.act')}</th> : null}
            </tr>
          </thead>
          <tbody>
            {items.map((run) => (
              <tr key={run.tierRunId}>
                <td>{t('tiers.versionOf', { name: run.policyName, version: run.versionNo ?? 0 })}</td>
                <td data-name={t('tiers.status')}>
                  <RunState run={run} />
                </td>
                <td data-name={t('tiers.effectiveOn')}>{f.date(run.effectiveOn)}</td>
                <td data-name={t('tiers.startedBy')}>{run.createdByName ?? '–'}</td>
                <td data-name={t('tiers.digest')} title={run.digest ?? ''}>
                  {run.digest === null ? '–' : `${run.digest.slice(0, 12)}…`}
                </td>
                {mayWrite ? (
                  <td>{run.digest === null ? null : <ReplayButton tierRunId={run.tierRunId} />}</td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
