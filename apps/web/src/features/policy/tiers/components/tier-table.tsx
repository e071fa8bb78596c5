import type { Tier } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { DataBar } from '../../../../ui/data-bar.js';
import list from '../../../../ui/list-table.module.css';
import { TierBadge } from '../../../../ui/tier-badge.js';
import { useWords } from '../words.js';
import styles from './tiers.module.css';

interface TierTableProps {
  tiers: readonly (Pick<Tier, 'tierId'> & {
    customers: number;
    clv: number;
    costMinor: number;
    cutScore?: number | null;
  })[];
  names: readonly Tier[];
  /** Rows lead to the customers: only for the tiers that hold. */
  linked?: boolean;
}

/** Tier by tier: customers, value, share of value and what its entitlements cost. */
export function TierTable({ tiers, names, linked = false }: TierTableProps) {
  const t = useWords();
  const f = useFormats();
  const clv = tiers.reduce((sum, tier) => sum + tier.clv, 0);
  const all = tiers.reduce((sum, tier) => sum + tier.customers, 0);
  const withCuts = tiers.some((tier) => tier.cutScore !== undefined);
  const badge = (tierId: number) => {
    const tier = names.find((each) => each.tierId === tierId);
    return tier ? <TierBadge badge={tier.badge} name={tier.name} /> : null;
  };
  return (
    <div className={styles['scroll']}>
      <table className={`${styles['table']} ${list['cards']}`}>
        <thead>
          <tr>
            <th scope="col">{t('tiers.tier')}</th>
            {withCuts ? <th className={styles['number']}>{t('tiers.cutScore')}</th> : null}
            <th className={styles['number']}>{t('tiers.customers')}</th>
            <th className={styles['number']}>{t('tiers.value')}</th>
            <th className={styles['bar']}>{t('tiers.valueShare')}</th>
            <th className={styles['number']}>{t('tiers.cost')}</th>
          </tr>
        </thead>
        <tbody>
          {tiers.map((tier) => (
            <tr key={tier.tierId}>
              <td>
                {linked ? (
                  <AppLink to={`/customers?tierId=${tier.tierId}`}>{badge(tier.tierId)}</AppLink>
                ) : (
                  badge(tier.tierId)
                )}
              </td>
              {withCuts ? (
                <td className={styles['number']} data-name={t('tiers.cutScore')}>
                  {tier.cutScore === null || tier.cutScore === undefined ? '–' : f.decimal(tier.cutScore, 1)}
                </td>
              ) : null}
              <td
                className={styles['number']}
                data-name={t('tiers.customers')}
                title={f.percent(all > 0 ? tier.customers / all : 0, 1)}
              >
                {linked ? (
                  <AppLink to={`/customers?tierId=${tier.tierId}`}>{f.count(tier.customers)}</AppLink>
                ) : (
                  f.count(tier.customers)
                )}
              </td>
              <td
                className={styles['number']}
                data-name={t('tiers.value')}
                title={f.money(f.minorOf(tier.clv))}
              >
                {f.valueShort(tier.clv)}
              </td>
              <td className={styles['bar']} data-name={t('tiers.valueShare')}>
                <DataBar value={tier.clv} max={clv || 1}>
                  {f.percent(clv > 0 ? tier.clv / clv : 0, 0)}
                </DataBar>
              </td>
              <td className={styles['number']} data-name={t('tiers.cost')}>
                {tier.costMinor > 0 ? f.moneyShort(tier.costMinor, undefined, { sign: true }) : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
