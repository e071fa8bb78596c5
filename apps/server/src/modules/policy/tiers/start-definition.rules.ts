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

/**
 * A policy to begin with: what customers are worth, how closely they work with us, and where they are going. What only people
 * write down (referrals, training, support, plans) counts little: for a company that writes nothing down yet it lifts nobody.
 */
export function startDefinition(tiers: number, language: Language): TierDefinition {
  const names = axisNames[language];
  return tierDefinition.parse({
    axes: [
      {
        key: 'value',
        name: names.value,
        weight: 50,
        indicators: [
          { feature: 'spend12m', weight: 35, normalisation: { kind: 'log' } },
          { feature: 'clv', weight: 35 },
          { feature: 'marginRate12m', weight: 15, missing: 'middle' },
          { feature: 'orderMonths12m', weight: 10 },
          { feature: 'referrals', weight: 5 },
        ],
      },
      {
        key: 'depth',
        name: names.depth,
        weight: 30,
        indicators: [
          { feature: 'orders12m', weight: 30 },
          { feature: 'averageOrder', weight: 20, normalisation: { kind: 'log' } },
          { feature: 'productBreadth', weight: 20 },
          { feature: 'soleProductShare', weight: 10 },
          { feature: 'trainingUsed12m', weight: 10 },
          { feature: 'supportUsed12m', weight: 10 },
        ],
      },
      {
        key: 'growth',
        name: names.growth,
        weight: 20,
        indicators: [
          { feature: 'spendTrend', weight: 25 },
          { feature: 'expectedOrders', weight: 30 },
          { feature: 'industryTrend', weight: 15, missing: 'middle' },
          { feature: 'planAmount', weight: 15 },
          { feature: 'crossSellRoom', weight: 15, missing: 'middle' },
        ],
      },
    ],
    cut: 'quantile',
    cuts: shares(tiers),
  });
}
