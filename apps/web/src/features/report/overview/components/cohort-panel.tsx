import type { Overview } from '@kezi/contract';
import { useCallback } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { leavesNobody } from '../../../../lib/leaves-nobody.js';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';

/** Value by the quarter of the first order, with the share of each cohort that is still alive where the model tells it. */
export function CohortPanel({ data }: { data: Overview }) {
  const t = useWords();
  const f = useFormats();
  const { byCohort, currency } = data;
  const telling = !leavesNobody(data.run?.modelName ?? '');
  const hint = t(telling ? 'overview.cohortsHint' : 'overview.cohortsWorth');
  const option = useCallback(
    (k: ChartKit) => ({
      grid: { left: 8, right: 8, top: telling ? 36 : 12, bottom: 4, containLabel: true },
      legend: {
        show: telling,
        top: 0,
        right: 0,
        data: [t('overview.value'), t('overview.stillAlive')],
      },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: byCohort.map((each) => each.cohort) },
      yAxis: [
        {
          type: 'value',
          axisLabel: { formatter: (value: number) => k.axisMoney(f.minorOf(value, currency)) },
        },
        {
          type: 'value',
          show: telling,
          min: 0,
          max: 1,
          splitLine: { show: false },
          axisLabel: { formatter: (share: number) => f.percent(share, 0) },
        },
      ],
      series: [
        {
          name: t('overview.value'),
          type: 'bar',
          itemStyle: { color: k.value(0.6) },
          tooltip: {
            valueFormatter: (value: unknown) => f.moneyShort(f.minorOf(Number(value), currency), currency),
          },
          data: byCohort.map((each) => each.clv),
        },
        {
          name: t('overview.stillAlive'),
          type: 'line',
          yAxisIndex: 1,
          symbolSize: 6,
          lineStyle: { color: k.risk(0.7), width: 2 },
          itemStyle: { color: k.risk(0.7) },
          tooltip: { valueFormatter: (share: unknown) => f.percent(Number(share), 0) },
          data: telling ? byCohort.map((each) => each.active / each.customers) : [],
        },
      ],
    }),
    [byCohort, currency, telling, f, t],
  );
  return (
    <Panel title={t('overview.cohorts')} hint={hint}>
      <Chart
        label={t('overview.cohorts')}
        describe={hint}
        height={260}
        file="cohorts"
        option={option}
        table={{
          columns: [
            { id: 'cohort', label: t('overview.cohort') },
            { id: 'customers', label: t('overview.customers'), align: 'end' },
            ...(telling ? [{ id: 'alive', label: t('overview.stillAlive'), align: 'end' } as const] : []),
            { id: 'clv', label: t('overview.clv', { currency }), align: 'end' },
          ],
          rows: byCohort.map((each) => [
            each.cohort,
            each.customers,
            ...(telling ? [f.percent(each.active / each.customers, 0)] : []),
            Math.round(each.clv),
          ]),
        }}
      />
    </Panel>
  );
}
