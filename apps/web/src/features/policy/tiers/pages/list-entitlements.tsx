import type { Entitlement, Tier } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import list from '../../../../ui/list-table.module.css';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { entitlementsQuery } from '../api/entitlements.js';
import { setsQuery } from '../api/tiers.js';
import { CapacityPanel } from '../components/capacity-panel.js';
import { ClocksPanel } from '../components/clocks-panel.js';
import { EntitlementDialog } from '../components/entitlement-dialog.js';
import styles from '../components/tiers.module.css';
import { WorkCalendarPanel } from '../components/work-calendar-panel.js';
import { useMay } from '../use-may.js';
import { usePromised } from '../use-promised.js';
import { useWords } from '../words.js';

/** What each tier may claim, what that costs a year, what of it was used, and whether the people are there to keep it. */
export default function ListEntitlements() {
  const t = useWords();
  const query = useQuery(entitlementsQuery);
  const sets = useQuery(setsQuery).data?.items ?? [];
  const mayWrite = useMay('entitlements:write');
  const [edited, setEdited] = useState<Entitlement | 'new' | null>(null);
  const set = sets.find((each) => each.tierSetId === query.data?.tierSetId) ?? sets[0];
  const tiers = set?.tiers ?? [];
  return (
    <Page
      title={t('tiers.entitlements')}
      subtitle={t('tiers.entitlementsHint')}
      actions={
        mayWrite && tiers.length > 0 ? (
          <Button type="primary" onClick={() => setEdited('new')}>
            {t('tiers.newEntitlement')}
          </Button>
        ) : undefined
      }
    >
      <div className={styles['stack']}>
        <Panel padding="none">
          <QueryView
            query={query}
            skeleton={<SkeletonGrid rows={5} columns={5} />}
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
        <ClocksPanel />
        <CapacityPanel mayWrite={mayWrite} />
        <WorkCalendarPanel mayWrite={mayWrite} />
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
