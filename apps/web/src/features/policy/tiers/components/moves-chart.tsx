import type { Tier, TierSummary } from '@kezi/contract';
import { useCallback } from 'react';
import { useFormats } from '../../../../lib/formats.js';
import { Chart, type ChartKit } from '../../../../ui/chart/chart.js';
import { useWords } from '../words.js';

const parts = async () => (await import('./sankey-parts.js')).default;

interface MovesChartProps {
  moves: TierSummary['moves'];
  from: readonly Tier[];
  to: readonly Tier[];
}

/** Who moves from which tier to which: a band is as wide as its customers are many. */
export function MovesChart({ moves, from, to }: MovesChartProps) {
  const t = useWords();
  const f = useFormats();
  const nameOf = useCallback(
    (tiers: readonly Tier[], tierId: number | null) =>
      tiers.find((tier) => tier.tierId === tierId)?.name ?? t('tiers.ungraded'),
    [t],
  );
  const option = useCallback(
    (kit: ChartKit) => {
      const all = [...from, ...to];
      const colour = (rank: number, most: number) => kit.value(1 - (rank - 1) / Math.max(1, most));
      const rankOf = (id: number | null) => from.find((tier) => tier.tierId === id)?.rank ?? 99;
      const byRank = (one: number | null, other: number | null) => rankOf(one) - rankOf(other);
      const nodes = [
        ...[...new Set(moves.map((move) => move.fromTierId))].sort(byRank).map((id) => {
          const tier = all.find((each) => each.tierId === id);
          return {
            name: `from ${id ?? 0}`,
            depth: 0,
            label: nameOf(from, id),
            itemStyle: { color: tier ? colour(tier.rank, from.length) : kit.tokens.border },
          };
        }),
        ...to.map((tier) => ({
          name: `to ${tier.tierId}`,
          depth: 1,
          label: tier.name,
          itemStyle: { color: colour(tier.rank, to.length) },
        })),
      ];
      const labels = new Map(nodes.map((node) => [node.name, node.label]));
      return {
        tooltip: {
          trigger: 'item',
          formatter: ({
            data,
            name,
          }: {
            data: { source?: string; target?: string; value?: number };
            name: string;
          }) =>
            data.source === undefined
              ? (labels.get(name) ?? '')
              : `${labels.get(data.source) ?? ''} → ${labels.get(data.target ?? '') ?? ''}: ${t('tiers.customersCount', { customers: f.count(data.value ?? 0) })}`,
        },
        series: [
          {
            type: 'sankey',
            left: 4,
            right: 110,
            top: 12,
            bottom: 8,
            nodeGap: 14,
            nodeAlign: 'left',
            layoutIterations: 0,
            draggable: false,
            data: nodes.map(({ label: _label, ...node }) => node),
            links: moves.map((move) => ({
              source: `from ${move.fromTierId ?? 0}`,
              target: `to ${move.toTierId}`,
              value: move.customers,
            })),
            label: {
              color: kit.tokens.text,
              formatter: ({ name, value }: { name: string; value: number }) =>
                `${labels.get(name) ?? ''}  ${f.count(value)}`,
            },
            lineStyle: { color: 'source', opacity: 0.35 },
          },
        ],
      };
    },
    [moves, from, to, f, t, nameOf],
  );
  return (
    <Chart
      label={t('tiers.moves')}
      height={260}
      file="tier-moves"
      option={option}
      parts={parts}
      table={{
        columns: [
          { id: 'from', label: t('tiers.from') },
          { id: 'to', label: t('tiers.to') },
          { id: 'customers', label: t('tiers.customers'), align: 'end' },
          { id: 'clv', label: t('tiers.value'), align: 'end' },
        ],
        rows: moves.map((move) => [
          nameOf(from, move.fromTierId),
          nameOf(to, move.toTierId),
          move.customers,
          Math.round(move.clv),
        ]),
      }}
    />
  );
}
