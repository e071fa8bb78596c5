export type IndustryKey = 'automation' | 'catering' | 'office' | 'medical';

/**
 * The population that customers of one industry are drawn from. Letters follow Fader & Hardie:
 * purchase rate lambda ~ Gamma(r, alpha) orders a week; dropout p ~ Beta(a, b), tossed after every order
 * (Batislam, Denizel & Filiztekin's MBG/NBD); order value z ~ Gamma(p, nu), nu ~ Gamma(q, gamma) (Gamma-Gamma).
 */
export interface Industry {
  readonly key: IndustryKey;
  readonly name: string;
  /** Share of all customers when no mix is given. */
  readonly share: number;
  readonly rate: { readonly r: number; readonly alpha: number };
  readonly dropout: { readonly a: number; readonly b: number };
  /**
   * Value of one order in yuan at the prices of the first year; its population mean is p * gamma / (q - 1). The industries
   * lie close enough that one Gamma-Gamma holds for all customers: with q near 2.6 the mixture's own q fell below 1, and the
   * first thing a new user read of the demo was that its spend model cannot be trusted.
   */
  readonly spend: { readonly p: number; readonly q: number; readonly gamma: number };
  /** Mean number of lines beyond the first. */
  readonly extraLines: number;
  /** Share of orders with a partial return, and of orders cancelled whole. */
  readonly returns: number;
  readonly cancellations: number;
  /** Price rise on 1 January of each year after the first. */
  readonly priceRise: number;
  /** Share of customers abroad. */
  readonly abroad: number;
  /** Relative order rates of January .. December, before festivals. */
  readonly months: readonly number[];
  /** Relative order rates of Sunday .. Saturday. */
  readonly weekdays: readonly number[];
  readonly festivals: {
    /** Factor on orders 35 to 15 days before the Spring Festival (factories stock up early). */
    readonly earlyRush: number;
    /** Factor on orders 14 to 4 days before it (kitchens stock up late). */
    readonly lateRush: number;
    /** Factor on the week after the holiday. */
    readonly after: number;
    /** Factor on the 18 days before the Mid-Autumn Festival. */
    readonly midAutumn: number;
  };
}

const workWeek = [0.04, 1.12, 1.06, 1.02, 1, 0.92, 0.1];

export const industries: readonly Industry[] = [
  {
    key: 'automation',
    name: '工业自动化',
    share: 0.3,
    rate: { r: 0.75, alpha: 14 },
    dropout: { a: 0.7, b: 8 },
    spend: { p: 3, q: 7.5, gamma: 16200 },
    extraLines: 1.5,
    returns: 0.02,
    cancellations: 0.01,
    priceRise: 0.03,
    abroad: 0.11,
    months: [0.95, 0.8, 1.1, 1.08, 1.02, 1.02, 0.95, 0.93, 1.06, 0.98, 1.05, 1.12],
    weekdays: workWeek,
    festivals: { earlyRush: 1.4, lateRush: 0.7, after: 0.45, midAutumn: 1 },
  },
  {
    key: 'catering',
    name: '餐饮食品',
    share: 0.32,
    rate: { r: 1.05, alpha: 11.5 },
    dropout: { a: 0.75, b: 11 },
    spend: { p: 3.6, q: 7.5, gamma: 9400 },
    extraLines: 2.6,
    returns: 0.035,
    cancellations: 0.008,
    priceRise: 0.025,
    abroad: 0.03,
    months: [1.08, 0.92, 0.94, 0.97, 1.03, 0.99, 1.02, 1.02, 1.04, 1.05, 0.94, 1.08],
    weekdays: [0.3, 1.2, 1.08, 1.04, 1.06, 1.12, 0.55],
    festivals: { earlyRush: 1.25, lateRush: 1.75, after: 0.6, midAutumn: 1.35 },
  },
  {
    key: 'office',
    name: '办公与IT',
    share: 0.24,
    rate: { r: 0.8, alpha: 14 },
    dropout: { a: 0.7, b: 7 },
    spend: { p: 2.4, q: 7.5, gamma: 15000 },
    extraLines: 1.4,
    returns: 0.03,
    cancellations: 0.014,
    priceRise: 0.012,
    abroad: 0.08,
    months: [0.86, 0.72, 1.02, 0.96, 0.98, 1.18, 0.9, 0.92, 1.08, 0.92, 1.1, 1.42],
    weekdays: workWeek,
    festivals: { earlyRush: 1.1, lateRush: 0.75, after: 0.5, midAutumn: 1 },
  },
  {
    key: 'medical',
    name: '医疗器械',
    share: 0.14,
    rate: { r: 0.85, alpha: 15 },
    dropout: { a: 0.6, b: 9 },
    spend: { p: 2.8, q: 7.5, gamma: 18600 },
    extraLines: 1.2,
    returns: 0.012,
    cancellations: 0.006,
    priceRise: 0.02,
    abroad: 0.06,
    months: [1, 0.84, 1.04, 1.02, 1.0, 1.06, 0.94, 0.94, 1.04, 0.96, 1.04, 1.2],
    weekdays: [0.08, 1.1, 1.06, 1.02, 1, 0.96, 0.2],
    festivals: { earlyRush: 1.2, lateRush: 0.9, after: 0.6, midAutumn: 1 },
  },
];

export function industryOf(key: IndustryKey): Industry {
  const industry = industries.find((candidate) => candidate.key === key);
  if (industry === undefined) throw new RangeError(`There is no industry '${key}'.`);
  return industry;
}
