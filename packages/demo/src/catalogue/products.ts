import type { IndustryKey } from '../industries.js';
import { automationProducts } from './automation.js';
import type { CataloguePart } from './catalogue-part.js';
import { cateringProducts } from './catering.js';
import { medicalProducts } from './medical.js';
import { officeProducts } from './office.js';

export interface Product {
  readonly productNo: string;
  readonly name: string;
  readonly category: string;
  readonly industry: IndustryKey;
  readonly unit: string;
  /** List price of the first year, in fen. */
  readonly listPriceMinor: number;
  /** What it costs us, as a share of the list price. */
  readonly costRate: number;
}

const catalogues: Record<IndustryKey, { prefix: string; part: CataloguePart }> = {
  automation: { prefix: 'GK', part: automationProducts },
  catering: { prefix: 'SP', part: cateringProducts },
  office: { prefix: 'IT', part: officeProducts },
  medical: { prefix: 'YL', part: medicalProducts },
};

function listProducts(industry: IndustryKey): Product[] {
  const { prefix, part } = catalogues[industry];
  const rows = Object.entries(part).flatMap(([category, list]) => list.map((row) => ({ category, row })));
  return rows.map(({ category, row: [name, unit, priceYuan, costRate] }, i) => ({
    productNo: `${prefix}${String(1001 + i)}`,
    name,
    category,
    industry,
    unit,
    listPriceMinor: Math.round(priceYuan * 100),
    costRate,
  }));
}

/** Everything the company sells, by industry. */
export const productsOf: Readonly<Record<IndustryKey, readonly Product[]>> = {
  automation: listProducts('automation'),
  catering: listProducts('catering'),
  office: listProducts('office'),
  medical: listProducts('medical'),
};

export const allProducts: readonly Product[] = Object.values(productsOf).flat();
