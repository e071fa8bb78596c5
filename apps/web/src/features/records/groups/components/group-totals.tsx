import type { CustomerGroup, GroupTotals } from '@kezi/contract';
import type { ReactNode } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { DateText, MoneyText } from '../../../../ui/figure-texts.js';
import { Metric, MetricRow } from '../../../../ui/metric.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';
import styles from './groups.module.css';

interface Row {
  label: string;
  show: (totals: GroupTotals) => ReactNode;
  /** What the figure rests on. */
  note?: (totals: GroupTotals) => string | undefined;
}

const textOf = (text: string | undefined) => (text === undefined ? {} : { intervalText: text });

/** What a customer and all below it come to, beside the whole group. */
export function GroupTotalsPanel({ group }: { group: CustomerGroup }) {
  const t = useWords();
  const f = useFormats();
  const columns = [
    { name: t('groups.own'), totals: group.totals },
    ...(group.groupTotals ? [{ name: t('groups.whole'), totals: group.groupTotals }] : []),
  ];
  const valued = (totals: GroupTotals) => t('groups.valueNote', { count: f.count(totals.valued) });
  const rows: readonly Row[] = [
    { label: t('groups.customers'), show: (totals) => f.count(totals.customers) },
    {
      label: t('groups.value'),
      show: (totals) => (totals.clv === null ? '–' : <MoneyText minor={f.minorOf(totals.clv)} sign />),
      note: (totals) => (totals.clv === null ? undefined : valued(totals)),
    },
    { label: t('groups.spendYear'), show: (totals) => <MoneyText minor={totals.spendYearMinor} sign /> },
    { label: t('groups.spend'), show: (totals) => <MoneyText minor={totals.spendMinor} sign /> },
    { label: t('groups.orders'), show: (totals) => f.count(totals.orders) },
    { label: t('groups.lastOrder'), show: (totals) => <DateText value={totals.lastOrderOn} relative /> },
  ];
  // One column of figures far from their names would be hard to read: beside each other, then.
  if (columns.length === 1)
    return (
      <MetricRow>
        {rows.map(({ label, show, note }) => (
          <Metric key={label} label={label} value={show(group.totals)} {...textOf(note?.(group.totals))} />
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
          {rows.map(({ label, show, note }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {columns.map((column) => (
                <td key={column.name}>
                  {show(column.totals)}
                  {note === undefined ? null : <span className={styles['note']}>{note(column.totals)}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
