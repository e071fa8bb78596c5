import type { CustomerGroup, GroupTotals } from '@kezi/contract';
import { useFormats } from '../../../../lib/formats.js';
import { DateText, MoneyText } from '../../../../ui/figure-texts.js';
import { Metric, MetricRow } from '../../../../ui/metric.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';
import styles from './groups.module.css';

/** What a customer and all below it come to, beside the whole group. */
export function GroupTotalsPanel({ group }: { group: CustomerGroup }) {
  const t = useWords();
  const f = useFormats();
  const columns = [
    { name: t('groups.own'), totals: group.totals },
    ...(group.groupTotals ? [{ name: t('groups.whole'), totals: group.groupTotals }] : []),
  ];
  const rows: readonly (readonly [string, (totals: GroupTotals) => React.ReactNode])[] = [
    [t('groups.customers'), (totals) => f.count(totals.customers)],
    [
      t('groups.value'),
      (totals) =>
        totals.clv === null ? (
          '–'
        ) : (
          <>
            <MoneyText minor={f.minorOf(totals.clv)} sign />
            <span className={styles['note']}>{t('groups.valueNote', { count: f.count(totals.valued) })}</span>
          </>
        ),
    ],
    [t('groups.spendYear'), (totals) => <MoneyText minor={totals.spendYearMinor} sign />],
    [t('groups.spend'), (totals) => <MoneyText minor={totals.spendMinor} sign />],
    [t('groups.orders'), (totals) => f.count(totals.orders)],
    [t('groups.lastOrder'), (totals) => <DateText value={totals.lastOrderOn} relative />],
  ];
  // One column of figures far from their names would be hard to read: beside each other, then.
  if (columns.length === 1)
    return (
      <MetricRow>
        {rows.map(([label, show]) => (
          <Metric key={label} label={label} value={show(group.totals)} />
        ))}
      </MetricRow>
    );
  return (
    <Panel title={t('groups.totals')} hint={t('groups.totalsHint')} padding="none">
      <table className={styles['totals']} aria-label={t('groups.totals')}>
        <thead>
          <tr>
            <th scope="col">
              <span className="kz-unseen">{t('groups.totals')}</span>
            </th>
            {columns.map((column) => (
              <th key={column.name} scope="col">
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, show]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {columns.map((column) => (
                <td key={column.name}>{show(column.totals)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
