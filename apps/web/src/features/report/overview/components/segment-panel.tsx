import type { Overview } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { AppLink } from '../../../../lib/navigate.js';
import { DataBar } from '../../../../ui/data-bar.js';
import { Panel } from '../../../../ui/panel.js';
import { SegmentBadge } from '../../../../ui/segment-badge.js';
import { useWords } from '../words.js';
import styles from './segment-panel.module.css';

/** A smaller share would be rounded to nothing, though something is there. */
const leastShown = 0.005;

/** The eight RFM groups: how many customers, how much value; a row opens its customers. */
export function SegmentPanel({ data }: { data: Overview }) {
  const t = useWords();
  const f = useFormats();
  const total = data.bySegment.reduce((sum, segment) => sum + segment.clv, 0) || 1;
  const max = Math.max(...data.bySegment.map((segment) => segment.clv), 0);
  return (
    <Panel title={t('overview.segments')} hint={t('overview.segmentsHint')} padding="none">
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('overview.segment')}</th>
            <th scope="col" className={styles['number']}>
              {t('overview.customers')}
            </th>
            <th scope="col" className={styles['number']}>
              {t('overview.clv', { currency: data.currency })}
            </th>
            <th scope="col" className={styles['bar']}>
              {t('overview.share')}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.bySegment.map(({ segment, customers, clv }) => (
            <tr key={segment}>
              <td>
                <AppLink to={`/customers?segment=${segment}`}>
                  <SegmentBadge segment={segment} />
                </AppLink>
              </td>
              <td className={styles['number']}>{f.count(customers)}</td>
              <td className={styles['number']} title={f.money(f.minorOf(clv, data.currency), data.currency)}>
                {f.moneyShort(f.minorOf(clv, data.currency), data.currency)}
              </td>
              <td className={styles['bar']}>
                <span className={styles['share']}>
                  <DataBar value={clv} max={max} />
                  {clv > 0 && clv / total < leastShown ? `<${f.percent(0.01, 0)}` : f.percent(clv / total, 0)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
