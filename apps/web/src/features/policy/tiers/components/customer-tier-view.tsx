import type { CustomerTier, CustomerTierHistory } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { dayOf } from '../../../../lib/format-date.js';
import { useEvents } from '../../../../lib/events.js';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { useCan } from '../../../../lib/session.js';
import { DataBar } from '../../../../ui/data-bar.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import list from '../../../../ui/list-table.module.css';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonLines } from '../../../../ui/skeleton.js';
import { TierBadge } from '../../../../ui/tier-badge.js';
import { customerTierQuery, historyQuery } from '../api/tiers.js';
import { useWords } from '../words.js';
import { CustomerClocks } from './clocks-panel.js';
import { CustomerEntitlementsPanel } from './customer-entitlements.js';
import { featureText } from './feature-text.js';
import { OverrideDialog } from './override-dialog.js';
import styles from './tiers.module.css';

/** Why this customer has this tier, today or on another day, what would lift it, and every tier it had. */
export default function CustomerTierView({ customerId }: { customerId: number }) {
  const t = useWords();
  const f = useFormats();
  const [today] = useState(() => dayOf(new Date().toISOString(), f.timeZone));
  const [on, setOn] = useState<string | undefined>();
  const query = useQuery(customerTierQuery(customerId, on));
  const mayOverride = useCan('tiers:override');
  const [overriding, setOverriding] = useState(false);
  useEvents(['tiers.changed'], () => void query.refetch());
  return (
    <div className={styles['stack']}>
      <div className={styles['row']}>
        <DatePicker
          className={styles['day'] ?? ''}
          value={on === undefined ? null : dayjs(on)}
          maxDate={dayjs(today)}
          placeholder={t('tiers.onDay')}
          aria-label={t('tiers.onDay')}
          onChange={(value) => setOn(value ? value.format('YYYY-MM-DD') : undefined)}
        />
        {mayOverride ? <Button onClick={() => setOverriding(true)}>{t('tiers.override')}</Button> : null}
      </div>
      <QueryView
        query={query}
        skeleton={<SkeletonLines n={6} />}
        empty={(data) => data.tier === null}
        emptyView={
          <EmptyState picture="people" title={t('tiers.notGraded')} text={t('tiers.notGradedText')} />
        }
      >
        {(data) => <Why data={data} />}
      </QueryView>
      <CustomerEntitlementsPanel customerId={customerId} />
      <CustomerClocks customerId={customerId} />
      <History customerId={customerId} />
      {overriding ? <OverrideDialog customerId={customerId} onClose={() => setOverriding(false)} /> : null}
    </div>
  );
}

function Why({ data }: { data: CustomerTier }) {
  const t = useWords();
  const f = useFormats();
  const { tier, policy, next, decision } = data;
  if (tier === null) return null;
  const name = data.nameThen ?? tier.name;
  return (
    <Panel
      title={t('tiers.why', { tier: name })}
      hint={
        policy
          ? t('tiers.whyHint', { policy: policy.name, version: policy.versionNo, asOf: f.date(policy.asOf) })
          : undefined
      }
      extra={
        policy ? (
          <AppLink to={`/grading/policies/${policy.tierPolicyId}`}>{t('tiers.readPolicy')}</AppLink>
        ) : null
      }
    >
      <div className={styles['stack']}>
        <div className={styles['score']}>
          <TierBadge badge={tier.badge} name={name} />
          {data.score === null ? null : (
            <span className={styles['figure']}>
              {t('tiers.points', { points: f.decimal(data.score, 1) })}
            </span>
          )}
          <span className={styles['note']}>
            {data.since === null ? '' : t('tiers.since', { date: f.date(data.since) })}
            {data.cutScore === null ? '' : ` · ${t('tiers.ownCut', { points: f.decimal(data.cutScore, 1) })}`}
          </span>
        </div>
        {data.source === 'override' || data.source === 'demotion' ? (
          <p className={styles['warn']}>
            {t(`tiers.source.${data.source}`, {
              by: decision?.decidedByName ?? '–',
              reason: decision?.reason ?? t('tiers.byPolicy'),
              until: decision?.expiresOn ? f.date(decision.expiresOn) : '–',
            })}
          </p>
        ) : null}
        <Held data={data} />
        {next ? (
          <p className={styles['note']}>
            {t('tiers.nextCut', {
              tier: next.tier.name,
              cut: f.decimal(next.cutScore, 1),
              missing: f.decimal(next.missing, 1),
            })}
          </p>
        ) : null}
        <Reasons data={data} />
        {data.keptBack > 0 && data.reasons.length > 0 ? (
          <p className={styles['note']}>{t('tiers.keptBack', { count: data.keptBack })}</p>
        ) : null}
      </div>
    </Panel>
  );
}

/** Why the tier is another one than the score says. */
function Held({ data: { why, computedTier, demotion } }: { data: CustomerTier }) {
  const t = useWords();
  const tier = computedTier?.name ?? '–';
  if (why === 'hysteresis' || why === 'minimum-stay') {
    return <p className={styles['note']}>{t(`tiers.whyHeld.${why}`, { tier })}</p>;
  }
  if (why !== 'approval' || demotion?.status === 'approved') return null;
  const status = demotion?.status ?? 'waiting';
  return (
    <p className={styles['note']}>
      {t(`tiers.demotionFate.${status}`, { tier, by: demotion?.decidedByName ?? '–' })}
      {demotion?.note ? ` ${t('tiers.decisionSaid', { note: demotion.note })}` : ''}
    </p>
  );
}

function Reasons({ data }: { data: CustomerTier }) {
  const t = useWords();
  const f = useFormats();
  const most = Math.max(...data.reasons.map((reason) => reason.weight), 1);
  if (data.reasons.length === 0) return null;
  return (
    <div className={styles['scroll']}>
      <table className={`${styles['table']} ${list['cards']}`}>
        <thead>
          <tr>
            <th>{t('tiers.indicator')}</th>
            <th className={styles['number']}>{t('tiers.measured')}</th>
            <th className={styles['number']}>{t('tiers.pointsOf100')}</th>
            <th className={styles['number']}>{t('tiers.weight')}</th>
            <th className={styles['bar']}>{t('tiers.contribution')}</th>
            <th>{data.next ? t('tiers.wouldLift', { tier: data.next.tier.name }) : ''}</th>
          </tr>
        </thead>
        <tbody>
          {data.reasons.map((reason) => (
            <tr key={reason.feature}>
              <td title={reason.axisName}>{reason.name}</td>
              <td className={styles['number']} data-name={t('tiers.measured')}>
                {featureText(f, reason.unit, reason.measured)}
              </td>
              <td className={styles['number']} data-name={t('tiers.pointsOf100')}>
                {f.decimal(reason.points, 0)}
              </td>
              <td className={styles['number']} data-name={t('tiers.weight')}>
                {f.percent(reason.weight / 100, 0)}
              </td>
              <td className={styles['bar']} data-name={t('tiers.contribution')}>
                <DataBar value={reason.contribution} max={most}>
                  {f.decimal(reason.contribution, 1)}
                </DataBar>
              </td>
              <td>
                {reason.needed === null || data.next === null || data.next.missing === 0
                  ? ''
                  : reason.needed.measured === null
                    ? t('tiers.neededPoints', { points: f.decimal(reason.needed.points, 0) })
                    : t('tiers.neededValue', { value: featureText(f, reason.unit, reason.needed.measured) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function History({ customerId }: { customerId: number }) {
  const t = useWords();
  const f = useFormats();
  const data = useQuery(historyQuery(customerId)).data;
  if (!data || (data.items.length === 0 && data.former.length === 0)) return null;
  return (
    <>
      <Periods title={t('tiers.history')} items={data.items} />
      {data.former.map((merged) => (
        <Periods
          key={merged.customerNo}
          title={t('tiers.historyOf', {
            name: merged.name,
            no: merged.customerNo,
            date: f.date(merged.mergedAt),
          })}
          items={merged.items}
        />
      ))}
    </>
  );
}

function PeriodNote({ item: { note, refusedByName } }: { item: CustomerTierHistory['items'][number] }) {
  const t = useWords();
  const refused = refusedByName === null ? null : t('tiers.refusedBy', { by: refusedByName });
  const said = [refused, note].filter(Boolean).join(' · ');
  return (
    <td className={styles['note']} data-name={said === '' ? undefined : t('tiers.reason')}>
      {said}
    </td>
  );
}

function Periods({ title, items }: { title: string; items: CustomerTierHistory['items'] }) {
  const t = useWords();
  const f = useFormats();
  if (items.length === 0) return null;
  return (
    <Panel title={title} padding="none">
      <div className={styles['scroll']}>
        <table className={`${styles['table']} ${list['cards']}`} aria-label={title}>
          <thead>
            <tr>
              <th scope="col">{t('tiers.period')}</th>
              <th scope="col">{t('tiers.tier')}</th>
              <th scope="col">{t('tiers.kind')}</th>
              <th scope="col">{t('tiers.policy')}</th>
              <th scope="col">{t('tiers.reason')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <tr key={`${item.from} ${item.source}`}>
                <td>
                  {item.to === null
                    ? t('tiers.fromDay', { date: f.date(item.from) })
                    : t('tiers.between', { from: f.date(item.from), to: f.date(item.to) })}
                </td>
                <td>
                  <TierBadge badge={item.tier.badge} name={item.nameThen} />
                </td>
                <td data-name={t('tiers.kind')}>{t(`tiers.historySource.${item.source}`)}</td>
                <td
                  className={styles['note']}
                  data-name={item.policyName === null ? undefined : t('tiers.policy')}
                >
                  {item.policyName === null
                    ? ''
                    : t('tiers.versionOf', { name: item.policyName, version: item.versionNo ?? 0 })}
                </td>
                <PeriodNote item={item} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
