import type { TierPreview } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { CustomerLink } from '../../../../ui/customer-link.js';
import list from '../../../../ui/list-table.module.css';
import { Tag } from '../../../../ui/tag.js';
import { TierBadge } from '../../../../ui/tier-badge.js';
import { useWords } from '../words.js';
import styles from './tiers.module.css';

/** Who would move, by name: those worth most, so that one sees at once whether the policy means the right ones. */
export function Movers({ preview: { movers, fromTiers, toTiers } }: { preview: TierPreview }) {
  const t = useWords();
  const f = useFormats();
  const badge = (tiers: TierPreview['toTiers'], tierId: number) => {
    const tier = tiers.find((each) => each.tierId === tierId);
    return tier ? <TierBadge badge={tier.badge} name={tier.name} /> : null;
  };
  return (['up', 'down'] as const)
    .filter((way) => movers[way].length > 0)
    .map((way) => (
      <div key={way} className={list['scroll']}>
        <table className={`${list['table']} ${list['cards']}`} aria-label={t(`tiers.movers.${way}`)}>
          <thead>
            <tr>
              <th scope="col">{t(`tiers.movers.${way}`)}</th>
              <th scope="col">{t('tiers.fromTo')}</th>
              <th scope="col" data-align="end">
                {t('tiers.value')}
              </th>
            </tr>
          </thead>
          <tbody>
            {movers[way].map((each) => (
              <tr key={each.customerId}>
                <td>
                  <CustomerLink to={`/customers/${each.customerId}?tab=tier`}>{each.name}</CustomerLink>
                </td>
                <td data-name={t('tiers.fromTo')}>
                  <span className={styles['change']}>
                    {badge(fromTiers, each.fromTierId)}
                    {'→'}
                    {badge(toTiers, each.toTierId)}
                    {each.needsApproval ? <Tag tone="warn">{t('tiers.status.waiting')}</Tag> : null}
                  </span>
                </td>
                <td data-align="end" data-name={t('tiers.value')}>
                  {f.valueShort(each.clv)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    ));
}
