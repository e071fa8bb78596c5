import type { TierDefinition, TierFeature, TierPolicy, TierPreview } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SkeletonChart } from '../../../../ui/skeleton.js';
import { policiesQuery, previewQuery } from '../api/tiers.js';
import { useWords } from '../words.js';
import { Doubts } from './doubts.js';
import { indicatorName } from './indicator-name.js';
import { Movers } from './movers.js';
import { MovesChart } from './moves-chart.js';
import { SideBySide } from './side-by-side.js';
import { TierTable } from './tier-table.js';
import { Trying } from './trying.js';
import styles from './tiers.module.css';

/** Milliseconds of rest before a change is tried: who types a number types two digits. */
const restMs = 350;

function useAtRest<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), restMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

interface WhatIfProps {
  policy: TierPolicy;
  tierSetId: number;
  definition: TierDefinition;
  features: readonly TierFeature[];
}

/** What the policy would do to the customers of today, while it is being written. */
export function WhatIfPanel({ policy, tierSetId, definition, features }: WhatIfProps) {
  const t = useWords();
  const [against, setAgainst] = useState<number | null>(null);
  const [segmentId, setSegment] = useState<number>();
  const policies = useQuery(policiesQuery).data?.items ?? [];
  const wanted = useMemo(() => ({ tierSetId, definition }), [tierSetId, definition]);
  const settled = useAtRest(wanted);
  const query = useQuery(
    previewQuery({
      ...settled,
      ...(against === null ? {} : { againstPolicyId: against }),
      ...(segmentId === undefined ? {} : { segmentId: [segmentId] }),
    }),
  );
  const compared = policies.find(({ tierPolicyId }) => tierPolicyId === against);
  const other = compared ? policyTitle(compared, t) : t('tiers.today');
  const others = policies.filter((each) => each.tierPolicyId !== policy.tierPolicyId);
  return (
    <Panel
      title={t('tiers.whatIf')}
      hint={t('tiers.whatIfHint')}
      extra={
        <>
          <SegmentSelect value={segmentId} onChange={setSegment} />
          <Select
            value={against ?? 0}
            aria-label={t('tiers.against')}
            popupMatchSelectWidth={false}
            options={[
              { value: 0, label: t('tiers.againstToday') },
              ...others.map((each) => ({ value: each.tierPolicyId, label: policyTitle(each, t) })),
            ]}
            onChange={(id) => setAgainst(id === 0 ? null : id)}
          />
        </>
      }
    >
      {query.isFetching ? <Trying /> : null}
      <QueryView query={query} skeleton={<SkeletonChart height={320} />}>
        {(preview) => <Preview {...{ preview, features, definition, other }} />}
      </QueryView>
    </Panel>
  );
}

export function policyTitle(policy: TierPolicy, t: ReturnType<typeof useWords>): string {
  return policy.versionNo === null
    ? t('tiers.draftOf', { name: policy.name })
    : t('tiers.versionOf', { name: policy.name, version: policy.versionNo });
}

interface PreviewProps {
  preview: TierPreview;
  features: readonly TierFeature[];
  definition: TierDefinition;
}

function Preview({ preview, features, definition, other }: PreviewProps & { other: string }) {
  const t = useWords();
  const f = useFormats();
  const rank = new Map([...preview.fromTiers, ...preview.toTiers].map((tier) => [tier.tierId, tier.rank]));
  const count = (goes: (from: number, to: number) => boolean) =>
    preview.moves
      .filter((move) => move.fromTierId !== null)
      .filter((move) => goes(rank.get(move.fromTierId ?? 0) ?? 0, rank.get(move.toTierId) ?? 0))
      .reduce((sum, move) => sum + move.customers, 0);
  return (
    <div className={styles['stack']}>
      <Doubts {...{ preview, features, definition }} />
      <TierTable tiers={preview.tiers} names={preview.toTiers} />
      <p className={styles['told']}>
        {[
          t('tiers.upDown', {
            up: f.count(count((from, to) => to < from)),
            down: f.count(count((from, to) => to > from)),
          }),
          ...(['approval', 'hysteresis', 'minimumStay'] as const)
            .filter((why) => preview.held[why] > 0)
            .map((why) => t(`tiers.held.${why}`, { count: f.count(preview.held[why]) })),
        ].join(' ')}
      </p>
      <MovesChart moves={preview.moves} from={preview.fromTiers} to={preview.toTiers} />
      <Movers preview={preview} />
      {preview.consistency
        .filter(
          ({ of }) => !preview.doubts.some((doubt) => doubt.kind === 'contradiction' && doubt.subject === of),
        )
        .map(({ of, ratio }) => (
          <p key={of} className={styles['note']}>
            {t('tiers.consistent', {
              axis: definition.axes.find((axis) => axis.key === of)?.name ?? t('tiers.axes'),
              ratio: f.decimal(ratio, 2),
            })}
          </p>
        ))}
      <SideBySide preview={preview} other={other} />
      <WeightTable preview={preview} features={features} definition={definition} />
    </div>
  );
}

function WeightTable({ preview, features, definition }: PreviewProps) {
  const t = useWords();
  const f = useFormats();
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>{t('tiers.axis')}</th>
            <th>{t('tiers.indicator')}</th>
            <th className={styles['number']}>{t('tiers.weightOfWhole')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.weights.map((each) => (
            <tr key={each.feature}>
              <td>{definition.axes.find((axis) => axis.key === each.axis)?.name ?? each.axis}</td>
              <td>{indicatorName(each.feature, features)}</td>
              <td className={styles['number']}>{f.percent(each.weight / 100, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
