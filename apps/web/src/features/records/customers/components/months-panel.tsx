import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { Panel } from '../../../../ui/panel.js';
import { QueryView } from '../../../../ui/query-view.js';
import { SkeletonChart } from '../../../../ui/skeleton.js';
import { rhythmQuery } from '../api/show-customer.js';
import { monthsOf, type Month } from '../rhythm-window.js';
import { useWords } from '../words.js';
import { useToday } from '../../../../ui/use-today.js';

/** Three years: long enough to see seasons twice, short enough to read a month. */
const mostMonths = 36;
const height = 200;

/** What the customer ordered month by month. */
export function MonthsPanel({ customerId }: { customerId: number }) {
  const t = useWords();
  const today = useToday();
  const query = useQuery(rhythmQuery(customerId));
  return (
    <QueryView
      query={query}
      skeleton={<SkeletonChart height={height} />}
      empty={(data) => data.days.length === 0}
    >
      {({ days, asOf, currency }) => (
        <Panel title={t('customers.byMonth')} hint={t('customers.byMonthHint', { currency })}>
          <MonthsChart months={monthsOf(days, asOf ?? today, mostMonths)} currency={currency} />
        </Panel>
      )}
    </QueryView>
  );
}

function MonthsChart({ months: given, currency }: { months: Month[]; currency: string }) {
  const t = useWords();
  const f = useFormats();
  const text = JSON.stringify(given);
  const months = useMemo(() => JSON.parse(text) as Month[], [text]);
  const option = useCallback(
    (k: ChartKit) => ({
      grid: { left: 4, right: 4, top: 12, bottom: 4, containLabel: true },
      tooltip: {
        trigger: 'axis',
        formatter: (marks: { dataIndex: number }[]) => {
          const month = months[marks[0]?.dataIndex ?? -1];
          if (month === undefined) return '';
          const days = t('customers.orderDays', { count: month.orderDays });
          return `${f.month(month.month)}<br>${f.money(month.amountMinor, currency)} · ${days}`;
        },
      },
      xAxis: {
        type: 'category',
        data: months.map((month) => month.month),
        axisLabel: { hideOverlap: true, alignMaxLabel: 'right' },
      },
      yAxis: {
        type: 'value',
        splitNumber: 3,
        // Below a whole unit of the currency the labels repeat.
        minInterval: f.minorOf(1, currency),
        axisLabel: { formatter: (minor: number) => f.moneyShort(minor, currency) },
      },
      series: [
        {
          type: 'bar',
          barCategoryGap: '24%',
          data: months.map(({ amountMinor }) => ({
            value: amountMinor,
            itemStyle: { color: amountMinor < 0 ? k.risk(0.7) : k.value(0.6) },
          })),
        },
      ],
    }),
    [months, f, t, currency],
  );
  return (
    <Chart
      label={t('customers.byMonth')}
      describe={t('customers.byMonthHint', { currency })}
      height={height}
      file="orders-by-month"
      option={option}
      table={{
        columns: [
          { id: 'month', label: t('customers.month') },
          { id: 'days', label: t('customers.daysWithOrders'), align: 'end' },
          { id: 'amount', label: t('customers.amount', { currency }), align: 'end' },
        ],
        rows: months.map((month) => [
          f.month(month.month),
          month.orderDays,
          f.money(month.amountMinor, currency),
        ]),
      }}
    />
  );
}
