import type { QualityOverview } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { useWords } from '../words.js';
import styles from './quality.module.css';

/** Completeness and freshness by owner, the stalest first. */
export function OwnerTable({ owners }: Pick<QualityOverview, 'owners'>) {
  const t = useWords();
  const f = useFormats();
  const heads = ['owner', 'customers', 'completeness', 'freshness', 'stale'] as const;
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {t(`quality.${head}`)}
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
              <td>{f.count(owner.customers)}</td>
              <td>{f.percent(owner.completeness / 100, 0)}</td>
              <td>{f.percent(owner.freshness / 100, 0)}</td>
              <td>{f.count(owner.stale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
