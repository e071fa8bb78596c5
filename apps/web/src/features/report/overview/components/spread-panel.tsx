import type { Overview } from '@kezi/contract';
import { useCallback } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { useGo } from '../../../../lib/navigate.js';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';

const isPower = (value: number) => value === 0 || Math.abs(Math.log10(value) % 1) < 1e-6;

/** How many customers are worth how much, on a log scale; a bar opens its customers. */
export function SpreadPanel({ data }: { data: Overview }) {
  const t = useWords();
  const f = useFormats();
  const go = useGo();
  const { histogram, currency } = data;
  const range = useCallback(
    (bar: Overview['histogram'][number]) =>
      f.moneyBetween(f.minorOf(bar.from, currency), f.minorOf(bar.to, currency), currency),
    [f, currency],
  );
  const option = useCallback(
    (k: ChartKit) => ({
      grid: { left: 8, right: 8, top: 16, bottom: 4, containLabel: true },
      tooltip: { trigger: 'axis' },
      xAxis: {
        type: 'category',
        data: histogram.map((bar) => f.moneyShort(f.minorOf(bar.from, currency), currency)),
        // Bars end at halves of a power of ten; only whole powers are numbers that people read at a glance.
        axisLabel: { interval: (index: number) => isPower(histogram[index]?.from ?? 0) },
      },
      yAxis: { type: 'value', minInterval: 1 },
      series: [
        {
          type: 'bar',
          barCategoryGap: '8%',
          data: histogram.map((bar, index) => ({
            value: bar.customers,
            itemStyle: { color: k.value((index + 1) / histogram.length) },
          })),
        },
      ],
    }),
    [histogram, currency, f],
  );
  return (
    <Panel title={t('overview.spread')} hint={t('overview.spreadHint', { currency })}>
      <Chart
        label={t('overview.spread')}
        describe={t('overview.spreadHint', { currency })}
        height={260}
        file="spread"
        option={option}
        onPick={({ dataIndex }) => {
          const bar = histogram[dataIndex];
          if (bar) go(`/customers?clvMin=${Math.round(bar.from)}&clvMax=${Math.round(bar.to)}`);
        }}
        table={{
          columns: [
            { id: 'range', label: t('overview.range') },
            { id: 'customers', label: t('overview.customers'), align: 'end' },
            { id: 'clv', label: t('overview.clv', { currency }), align: 'end' },
          ],
          rows: histogram.map((bar) => [range(bar), bar.customers, Math.round(bar.clv)]),
        }}
      />
    </Panel>
  );
}
