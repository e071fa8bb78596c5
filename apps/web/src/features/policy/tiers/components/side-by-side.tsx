import type { TierPreview } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import list from '../../../../ui/list-table.module.css';
import { TierBadge } from '../../../../ui/tier-badge.js';
import { useWords } from '../words.js';
import styles from './tiers.module.css';

type Share = TierPreview['against'][number];

/** Two policies, or a policy and today, tier by tier: customers, share of value, and what the entitlements would cost. */
export function SideBySide({ preview, other }: { preview: TierPreview; other: string }) {
  const t = useWords();
  const f = useFormats();
  const { against, tiers, fromTiers, toTiers } = preview;
  if (against.length === 0) return null;
  const sides = [
    { id: 'other', word: other, shares: against },
    { id: 'this', word: t('tiers.sideThis'), shares: tiers },
  ];
  const figures = [
    { word: t('tiers.customers'), of: (share: Share) => share.customers, text: f.count },
    {
      word: t('tiers.valueShare'),
      of: (share: Share) => (preview.clv > 0 ? share.clv / preview.clv : 0),
      text: (part: number) => f.percent(part, 1),
    },
    {
      word: t('tiers.cost'),
      of: (share: Share) => share.costMinor,
      text: (minor: number) => (minor > 0 ? f.moneyShort(minor, undefined, { sign: true }) : '–'),
    },
  ];
  const cells = figures.flatMap((figure) =>
    sides.map((side) => ({
      key: `${figure.word} ${side.id}`,
      name: `${figure.word} · ${side.word}`,
      figure,
      side,
    })),
  );
  const places = Array.from({ length: Math.max(against.length, tiers.length) }, (_, place) => place);
  return (
    <div className={styles['scroll']}>
      <table className={`${styles['table']} ${list['cards']}`} aria-label={t('tiers.sides')}>
        <thead>
          <tr>
            <th rowSpan={2}>{t('tiers.tier')}</th>
            {figures.map(({ word }) => (
              <th key={word} colSpan={2} className={styles['number']}>
                {word}
              </th>
            ))}
          </tr>
          <tr>
            {cells.map(({ key, side }) => (
              <th key={key} className={styles['number']}>
                {side.word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <tr key={place}>
              <td>
                <div className={styles['row']}>
                  {[
                    ...new Map(
                      [fromTiers[place], toTiers[place]].map((tier) => [tier?.tierId, tier]),
                    ).values(),
                  ].map((tier) =>
                    tier ? <TierBadge key={tier.tierId} badge={tier.badge} name={tier.name} /> : null,
                  )}
                </div>
              </td>
              {cells.map(({ key, name, figure, side }) => {
                const share = side.shares[place];
                return (
                  <td key={key} className={styles['number']} data-name={name}>
                    {share ? figure.text(figure.of(share)) : '–'}
                  </td>
                );
              })}
            </tr>
          ))}
          <tr>
            <td>{t('tiers.sideTotal')}</td>
            {cells.map(({ key, name, figure, side }) => (
              <td key={key} className={styles['number']} data-name={name}>
                {figure.text(side.shares.reduce((sum, share) => sum + figure.of(share), 0))}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}
