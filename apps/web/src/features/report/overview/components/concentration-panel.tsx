import type { Overview } from '@kezi/contract';
import { useCallback } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';

/** Lorenz curve, best customers first: how much of the value lies with how few. */
export function ConcentrationPanel({ data }: { data: Overview }) {
  const t = useWords();
  const f = useFormats();
  const { lorenz, topTenPercentShare } = data.concentration;
  const option = useCallback(
    (k: ChartKit) => ({
      grid: { left: 8, right: 16, top: 32, bottom: 24, containLabel: true },
      tooltip: {
        trigger: 'axis',
        formatter: (points: { value: [number, number] }[]) => {
          const [customers, value] = points[0]?.value ?? [0, 0];
          return t('overview.lorenzPoint', {
            customers: f.percent(customers, 1),
            value: f.percent(value, 0),
          });
        },
      },
      xAxis: {
        type: 'value',
        name: t('overview.shareOfCustomers'),
        nameLocation: 'middle',
        nameGap: 28,
        min: 0,
        max: 1,
        axisLabel: { formatter: (x: number) => f.percent(x, 0) },
      },
      yAxis: {
        type: 'value',
        name: t('overview.shareOfValue'),
        nameTextStyle: { align: 'left', padding: [0, 0, 0, -32] },
        min: 0,
        max: 1,
        axisLabel: { formatter: (y: number) => f.percent(y, 0) },
      },
      series: [
        {
          type: 'line',
          data: lorenz,
          showSymbol: false,
          lineStyle: { width: 2, color: k.tokens.accent },
          areaStyle: { color: k.value(0.35), opacity: 0.35 },
          markLine: {
            silent: true,
            symbol: 'none',
            label: { show: false },
            lineStyle: { color: k.tokens.textFaint, type: 'dashed' },
            data: [[{ coord: [0, 0] }, { coord: [1, 1] }]],
          },
        },
      ],
    }),
    [lorenz, f, t],
  );
  return (
    <Panel
      title={t('overview.concentration')}
      hint={t('overview.concentrationHint', { share: f.percent(topTenPercentShare, 0) })}
    >
      <Chart
        label={t('overview.concentration')}
        describe={t('overview.concentrationHint', { share: f.percent(topTenPercentShare, 0) })}
        height={260}
        file="concentration"
        option={option}
        table={{
          columns: [
            { id: 'customers', label: t('overview.shareOfCustomers'), align: 'end' },
            { id: 'value', label: t('overview.shareOfValue'), align: 'end' },
          ],
          rows: lorenz.map(([customers, value]) => [f.percent(customers, 1), f.percent(value, 1)]),
        }}
      />
    </Panel>
  );
}
