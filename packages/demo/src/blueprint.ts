import { dayOf, dayWeights, isoOf, partsOf, windowStart, type Day } from './calendar.js';
import { industries, type Industry, type IndustryKey } from './industries.js';
import { chineseNames, groupNameCount, type ChineseCompany } from './names/chinese-name.js';
import { foreignNames, type ForeignCompany, type ForeignCountry } from './names/foreign-name.js';
import { permutation, type Permutation } from './permutation.js';
import { mix, type RandomStream } from './random.js';

export interface CompanyOptions {
  /** 1 to 2,000,000. */
  readonly customers: number;
  /** Whole months of history, 1 to 240. */
  readonly months: number;
  /** Any integer; the same options give the same bytes. */
  readonly seed: number;
  /** The last day of the history, `2026-06-30`. */
  readonly endOn: string;
  /** Weights of the industries; those left out get none. Default: the shares in industries.ts. */
  readonly industryMix?: Partial<Record<IndustryKey, number>>;
  /**
   * `company` (default) has seasons, festivals, stories, price rises, returns and customers from before the window.
   * `textbook` has none of them: each customer's first order falls in the window and rates never change, so that
   * MBG/NBD and Gamma-Gamma hold exactly and a fit can be held against the truth.
   */
  readonly process?: 'company' | 'textbook';
}

/** Industry, country and the place in their common list of names. */
interface Segment {
  readonly industry: Industry;
  readonly country: 'CN' | ForeignCountry;
  readonly firstSeat: number;
  readonly chinese: ((local: number, stream: RandomStream) => ChineseCompany) | null;
  readonly foreign: ((local: number, stream: RandomStream) => ForeignCompany) | null;
}

interface Group {
  readonly firstSeat: number;
  readonly size: number;
  /** The oldest customer among its seats is the head. */
  readonly headSeat: number;
  readonly headIndex: number;
}

/** Everything that is worked out once for a company. A customer is made from it and his index, without the others. */
export interface Blueprint {
  readonly options: Required<Omit<CompanyOptions, 'industryMix'>>;
  readonly start: Day;
  readonly end: Day;
  /** ISO dates of the window by day - start. */
  readonly isoDays: readonly string[];
  /** Business done from the start to the end of each day, in ordinary days, an industry. */
  readonly businessDays: Readonly<Record<IndustryKey, Float64Array>>;
  readonly priceIndex: Readonly<Record<IndustryKey, Float64Array>>;
  readonly segmentOf: (index: number) => { segment: Segment; local: number };
  readonly groupOf: (index: number) => { group: number; member: number; headIndex: number } | null;
}

const countries: readonly [country: ForeignCountry, share: number][] = [
  ['US', 0.34],
  ['DE', 0.2],
  ['JP', 0.2],
  ['VN', 0.14],
  ['SG', 0.12],
];

/** From this many customers on there is one large group with 200 subsidiaries. */
const largeGroupFrom = 2000;
const largeGroupSize = 201;
const customersAGroup = 150;

function requireInteger(name: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw new RangeError(`${name} must be a whole number from ${low} to ${high}; it is ${value}.`);
  }
}

function layOutSegments(options: CompanyOptions): Segment[] {
  const mixWeights = industries.map((industry) =>
    options.industryMix === undefined ? industry.share : (options.industryMix[industry.key] ?? 0),
  );
  const total = mixWeights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0) || mixWeights.some((weight) => weight < 0)) {
    throw new RangeError('industryMix needs at least one weight above zero and none below.');
  }
  const segments: Segment[] = [];
  let share = 0;
  industries.forEach((industry, i) => {
    const industryShare = (mixWeights[i] ?? 0) / total;
    const parts: ['CN' | ForeignCountry, number][] = [
      ['CN', 1 - industry.abroad],
      ...countries.map(([country, part]): [ForeignCountry, number] => [country, part * industry.abroad]),
    ];
    for (const [country, part] of parts) {
      segments.push({
        industry,
        country,
        firstSeat: Math.round(share * options.customers),
        chinese: country === 'CN' ? chineseNames(industry.key, options.seed) : null,
        foreign: country === 'CN' ? null : foreignNames(country, industry.key, options.seed),
      });
      share += industryShare * part;
    }
  });
  return segments;
}

function layOutGroups(customers: number, seed: number, seats: Permutation): Group[] {
  const groups: Group[] = [];
  let seat = 0;
  const add = (size: number): void => {
    let headSeat = seat;
    for (let other = seat + 1; other < seat + size; other++) {
      if (seats.backward(other) < seats.backward(headSeat)) headSeat = other;
    }
    groups.push({ firstSeat: seat, size, headSeat, headIndex: seats.backward(headSeat) });
    seat += size;
  };
  if (customers >= largeGroupFrom) add(largeGroupSize);
  const count = Math.min(groupNameCount - 1, Math.floor(customers / customersAGroup));
  for (let i = 0; i < count; i++) add(4 + (mix(seed, 7_000_003 + i) % 9));
  return groups;
}

function lastAtOrBefore<T extends { readonly firstSeat: number }>(items: readonly T[], seat: number): number {
  let place = items.length - 1;
  while (place > 0 && (items[place]?.firstSeat ?? 0) > seat) place--;
  return place;
}

/** Ordinary days done by the end of each day. In a textbook company every day counts as one. */
function businessDaysOf(industry: Industry, start: Day, end: Day, textbook: boolean): Float64Array {
  const weights = textbook ? new Float64Array(end - start + 1).fill(1) : dayWeights(industry, start, end);
  let total = 0;
  return weights.map((weight) => (total += weight));
}

function priceIndexOf(industry: Industry, start: Day, end: Day, textbook: boolean): Float64Array {
  const firstYear = partsOf(start).year;
  const rise = textbook ? 0 : industry.priceRise;
  return new Float64Array(end - start + 1).map((_, i) => (1 + rise) ** (partsOf(start + i).year - firstYear));
}

function byIndustry(work: (industry: Industry) => Float64Array): Record<IndustryKey, Float64Array> {
  const [automation, catering, office, medical] = industries.map(work);
  if (!automation || !catering || !office || !medical) throw new RangeError('Four industries are expected.');
  return { automation, catering, office, medical };
}

/** Checks the options (RangeError says which is wrong) and lays the company out. */
export function drawBlueprint(options: CompanyOptions): Blueprint {
  requireInteger('customers', options.customers, 1, 2_000_000);
  requireInteger('months', options.months, 1, 240);
  requireInteger('seed', options.seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  const { customers, months, seed, endOn, process = 'company' } = options;
  const end = dayOf(endOn);
  const start = windowStart(end, months);
  const textbook = process === 'textbook';
  const segments = layOutSegments(options);
  const segmentSeats = permutation(customers, mix(seed, 101));
  const groupSeats = permutation(customers, mix(seed, 202));
  const groups = layOutGroups(customers, seed, groupSeats);
  const seatsInGroups = groups.reduce((sum, group) => sum + group.size, 0);
  return {
    options: { customers, months, seed, endOn, process },
    start,
    end,
    isoDays: Array.from({ length: end - start + 1 }, (_, i) => isoOf(start + i)),
    businessDays: byIndustry((industry) => businessDaysOf(industry, start, end, textbook)),
    priceIndex: byIndustry((industry) => priceIndexOf(industry, start, end, textbook)),
    segmentOf: (index) => {
      const seat = segmentSeats.forward(index);
      const segment = segments[lastAtOrBefore(segments, seat)];
      if (segment === undefined) throw new RangeError(`Customer ${index} has no segment.`);
      return { segment, local: seat - segment.firstSeat };
    },
    groupOf: (index) => {
      const seat = groupSeats.forward(index);
      if (seat >= seatsInGroups) return null;
      const place = lastAtOrBefore(groups, seat);
      const group = groups[place];
      if (group === undefined) throw new RangeError(`Seat ${seat} belongs to no group.`);
      // The head is member 0; who sits on the first seat takes the number that the head leaves free.
      const own = seat === group.firstSeat ? group.headSeat : seat;
      const member = seat === group.headSeat ? 0 : own - group.firstSeat;
      return { group: place, member, headIndex: group.headIndex };
    },
  };
}
