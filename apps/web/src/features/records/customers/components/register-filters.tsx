import { lifecycleStages, rfmSegments } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { ownersQuery } from '../../../../lib/owners.js';
import { useWithChosen } from '../../../../lib/person-names.js';
import { useCan } from '../../../../lib/session.js';
import { segmentsQuery } from '../../../../lib/segments.js';
import { FilterBar } from '../../../../ui/filter-bar.js';
import type { Filter } from '../../../../ui/filter.js';
import { isSet } from '../../../../ui/filter.js';
import { Icon } from '../../../../ui/icon.js';
import { SegmentBadge } from '../../../../ui/segment-badge.js';
import { StageTag } from '../../../../ui/stage-tag.js';
import { tiersOfTodayQuery } from '../../../../lib/tiers.js';
import { percentOfShare, shareOfPercent } from '../../../../lib/typed-percent.js';
import { TierBadge } from '../../../../ui/tier-badge.js';
import { useNarrow } from '../../../../ui/use-narrow.js';
import { facetsQuery } from '../../../../lib/customer-facets.js';
import { noFilter, type CustomersSearch } from '../customers-search.js';
import { useWords } from '../words.js';
import { lastOrderSpans } from './last-order-spans.js';
import { useProfileFilters } from './use-profile-filters.js';
import { useToday } from '../../../../ui/use-today.js';

interface RegisterFiltersProps {
  search: CustomersSearch;
  onSearch: (change: Partial<CustomersSearch>, options?: { replace?: boolean }) => void;
}

/** The unit in which amounts are typed: 万 for Chinese readers, thousands for others. */
const amountUnit = { 'zh-CN': { size: 10_000, sign: '万' }, 'en-US': { size: 1000, sign: 'k' } };

const percentOf = (share: number | undefined) => (share === undefined ? undefined : percentOfShare(share));
const shareOf = (percent: number | undefined) =>
  percent === undefined ? undefined : Math.min(Math.max(shareOfPercent(percent), 0), 1);

function useChoiceFilters({ search, onSearch }: RegisterFiltersProps): Filter[] {
  const t = useWords();
  const facets = useQuery(facetsQuery).data;
  const owners = useWithChosen(useQuery(ownersQuery).data, search.ownerId);
  const tiers = useQuery(tiersOfTodayQuery).data?.tiers ?? [];
  const segments = useQuery(segmentsQuery).data?.items ?? [];
  const options = (values: readonly string[] = []) => values.map((value) => ({ value, label: value }));
  return [
    {
      id: 'segment',
      label: t('customers.segment'),
      kind: 'choices',
      options: rfmSegments.map((value) => ({ value, label: <SegmentBadge segment={value} /> })),
      value: search.segment,
      onChange: (segment) => onSearch({ segment: segment as CustomersSearch['segment'] }),
    },
    {
      id: 'tier',
      label: t('customers.tier'),
      kind: 'choices',
      options: tiers.map(({ tierId, badge, name }) => ({
        value: String(tierId),
        label: <TierBadge badge={badge} name={name} />,
      })),
      value: search.tierId.map(String),
      onChange: (ids) => onSearch({ tierId: ids.map(Number) }),
    },
    {
      id: 'stage',
      label: t('customers.stage'),
      kind: 'choices',
      options: lifecycleStages.map((value) => ({ value, label: <StageTag stage={value} /> })),
      value: search.stage,
      onChange: (stage) => onSearch({ stage: stage as CustomersSearch['stage'] }),
    },
    {
      id: 'segments',
      label: t('customers.segments'),
      kind: 'choices',
      options: segments
        .filter(({ isUsable }) => isUsable)
        .map(({ segmentId, name }) => ({ value: String(segmentId), label: name })),
      value: search.segmentId.map(String),
      onChange: (ids) => onSearch({ segmentId: ids.map(Number) }),
    },
    {
      id: 'industry',
      label: t('customers.industry'),
      kind: 'choices',
      options: options(facets?.industries),
      value: search.industry,
      onChange: (industry) => onSearch({ industry }),
    },
    {
      id: 'region',
      label: t('customers.region'),
      kind: 'choices',
      options: options(facets?.regions),
      value: search.region,
      onChange: (region) => onSearch({ region }),
    },
    {
      id: 'owner',
      label: t('customers.owner'),
      kind: 'choices',
      options: owners.map((owner) => ({ value: String(owner.id), label: owner.name })),
      value: search.ownerId.map(String),
      onChange: (ids) => onSearch({ ownerId: ids.map(Number) }),
    },
  ];
}

function useRangeFilters({ search, onSearch }: RegisterFiltersProps): Filter[] {
  const t = useWords();
  const f = useFormats();
  const today = useToday();
  const { size, sign } = amountUnit[f.language];
  const seesValue = useCan('overview:read');
  const shown = (amount: number | undefined) => (amount === undefined ? undefined : amount / size);
  const meant = (typed: number | undefined) => (typed === undefined ? undefined : typed * size);
  const byValue: Filter = {
    id: 'clv',
    label: t('customers.value'),
    kind: 'range',
    suffix: ` ${sign}`,
    value: { min: shown(search.clvMin), max: shown(search.clvMax) },
    onChange: ({ min, max }) => onSearch({ clvMin: meant(min), clvMax: meant(max) }, { replace: true }),
  };
  return [
    ...(seesValue ? [byValue] : []),
    {
      id: 'alive',
      label: t('customers.alive'),
      kind: 'range',
      suffix: '%',
      value: { min: percentOf(search.pAliveMin), max: percentOf(search.pAliveMax) },
      onChange: ({ min, max }) =>
        onSearch({ pAliveMin: shareOf(min), pAliveMax: shareOf(max) }, { replace: true }),
    },
    {
      id: 'lastOrder',
      label: t('customers.lastOrder'),
      kind: 'dates',
      value: { from: search.lastOrderFrom, to: search.lastOrderTo },
      presets: lastOrderSpans(today).map(({ id, from, to }) => ({
        label: t(`customers.span.${id}`),
        from,
        to,
      })),
      onChange: ({ from, to }) => onSearch({ lastOrderFrom: from, lastOrderTo: to }),
    },
  ];
}

/** What narrows the register. On a phone the filters wait behind one button. */
export function RegisterFilters({ search, onSearch }: RegisterFiltersProps) {
  const t = useWords();
  const narrow = useNarrow();
  const [unfolded, setUnfolded] = useState(false);
  const [wide, setWide] = useState(false);
  // What one seldom narrows by waits behind 'more', so that the usual ones stand in one row.
  const usual = (filter: Filter) => wide || filter.id !== 'alive' || isSet(filter);
  const filters = [
    ...useChoiceFilters({ search, onSearch }),
    ...useRangeFilters({ search, onSearch }).filter(usual),
    ...useProfileFilters({ search, onSearch, unfolded: wide }),
  ];
  const find = useCallback((q: string) => onSearch({ q }, { replace: true }), [onSearch]);
  return (
    <FilterBar
      search={{ value: search.q ?? '', onChange: find, placeholder: t('customers.find') }}
      filters={narrow && !unfolded ? [] : filters}
      onClear={() => onSearch({ ...noFilter, view: undefined })}
      extra={
        <>
          {narrow ? (
            <Unfold isOpen={unfolded} onToggle={() => setUnfolded(!unfolded)}>
              {t('customers.filters')}
            </Unfold>
          ) : null}
          {narrow && !unfolded ? null : (
            <Unfold isOpen={wide} onToggle={() => setWide(!wide)}>
              {t(wide ? 'customers.fewerFilters' : 'customers.moreFilters')}
            </Unfold>
          )}
        </>
      }
    />
  );
}

function Unfold({ isOpen, onToggle, children }: { isOpen: boolean; onToggle: () => void; children: string }) {
  return (
    <Button
      type="text"
      size="small"
      aria-expanded={isOpen}
      icon={<Icon name={isOpen ? 'up' : 'down'} size={16} />}
      onClick={onToggle}
    >
      {children}
    </Button>
  );
}
