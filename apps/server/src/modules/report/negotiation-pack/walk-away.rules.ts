import type { WalkAway } from '@kezi/contract';

interface Known {
  /** Of the last twelve months; margin null where an order has no cost. */
  amountMinor: number;
  marginMinor: number | null;
  /** What the tier's entitlements cost a year. */
  serviceMinor: number;
  pAlive: number | null;
  /** Of open warnings: value at risk by value. */
  warned: readonly number[];
  ceilingRate: number | null;
}

const between = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/**
 * The price beyond which the customer is worth nothing, and the discount that pays if it keeps him. With margin rate m, service
 * rate c and a chance s of losing him that the discount would take away: without it (1 - s)(m - c) of the revenue is expected,
 * with a discount d it is m - c - d; both are equal at d = s (m - c). Null where costs are not known or nothing was bought.
 */
export function walkAwayOf(known: Known): WalkAway | null {
  const { amountMinor, marginMinor, serviceMinor, pAlive, warned, ceilingRate } = known;
  if (marginMinor === null || amountMinor <= 0) return null;
  const marginRate = marginMinor / amountMinor;
  const marginServiceRate = serviceMinor / amountMinor;
  const marginFloorRate = marginRate - marginServiceRate;
  const clvStake = between(Math.max(pAlive === null ? 0 : 1 - pAlive, ...warned, 0), 0, 1);
  return {
    marginRate,
    marginServiceRate,
    marginFloorRate,
    clvStake,
    marginBreakEvenRate: Math.max(0, marginFloorRate) * clvStake,
    marginFloorMinor: marginFloorRate * amountMinor,
    ceilingRate,
  };
}
