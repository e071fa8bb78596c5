import type { QualityOverview } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { DataBar } from '../../../../ui/data-bar.js';
import list from '../../../../ui/list-table.module.css';
import type { worstWays } from '../quality-search.js';
import { useWords } from '../words.js';

const figures = ['customers', 'completeness', 'freshness', 'stale'] as const;

type Owner = QualityOverview['owners'][number];

/** Completeness and freshness by owner, the stalest first. */
export function OwnerTable({ owners }: Pick<QualityOverview, 'owners'>) {
  const t = useWords();
  const f = useFormats();
  const door = (owner: Owner, by: (typeof worstWays)[number], figure: string) =>
    owner.ownerId === null ? (
      figure
    ) : (
      <AppLink to={`/quality?owner=${owner.ownerId}&by=${by}`}>{figure}</AppLink>
    );
  const percent = (owner: Owner, by: (typeof worstWays)[number]) => (
    <DataBar value={owner[by]} max={100}>
      {door(owner, by, f.percent(owner[by] / 100, 0))}
    </DataBar>
  );
  return (
    <div className={list['scroll']}>
      <table className={`${list['table']} ${list['cards']}`} aria-label={t('quality.owners')}>
        <thead>
          <tr>
            <th scope="col">{t('quality.owner')}</th>
            {figures.map((figure) => (
              <th key={figure} scope="col" data-align="end">
                {t(`quality.${figure}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {owners.map((owner) => (
            <tr key={owner.ownerId ?? 0}>
              <td>
                {owner.ownerId === null ? (
                  t('quality.nobody')
                ) : (
                  <AppLink to={`/customers?ownerId=${owner.ownerId}`}>{owner.ownerName ?? '—'}</AppLink>
                )}
              </td>
              <td data-align="end" data-name={t('quality.customers')}>
                {f.count(owner.customers)}
              </td>
              <td data-align="end" data-name={t('quality.completeness')}>
                {percent(owner, 'completeness')}
              </td>
              <td data-align="end" data-name={t('quality.freshness')}>
                {percent(owner, 'freshness')}
              </td>
              <td data-align="end" data-name={t('quality.stale')} data-late={owner.stale > 0}>
                {owner.stale === 0 ? '0' : door(owner, 'freshness', f.count(owner.stale))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
