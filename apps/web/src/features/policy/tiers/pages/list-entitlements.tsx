import type { Entitlement, Tier } from '@kezi/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { useCan } from '../../../../lib/session.js';
import { DataBar } from '../../../../ui/data-bar.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Page } from '../../../../ui/page.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonGrid } from '../../../../ui/skeleton.js';
import { capacityOf, entitlementsQuery } from '../api/entitlements.js';
import { setsQuery } from '../api/tiers.js';
import { EntitlementDialog } from '../components/entitlement-dialog.js';
import styles from '../components/tiers.module.css';
import { useWords } from '../words.js';

/** What each tier may claim, what that costs a year, what of it was used, and whether the people are there to keep it. */
export default function ListEntitlements() {
  const t = useWords();
  const query = useQuery(entitlementsQuery);
  const sets = useQuery(setsQuery).data?.items ?? [];
  const mayWrite = useCan('entitlements:write');
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
        <CapacityPanel />
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

function Catalogue({ items, tiers, onEdit }: CatalogueProps) {
  const t = useWords();
  const f = useFormats();
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th>{t('tiers.entitlement')}</th>
            {tiers.map((tier) => (
              <th key={tier.tierId} className={styles['number']}>
                {tier.name}
              </th>
            ))}
            <th className={styles['number']}>{t('tiers.promisedUsed')}</th>
            <th className={styles['number']}>{t('tiers.breached')}</th>
            <th className={styles['number']}>{t('tiers.costYear')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <tr key={item.entitlementId}>
              <td>
                {onEdit ? (
                  <Button type="link" size="small" onClick={() => onEdit(item)}>
                    {item.name}
                  </Button>
                ) : (
                  item.name
                )}
                <span className={styles['note']}>{` ${t(`tiers.kindOf.${item.kind}`)}`}</span>
              </td>
              {tiers.map((tier) => {
                const promise = item.promises.find((each) => each.tierId === tier.tierId);
                return (
                  <td key={tier.tierId} className={styles['number']}>
                    {promise
                      ? t(`tiers.unitOf.${item.kind}`, { quantity: f.decimal(promise.quantity, 0) })
                      : '–'}
                  </td>
                );
              })}
              <td className={styles['number']}>
                {item.promised > 0 ? `${f.count(item.promised)} / ${f.count(item.used)}` : '–'}
              </td>
              <td className={styles['number']}>{f.count(item.breached)}</td>
              <td className={styles['number']}>{f.moneyShort(item.costMinor)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const usualHours = 1600;

function CapacityPanel() {
  const t = useWords();
  const f = useFormats();
  const [hours, setHours] = useState(usualHours);
  const query = useQuery(capacityOf(hours));
  const items = query.data?.items ?? [];
  if (!items.some((item) => item.promisedHours > 0 || item.customerLimit !== null)) return null;
  const most = Math.max(hours, ...items.map((item) => item.promisedHours));
  return (
    <Panel
      title={t('tiers.capacity')}
      hint={t('tiers.capacityHint')}
      padding="none"
      extra={
        <InputNumber
          aria-label={t('tiers.hoursEach')}
          min={1}
          max={8760}
          value={hours}
          suffix={t('tiers.hoursUnit')}
          onChange={(value) => setHours(value ?? usualHours)}
        />
      }
    >
      <div className={styles['scroll']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th>{t('tiers.manager')}</th>
              <th className={styles['number']}>{t('tiers.customers')}</th>
              <th className={styles['bar']}>{t('tiers.promisedHours')}</th>
              <th>{t('tiers.load')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => {
              const isOver = item.promisedHours > hours;
              const isTooMany = item.customerLimit !== null && item.customers > item.customerLimit;
              return (
                <tr key={item.ownerId ?? 0}>
                  <td>{item.ownerName ?? t('tiers.nobody')}</td>
                  <td className={styles['number']}>
                    {f.count(item.customers)}
                    {item.customerLimit === null ? '' : ` / ${f.count(item.customerLimit)}`}
                  </td>
                  <td className={styles['bar']}>
                    <DataBar value={item.promisedHours} max={most} tone={isOver ? 'risk' : 'value'}>
                      {f.decimal(item.promisedHours, 0)}
                    </DataBar>
                  </td>
                  <td>
                    {item.ownerId === null
                      ? ''
                      : t(isOver || isTooMany ? 'tiers.overloaded' : 'tiers.fits', {
                          share: f.percent(item.promisedHours / hours, 0),
                        })}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
