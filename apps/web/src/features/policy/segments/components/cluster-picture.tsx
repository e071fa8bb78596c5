import type { ClusterRun } from '@kezi/contract';
import { useFormats, type Formats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import list from '../../../../ui/list-table.module.css';
import { useWords } from '../words.js';
import styles from './segments.module.css';

function meanText(f: Formats, unit: string, mean: number | null): string {
  if (mean === null) return '–';
  switch (unit) {
    case 'money':
      return f.valueShort(mean);
    case 'money-minor':
      return f.moneyShort(mean, undefined, { sign: true });
    case 'share':
      return f.percent(mean, 0);
    default:
      return f.decimal(mean, 1);
  }
}

/** Beyond two standard deviations a cell is as dark as it gets. */
const darkest = 2;

/**
 * Clusters against figures: each cell has the mean, and is the darker the farther it lies from the mean of all customers.
 * Above is marked by ▲, below by ▼: colour is never the only sign.
 */
export function ClusterPicture({ run }: { run: ClusterRun }) {
  const t = useWords();
  const f = useFormats();
  return (
    <div className={styles['scroll']}>
      <table className={`${styles['table']} ${list['cards']}`} aria-label={t('segments.picture')}>
        <thead>
          <tr>
            <th scope="col">{t('segments.one')}</th>
            <th scope="col" className={styles['figure']}>
              {t('segments.customers')}
            </th>
            <th scope="col" className={styles['figure']}>
              {t('segments.value')}
            </th>
            {run.features.map(({ feature, name }) => (
              <th key={feature} scope="col" className={styles['figure']}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {run.portraits.map((cluster) => (
            <tr key={cluster.segmentId}>
              <td>
                <AppLink to={`/grading/segments/${cluster.segmentId}`}>{cluster.name}</AppLink>
                <p className={styles['note']}>{cluster.portrait}</p>
              </td>
              <td className={styles['figure']} data-name={t('segments.customers')}>
                {f.count(cluster.customers)}
              </td>
              <td className={styles['figure']} data-name={t('segments.value')}>
                {cluster.clv === null ? '–' : f.valueShort(cluster.clv)}
              </td>
              {cluster.features.map(({ mean, deviation }, i) => {
                const { feature = '', unit = '', name = '' } = run.features[i] ?? {};
                const away = Math.abs(deviation);
                const style = {
                  '--heat': `var(--kz-category-${deviation > 0 ? 0 : 1})`,
                  '--strength': String(Math.min(away / darkest, 1) * 0.4),
                };
                return (
                  <td
                    key={feature}
                    data-name={name}
                    className={`${styles['figure']} ${styles['heat']}`}
                    style={style as object}
                  >
                    {meanText(f, unit, mean)}
                    {away < 0.4 ? '' : deviation > 0 ? ' ▲' : ' ▼'}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
