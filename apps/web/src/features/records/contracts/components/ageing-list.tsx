import { ageingBuckets, type ReceivableAgeing } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { MoneyText } from '../../../../ui/figure-texts.js';
import { useWords } from '../words.js';
import styles from './ageing-list.module.css';

/** What is open, a currency at a time: a bar in the order of lateness, the later the stronger, and each part in words. */
export function AgeingList({ items }: { items: ReceivableAgeing['items'] }) {
  const t = useWords();
  const f = useFormats();
  return (
    <ul className={styles['list']}>
      {items.map((item) => (
        <li key={item.currency} className={styles['item']}>
          <p className={styles['open']}>
            <strong className={styles['figure']}>
              <MoneyText minor={item.openMinor} currency={item.currency} sign />
            </strong>
            <span className={styles['faint']}>
              {t('contracts.pieces', { count: f.count(item.receivables) })}
              {' · '}
              {item.currency}
            </span>
          </p>
          <div className={styles['bar']} aria-hidden="true">
            {ageingBuckets.map((bucket) => (
              <span
                key={bucket}
                data-bucket={bucket}
                style={{ flexGrow: Math.max(item.buckets[bucket], 0) }}
              />
            ))}
          </div>
          <dl className={styles['buckets']}>
            {ageingBuckets.map((bucket) => (
              <div key={bucket}>
                <dt>
                  <span className={styles['swatch']} data-bucket={bucket} aria-hidden="true" />
                  {t(`contracts.bucket.${bucket}`)}
                </dt>
                <dd data-late={bucket !== 'notDue' && item.buckets[bucket] > 0}>
                  <MoneyText minor={item.buckets[bucket]} currency={item.currency} sign />
                  <span className={styles['faint']}>
                    {f.percent(item.buckets[bucket] / item.openMinor, 0)}
                  </span>
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
