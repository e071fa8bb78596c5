/** One product of an industry's list: name, unit, list price in yuan, cost as a share of the list price. */
type ProductRow = readonly [name: string, unit: string, priceYuan: number, costRate: number];

/** Products by category. Codes count through the file: add at its end, or later codes move. */
export type CataloguePart = Readonly<Record<string, readonly ProductRow[]>>;
