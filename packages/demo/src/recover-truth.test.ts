import { expectedSpend, fitGammaGamma, fitMbgNbd } from '@kezi/stats';
import { describe, expect, it } from 'vitest';
import { drawBlueprint } from './blueprint.js';
import { generateCompany } from './generate-company.js';
import { industryOf } from './industries.js';
import { drawPlan } from './plan.js';
import { drawTimeline } from './timeline.js';

const options = {
  customers: 12_000,
  months: 36,
  seed: 31,
  endOn: '2026-10-31',
  industryMix: { catering: 1 },
  process: 'textbook',
} as const;
const truth = industryOf('catering');

describe('a fit on a textbook company', () => {
  it('finds the parameters of its order process', () => {
    const blueprint = drawBlueprint(options);
    const frequency = new Float64Array(options.customers);
    const recency = new Float64Array(options.customers);
    const age = new Float64Array(options.customers);
    for (let index = 0; index < options.customers; index++) {
      const { orderDays } = drawTimeline(blueprint, drawPlan(blueprint, index));
      const days = [...new Set(orderDays)];
      const first = days[0] ?? blueprint.end;
      frequency[index] = days.length - 1;
      recency[index] = ((days.at(-1) ?? first) - first) / 7;
      age[index] = (blueprint.end - first) / 7;
    }
    const fit = fitMbgNbd({ frequency, recency, age });
    expect(fit.converged).toBe(true);
    const { r, alpha, a, b } = fit.parameters;
    // Means carry more than single parameters, which trade against each other: 6 % for the mean rate, 12 % for the
    // mean chance to be lost, 15 % and 35 % for the shapes, at 12,000 customers about four standard errors.
    const meanRate = truth.rate.r / truth.rate.alpha;
    const meanDropout = truth.dropout.a / (truth.dropout.a + truth.dropout.b);
    expect(Math.abs(r / alpha / meanRate - 1)).toBeLessThan(0.06);
    expect(Math.abs(a / (a + b) / meanDropout - 1)).toBeLessThan(0.12);
    expect(Math.abs(r / truth.rate.r - 1)).toBeLessThan(0.15);
    expect(Math.abs(a / truth.dropout.a - 1)).toBeLessThan(0.35);
  });

  it('finds the population mean of its order values', () => {
    const company = generateCompany({ ...options, customers: 4000 });
    const sums = new Map<string, { yuan: number; orders: Set<string> }>();
    for (const line of company.orderLines) {
      if (line.currency !== 'CNY') continue;
      const entry = sums.get(line.customerNo) ?? { yuan: 0, orders: new Set<string>() };
      entry.yuan += line.amountMinor / 100;
      entry.orders.add(line.orderNo);
      sums.set(line.customerNo, entry);
    }
    const repeaters = [...sums.values()].filter((entry) => entry.orders.size > 1);
    const fit = fitGammaGamma({
      frequency: Float64Array.from(repeaters, (entry) => entry.orders.size),
      monetaryValue: Float64Array.from(repeaters, (entry) => entry.yuan / entry.orders.size),
    });
    expect(fit.converged).toBe(true);
    // Of a customer without orders one expects the mean of the population.
    const found = expectedSpend({ name: 'gamma-gamma', parameters: fit.parameters }, 0, 0);
    const mean = (truth.spend.p * truth.spend.gamma) / (truth.spend.q - 1);
    // Whole quantities spread the baskets further than p says, but do not move their mean: 8 %.
    expect(Math.abs(found / mean - 1)).toBeLessThan(0.08);
  });
});
