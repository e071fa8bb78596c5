import { tierDefinition, type TierDefinition } from '@kezi/contract';
import type { Language } from '@kezi/contract/errors';

const axisNames = {
  'zh-CN': { value: '价值', depth: '合作深度', growth: '成长潜力' },
  'en-US': { value: 'Value', depth: 'Depth of cooperation', growth: 'Growth potential' },
} as const;

/** A few at the top, more below: shares of all customers, the last tier takes the rest. */
function shares(tiers: number): number[] {
  const usual: Readonly<Record<number, readonly number[]>> = {
    2: [0.2],
    3: [0.05, 0.2],
    4: [0.05, 0.15, 0.3],
    5: [0.02, 0.08, 0.2, 0.3],
    6: [0.01, 0.04, 0.1, 0.2, 0.3],
  };
  return [...(usual[tiers] ?? Array.from({ length: tiers - 1 }, () => Number((1 / tiers).toFixed(4))))];
}

/** A policy to begin with: what customers are worth, how closely they work with us, and where they are going. */
export function startDefinition(tiers: number, language: Language): TierDefinition {
  const names = axisNames[language];
  return tierDefinition.parse({
    axes: [
      {
        key: 'value',
        name: names.value,
        weight: 50,
        indicators: [
          { feature: 'spend12m', weight: 40, normalisation: { kind: 'log' } },
          { feature: 'clv', weight: 40 },
          { feature: 'marginRate12m', weight: 20, missing: 'middle' },
        ],
      },
      {
        key: 'depth',
        name: names.depth,
        weight: 30,
        indicators: [
          { feature: 'orders12m', weight: 40 },
          { feature: 'productBreadth', weight: 40 },
          { feature: 'tenure', weight: 20 },
        ],
      },
      {
        key: 'growth',
        name: names.growth,
        weight: 20,
        indicators: [
          { feature: 'spendTrend', weight: 50 },
          { feature: 'expectedOrders', weight: 50 },
        ],
      },
    ],
    cut: 'quantile',
    cuts: shares(tiers),
  });
}
