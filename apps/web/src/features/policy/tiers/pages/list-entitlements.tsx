import type { Entitlement, Tier } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import type { PrefetchInput } from '../../../../lib/feature.js';
import { useFormats } from '../../../../lib/formats.js';
import { useSearch } from '../../../../lib/navigate.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import list from '../../../../ui/list-table.module.css';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SegmentSelect } from '../../../../ui/segment-select.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { calendarQuery, clocksQuery } from '../api/clocks.js';
import { capacityOf, entitlementsQuery } from '../api/entitlements.js';
import { setsQuery } from '../api/tiers.js';
import { CapacityPanel, usualHours } from '../components/capacity-panel.js';
import { ClocksPanel } from '../components/clocks-panel.js';
import { EntitlementDialog } from '../components/entitlement-dialog.js';
import styles from '../components/tiers.module.css';
import { WorkCalendarPanel } from '../components/work-calendar-panel.js';
import { useMay } from '../use-may.js';
import { usePromised } from '../use-promised.js';
import { useWords } from '../words.js';

const search = z.object({ segmentId: z.coerce.number().int().positive().optional().catch(undefined) });

/** Fills the screen: what comes below it moves nothing that is seen. */
const waiting = <SkeletonGrid rows={24} columns={5} />;

export function prefetch({ client, search: given }: PrefetchInput) {
  const { segmentId } = search.parse(given);
  return Promise.all([
    client.prefetchQuery(entitlementsQuery(segmentId)),
    client.prefetchQuery(setsQuery),
    client.prefetchQuery(clocksQuery('running', segmentId)),
    client.prefetchQuery(capacityOf(usualHours, segmentId)),
    client.prefetchQuery(calendarQuery),
  ]);
}

/** How many parts are there to be shown, from the top: a part that came before the one above it would be pushed down. */
function usePartsReady(segmentId: number | undefined): number {
  const parts = [
    useQuery(entitlementsQuery(segmentId)),
    useQuery(clocksQuery('running', segmentId)),
    useQuery(capacityOf(usualHours, segmentId)),
  ];
  const next = parts.findIndex(({ isPending }) => isPending);
  return next === -1 ? parts.length : next;
}

/** What each tier may claim, what that costs a year, what of it was used, and whether the people are there to keep it. */
export default function ListEntitlements() {
  const t = useWords();
  const [{ segmentId }, setSearch] = useSearch(search);
  const query = useQuery(entitlementsQuery(segmentId));
  const ready = usePartsReady(segmentId);
  const known = useQuery(setsQuery);
  const sets = known.data?.items ?? [];
  const mayWrite = useMay('entitlements:write');
  const [edited, setEdited] = useState<Entitlement | 'new' | null>(null);
  const set = sets.find((each) => each.tierSetId === query.data?.tierSetId) ?? sets[0];
  const tiers = set?.tiers ?? [];
  return (
    <Page
      title={t('tiers.entitlements')}
      subtitle={t('tiers.entitlementsHint')}
      actions={
        <>
          <SegmentSelect
            value={segmentId}
            onChange={(value) => setSearch({ segmentId: value }, { replace: true })}
          />
          {mayWrite && (known.isPending || tiers.length > 0) ? (
            <Button type="primary" disabled={known.isPending} onClick={() => setEdited('new')}>
              {t('tiers.newEntitlement')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className={styles['stack']}>
        <Panel padding="none">
          <QueryView
            query={query}
            skeleton={waiting}
            empty={({ items }) => items.length === 0}
            emptyView={
              <EmptyState
                picture="done"
                title={t('tiers.noEntitlements')}
                text={t(tiers.length > 0 ? 'tiers.noEntitlementsText' : 'tiers.noTiersYet')}
              />
            }
          >
            {({ items }) => <Catalogue {...{ items, tiers }} {...(mayWrite ? { onEdit: setEdited } : {})} />}
          </QueryView>
        </Panel>
        {ready > 0 ? <ClocksPanel segmentId={segmentId} /> : null}
        {ready > 1 ? <CapacityPanel segmentId={segmentId} mayWrite={mayWrite} /> : null}
        {ready > 2 ? <WorkCalendarPanel mayWrite={mayWrite} /> : null}
      </div>
      {edited === null ? null : (
        <EntitlementDialog
          key={edited === 'new' ? 'new' : edited.entitlementId}
          entitlement={edited === 'new' ? null : edited}
          tiers={tiers}
          onClose={() => setEdited(null)}
        />
      )}
    </Page>
  );
}

interface CatalogueProps {
  items: readonly Entitlement[];
  tiers: readonly Tier[];
  onEdit?: (entitlement: Entitlement) => void;
}

const figures = ['promisedUsed', 'breached', 'costYear'] as const;

function Catalogue({ items, tiers, onEdit }: CatalogueProps) {
  const t = useWords();
  const promised = usePromised();
  const f = useFormats();
  return (
    <div className={list['scroll']}>
      <table className={`${list['table']} ${list['cards']}`} aria-label={t('tiers.entitlements')}>
        <thead>
          <tr>
            <th scope="col">{t('tiers.entitlement')}</th>
            {[...tiers.map(({ name }) => name), ...figures.map((figure) => t(`tiers.${figure}`))].map(
              (name) => (
                <th key={name} scope="col" data-align="end">
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.entitlementId}>
              <td>
                {onEdit ? (
                  <button type="button" className={styles['name']} onClick={() => onEdit(item)}>
                    {item.name}
                  </button>
                ) : (
                  item.name
                )}
                <span className={list['faint']}>{t(`tiers.kindOf.${item.kind}`)}</span>
              </td>
              {tiers.map((tier) => {
                const promise = item.promises.find((each) => each.tierId === tier.tierId);
                return (
                  <td key={tier.tierId} data-align="end" data-name={tier.name}>
                    {promise ? promised(item.kind, promise.quantity) : '–'}
                  </td>
                );
              })}
              <td data-align="end" data-name={t('tiers.promisedUsed')}>
                {item.promised + item.used > 0
                  ? `${item.promised > 0 ? f.count(item.promised) : '–'} / ${f.count(item.used)}`
                  : '–'}
              </td>
              <td data-align="end" data-name={t('tiers.breached')}>
                {f.count(item.breached)}
              </td>
              <td data-align="end" data-name={t('tiers.costYear')}>
                {f.moneyShort(item.costMinor, undefined, { sign: true })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
