import type { Overview } from '@kezi/contract';
import { useCallback } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { EmptyState } from '../../../../ui/empty-state.js';
import { Panel } from '../../../../ui/panel.js';
import { useWords } from '../words.js';

/** From the last total to this one: a bridge of what came, rose, fell and went. */
export function MovementPanel({ data }: { data: Overview }) {
  const t = useWords();
  const f = useFormats();
  const { movement, previous, total, currency } = data;
  const option = useCallback(
    (k: ChartKit) => {
      const steps = bridge(previous?.clv ?? 0, movement);
      const names = [
        t('overview.before'),
        ...movement.map((part) => t(`overview.movement.${part.kind}`)),
        t('overview.now'),
      ];
      const ends = (value: number) => ({ value, itemStyle: { color: k.tokens.accent } });
      return {
        grid: { left: 8, right: 8, top: 24, bottom: 4, containLabel: true },
        xAxis: { type: 'category', data: names, axisLabel: { interval: 0 } },
        yAxis: {
          type: 'value',
          axisLabel: { formatter: (value: number) => k.axisMoney(f.minorOf(value, currency)) },
        },
        series: [
          {
            type: 'bar',
            stack: 'bridge',
            silent: true,
            itemStyle: { color: 'transparent' },
            data: [0, ...steps.map((s) => s.base), 0],
          },
          {
            type: 'bar',
            stack: 'bridge',
            barWidth: '56%',
            label: {
              show: true,
              position: 'top',
              color: k.tokens.textSoft,
              backgroundColor: k.tokens.surface, // a line of the grid may run behind it
              padding: [0, 2],
              formatter: ({ dataIndex }: { dataIndex: number }) => {
                const part = movement[dataIndex - 1];
                const value = part ? part.clv : dataIndex === 0 ? (previous?.clv ?? 0) : (total?.clv ?? 0);
                return f.moneyShort(f.minorOf(value, currency), currency);
              },
            },
            data: [
              ends(previous?.clv ?? 0),
              ...movement.map((part, index) => ({
                value: steps[index]?.size ?? 0,
                itemStyle: { color: part.clv >= 0 ? k.value(0.55) : k.risk(0.75), decal: undefined },
              })),
              ends(total?.clv ?? 0),
            ],
          },
        ],
      };
    },
    [movement, previous, total, currency, f, t],
  );
  if (previous === null) {
    return (
      <Panel title={t('overview.movement')}>
        <EmptyState picture="chart" title={t('overview.firstRun')} text={t('overview.firstRunText')} />
      </Panel>
    );
  }
  const hint = t('overview.movementHint', { date: f.date(previous.asOf) });
  if (movement.length === 0) {
    return (
      <Panel title={t('overview.movement')} hint={hint}>
        <EmptyState
          picture="chart"
          title={t('overview.nothingMoved')}
          text={t('overview.nothingMovedText')}
        />
      </Panel>
    );
  }
  return (
    <Panel title={t('overview.movement')} hint={hint}>
      <Chart
        label={t('overview.movement')}
        describe={t('overview.movementText', {
          before: f.moneyShort(f.minorOf(previous.clv, currency), currency),
          now: f.moneyShort(f.minorOf(total?.clv ?? 0, currency), currency),
        })}
        height={320}
        file="movement"
        option={option}
        table={{
          columns: [
            { id: 'kind', label: t('overview.part') },
            { id: 'customers', label: t('overview.customers'), align: 'end' },
            { id: 'clv', label: t('overview.change'), align: 'end' },
          ],
          rows: movement.map((part) => [
            t(`overview.movement.${part.kind}`),
            part.customers,
            Math.round(part.clv),
          ]),
        }}
      />
    </Panel>
  );
}

/** Where each bar of the bridge stands: its lower end and its height. */
function bridge(start: number, movement: Overview['movement']): { base: number; size: number }[] {
  let level = start;
  return movement.map(({ clv }) => {
    const next = level + clv;
    const step = { base: Math.min(level, next), size: Math.abs(clv) };
    level = next;
    return step;
  });
}
