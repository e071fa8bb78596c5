/** Customers whose value lies in one narrow bin, with the sum of their value. */
export interface ValueBin {
  /** Bin number: floor(20 * log10(value)); null for customers worth nothing. */
  bin: number | null;
  customers: number;
  clv: number;
}

/** Bins in a power of ten. Within a bin values differ by at most 12 %, so curves made of bins are smooth to the eye. */
export const binsPerDecade = 20;

interface Concentration {
  /** Share of customers, best first, against share of value; begins at (0, 0) and ends at (1, 1). */
  lorenz: [number, number][];
  /** 0 when all are worth the same, towards 1 when one customer is worth everything. */
  gini: number;
  topTenPercentShare: number;
}

/**
 * How much of the value lies with how few customers. Exact at the edges of the bins and straight between them, which
 * understates the Gini coefficient, by less than 0.03 at 20 bins a decade.
 */
export function concentrationOf(bins: readonly ValueBin[]): Concentration {
  const customers = sum(bins, (bin) => bin.customers);
  const value = sum(bins, (bin) => bin.clv);
  if (customers === 0 || value <= 0) return { lorenz: [], gini: 0, topTenPercentShare: 0 };
  const best = bins.toSorted((a, b) => (b.bin ?? -Infinity) - (a.bin ?? -Infinity));
  const lorenz: [number, number][] = [[0, 0]];
  let countSoFar = 0;
  let valueSoFar = 0;
  let area = 0;
  for (const bin of best) {
    const before = valueSoFar / value;
    countSoFar += bin.customers;
    valueSoFar += bin.clv;
    const after = valueSoFar / value;
    area += (bin.customers / customers) * ((before + after) / 2);
    lorenz.push([countSoFar / customers, after]);
  }
  return { lorenz, gini: clamp(2 * area - 1), topTenPercentShare: shareAt(lorenz, 0.1) };
}

interface HistogramBar {
  from: number;
  to: number;
  customers: number;
  clv: number;
}

/** Bars of half a power of ten. Customers worth less than one unit of money stand in one bar from 0 to 1. */
export function histogramOf(bins: readonly ValueBin[]): HistogramBar[] {
  const perBar = binsPerDecade / 2;
  const bars = new Map<number, HistogramBar>();
  for (const { bin, customers, clv } of bins) {
    const bar = bin === null || bin < 0 ? -1 : Math.floor(bin / perBar);
    const found = bars.get(bar) ?? {
      from: bar === -1 ? 0 : 10 ** (bar / 2),
      to: bar === -1 ? 1 : 10 ** ((bar + 1) / 2),
      customers: 0,
      clv: 0,
    };
    found.customers += customers;
    found.clv += clv;
    bars.set(bar, found);
  }
  return [...bars.values()].toSorted((a, b) => a.from - b.from);
}

/** Value share of the best `share` of the customers, straight between the points of the curve. */
function shareAt(lorenz: readonly [number, number][], share: number): number {
  for (let i = 1; i < lorenz.length; i++) {
    const [x1, y1] = lorenz[i] ?? [1, 1];
    if (x1 < share) continue;
    const [x0, y0] = lorenz[i - 1] ?? [0, 0];
    return x1 === x0 ? y1 : y0 + ((share - x0) / (x1 - x0)) * (y1 - y0);
  }
  return 1;
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function clamp(x: number): number {
  return Math.min(1, Math.max(0, x));
}
