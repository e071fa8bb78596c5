import type { RecycleRule } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { useEvents } from '../../../../lib/events.js';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink, useParams, useSearch } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { tiersOfTodayQuery } from '../../../../lib/tiers.js';
import { useConfirm } from '../../../../ui/confirm.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { IconButton } from '../../../../ui/icon-button.js';
import { later } from '../../../../ui/later.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid, SkeletonLines } from '../../../../ui/skeleton.js';
import { Tag } from '../../../../ui/tag.js';
import { useToast } from '../../../../ui/toast.js';
import { useCommonWords } from '../../../../ui/words.js';
import { poolsQuery, useRecycleNow } from '../api/pools.js';
import { rulesQuery, useRemoveRule, useSwitchRule } from '../api/rules.js';
import styles from '../components/ownership.module.css';
import { RuleDialog } from '../components/rule-dialog.js';
import { useWords } from '../words.js';

const rulesSearch = z.object({ simulate: z.number().optional().catch(undefined) });
const simulationPanel = later(() => import('../components/simulation-panel.js'));

export function prefetch({ client, params }: PrefetchInput) {
  return client.prefetchQuery(rulesQuery(Number(params['poolId'])));
}

/** The rules by which customers fall into a pool; everybody may read them, those who see the department write them. */
export default function ListRules() {
  const t = useWords();
  const poolId = Number(useParams()['poolId']);
  const query = useQuery(rulesQuery(poolId));
  const pool = useQuery(poolsQuery).data?.items.find((one) => one.poolId === poolId);
  const mayWrite = useCan('pools:write');
  const [{ simulate }, setSearch] = useSearch(rulesSearch);
  const [editing, setEditing] = useState<RecycleRule | 'new' | null>(null);
  useEvents(['recycle.warned', 'pool.changed'], () => void query.refetch());
  const simulated = query.data?.items.find((rule) => rule.recycleRuleId === simulate);
  const begin = () => setEditing('new');
  return (
    <Page
      title={pool === undefined ? t('ownership.rules') : t('ownership.rulesOf', { team: pool.teamName })}
      subtitle={t('ownership.rulesHint')}
      width="reading"
      actions={
        <>
          <AppLink to="/customers/pools">{t('ownership.toPools')}</AppLink>
          {mayWrite ? <RunNow poolId={poolId} isIdle={!query.data?.items.some(({ isOn }) => isOn)} /> : null}
          {mayWrite ? (
            <Button type="primary" onClick={begin}>
              {t('ownership.newRule')}
            </Button>
          ) : null}
        </>
      }
    >
      <Panel padding="none">
        <QueryView
          query={query}
          skeleton={<SkeletonGrid rows={3} columns={3} />}
          empty={({ items }) => items.length === 0}
          emptyView={
            <EmptyState
              picture="people"
              title={t('ownership.noRules')}
              text={t('ownership.noRulesText')}
              {...(mayWrite ? { action: { label: t('ownership.newRule'), onClick: begin } } : {})}
            />
          }
        >
          {({ items }) => (
            <ol className={styles['list']}>
              {items.map((rule) => (
                <Rule
                  key={rule.recycleRuleId}
                  rule={rule}
                  mayWrite={mayWrite}
                  onEdit={() => setEditing(rule)}
                  onSimulate={() => setSearch({ simulate: rule.recycleRuleId })}
                />
              ))}
            </ol>
          )}
        </QueryView>
      </Panel>
      {mayWrite && simulated !== undefined ? (
        <simulationPanel.Part
          key={`${simulated.recycleRuleId} ${simulated.rowVersion}`}
          rule={simulated}
          waiting={<SkeletonLines n={6} />}
        />
      ) : null}
      {editing === null ? null : (
        <RuleDialog
          poolId={poolId}
          rule={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Page>
  );
}

/** Nothing would come of it while every rule is off. */
function RunNow({ poolId, isIdle }: { poolId: number; isIdle: boolean }) {
  const t = useWords();
  const toast = useToast();
  const run = useRecycleNow();
  return (
    <Button
      loading={run.isPending}
      disabled={isIdle}
      title={isIdle ? t('ownership.allOff') : undefined}
      onClick={() =>
        run.mutate(poolId, {
          onSuccess: () => toast.done(t('ownership.running')),
          onError: (error) => toast.failed(error),
        })
      }
    >
      {t('ownership.runNow')}
    </Button>
  );
}

/** The conditions of a rule in one sentence. */
function useConditions(rule: RecycleRule): string {
  const t = useWords();
  const c = useCommonWords();
  const f = useFormats();
  const { daysWithoutContact, daysWithoutOrder, daysAfterContract, clvBelow, segments, tierIds } = rule;
  const tiers = useQuery(tiersOfTodayQuery).data?.tiers ?? [];
  const listed = f.language === 'zh-CN' ? '、' : ', ';
  const tierName = (id: number) => tiers.find(({ tierId }) => tierId === id)?.name ?? String(id);
  const joint = f.language === 'zh-CN' ? '，并且' : ' and ';
  return [
    daysWithoutContact === null ? null : t('ownership.if.contact', { days: daysWithoutContact }),
    daysWithoutOrder === null ? null : t('ownership.if.order', { days: daysWithoutOrder }),
    daysAfterContract === null ? null : t('ownership.if.contract', { days: daysAfterContract }),
    clvBelow === null ? null : t('ownership.if.value', { value: f.moneyShort(f.minorOf(clvBelow)) }),
    segments === null
      ? null
      : t('ownership.if.segments', {
          names: segments.map((one) => c(`segment.${one}`)).join(listed),
        }),
    tierIds === null ? null : t('ownership.if.tiers', { names: tierIds.map(tierName).join(listed) }),
  ]
    .filter((part) => part !== null)
    .join(joint);
}

interface RuleProps {
  rule: RecycleRule;
  mayWrite: boolean;
  onEdit: () => void;
  onSimulate: () => void;
}

function Rule({ rule, mayWrite, onEdit, onSimulate }: RuleProps) {
  const t = useWords();
  const toast = useToast();
  const conditions = useConditions(rule);
  const change = useSwitchRule();
  const remove = useRemoveRule();
  const confirm = useConfirm();
  const failed = { onError: (error: unknown) => toast.failed(error) };
  const askToRemove = async () => {
    const isSure = await confirm({
      title: t('ownership.removeRuleAsk', { name: rule.name }),
      text: t('ownership.removeRuleText'),
      action: t('ownership.removeRuleDo'),
      danger: true,
    });
    if (isSure) remove.mutate(rule.recycleRuleId, failed);
  };
  return (
    <li className={styles['item']}>
      <div className={styles['line']}>
        <strong className={styles['name']}>{rule.name}</strong>
        <Tag tone={rule.isOn ? 'good' : 'neutral'}>{t(rule.isOn ? 'ownership.on' : 'ownership.off')}</Tag>
        {rule.warned > 0 ? <Tag tone="warn">{t('ownership.warned', { count: rule.warned })}</Tag> : null}
        {mayWrite ? (
          <span className={`${styles['line']} ${styles['end']}`}>
            <Button size="small" onClick={onSimulate}>
              {t('ownership.simulate')}
            </Button>
            {rule.isOn ? (
              <Button size="small" loading={change.isPending} onClick={() => change.mutate({ rule }, failed)}>
                {t('ownership.switchOff')}
              </Button>
            ) : (
              <>
                <IconButton
                  icon="edit"
                  label={t('ownership.editRule', { name: rule.name })}
                  onClick={onEdit}
                />
                <IconButton
                  icon="trash"
                  label={t('ownership.removeRule', { name: rule.name })}
                  onClick={() => void askToRemove()}
                />
              </>
            )}
          </span>
        ) : null}
      </div>
      <p>{t('ownership.ruleText', { conditions })}</p>
      <p className={styles['faint']}>{t('ownership.warnFirst', { days: rule.warnDays })}</p>
    </li>
  );
}
