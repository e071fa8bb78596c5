import type { Blueprint } from './blueprint.js';
import type { Day } from './calendar.js';
import { productsOf, type Product } from './catalogue/products.js';
import type { Industry } from './industries.js';
import { RandomStream, cumulate } from './random.js';
import { drawStory, dropoutFactor, type Story } from './story.js';

/** What was drawn for a customer before anything happened: the truth behind his orders. */
export interface Plan {
  readonly index: number;
  readonly industry: Industry;
  /** Day of the first order; null for a customer from before the window, who orders when his rate says so. */
  readonly acquiredOn: Day | null;
  /** Mean orders a week, over a year, at story factor 1. */
  readonly lambdaPerWeek: number;
  /** Chance to be lost, tossed after every order. */
  readonly dropoutProbability: number;
  readonly story: Story;
  /** Mean value of one order in yuan at the prices of the first year, and the scale it is drawn with. */
  readonly meanSpend: number;
  readonly spendScale: number;
  /** Share of the list price that the customer pays. */
  readonly discount: number;
  /** What he buys, the likeliest first, with running weights. */
  readonly assortment: readonly Product[];
  readonly assortmentWeights: Float64Array;
  /** Expected margin as a share of revenue. */
  readonly marginRate: number;
  /** Further numbers about this customer come from here. */
  readonly stream: RandomStream;
}

/** Share of customers who were there before the window began. */
const existingShare = 0.42;
/** New customers a day at the end of the window, against the start. */
const acquisitionGrowth = 1.6;

/** The day on which the running total of business days passes `amount`. */
export function dayAt(businessDays: Float64Array, amount: number, from = 0): number {
  let low = from;
  let high = businessDays.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((businessDays[middle] ?? Infinity) > amount) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Codes rise with the time of the first order, as in a real register: index 0 is the oldest customer. */
function drawAcquisition(
  blueprint: Blueprint,
  industry: Industry,
  index: number,
  stream: RandomStream,
): Day | null {
  const textbook = blueprint.options.process === 'textbook';
  const place = (index + stream.uniform()) / blueprint.options.customers;
  const existing = textbook ? 0 : existingShare;
  if (place < existing) return null;
  const u = (place - existing) / (1 - existing);
  const slope = textbook ? 0 : acquisitionGrowth - 1;
  const time = slope === 0 ? u : (Math.sqrt(1 + (2 + slope) * slope * u) - 1) / slope;
  const days = blueprint.businessDays[industry.key];
  const last = days.length - 1;
  return blueprint.start + Math.min(last, dayAt(days, time * (days[last] ?? 0)));
}

/** The products of each industry, the cheapest first. */
const byPrice = new Map(
  Object.entries(productsOf).map(([industry, products]) => [
    industry,
    [...products].sort((a, b) => a.listPriceMinor - b.listPriceMinor),
  ]),
);

/** Three to ten products that fit the order value: none costs more than half of it, unless fewer than four would be left. */
function drawAssortment(industry: Industry, meanSpend: number, stream: RandomStream): Product[] {
  const products = byPrice.get(industry.key) ?? [];
  let shelf = products.findIndex((product) => product.listPriceMinor > meanSpend * 50);
  if (shelf === -1) shelf = products.length;
  shelf = Math.max(4, shelf);
  const size = Math.min(shelf, 3 + stream.below(8));
  const chosen: Product[] = [];
  while (chosen.length < size) {
    const product = products[stream.below(shelf)];
    if (product !== undefined && !chosen.includes(product)) chosen.push(product);
  }
  return chosen;
}

/** Margin of the assortment: each line has the same expected value, so products count by their weights. */
function expectedMargin(
  assortment: readonly Product[],
  weights: readonly number[],
  discount: number,
): number {
  let cost = 0;
  let total = 0;
  assortment.forEach((product, i) => {
    const weight = weights[i] ?? 0;
    cost += weight * (product.costRate / discount);
    total += weight;
  });
  return 1 - cost / total;
}

/** Draws one customer's truth. A customer in a large group spends more, as framework contracts do. */
export function drawPlan(blueprint: Blueprint, index: number): Plan {
  const stream = new RandomStream(blueprint.options.seed, index, 'process');
  const { industry } = blueprint.segmentOf(index).segment;
  const textbook = blueprint.options.process === 'textbook';
  const acquiredOn = drawAcquisition(blueprint, industry, index, stream);
  const story: Story = textbook
    ? { kind: 'steady' }
    : drawStory(stream, acquiredOn ?? blueprint.start, blueprint.end);
  const { rate, dropout, spend } = industry;
  // Whoever has ordered before, and whoever has a story to show, buys more than a stranger: Gamma(r + 1) is the
  // rate of a customer seen once.
  const shape = acquiredOn === null || story.kind !== 'steady' ? rate.r + 1 : rate.r;
  const lambdaPerWeek = stream.gamma(shape) / rate.alpha;
  const dropoutProbability = stream.beta(dropout.a, dropout.b) * dropoutFactor(story);
  const spendScale = spend.gamma / stream.gamma(spend.q);
  const inGroup = blueprint.groupOf(index) !== null && !textbook;
  const scale = inGroup ? spendScale * 1.5 : spendScale;
  const meanSpend = spend.p * scale;
  const discount = 1 - Math.min(0.14, 0.03 * Math.log1p(meanSpend / 4000)) - 0.03 * stream.uniform();
  const assortment = drawAssortment(industry, meanSpend, stream);
  const weights = assortment.map((_, i) => 1 / (1 + i));
  return {
    index,
    industry,
    acquiredOn,
    lambdaPerWeek,
    dropoutProbability,
    story,
    meanSpend,
    spendScale: scale,
    discount,
    assortment,
    assortmentWeights: cumulate(weights),
    marginRate: expectedMargin(assortment, weights, discount),
    stream,
  };
}
