import type { Appraisal, AppraisalGroup } from '@kezi/contract';

/** Sums over the customers of one holder in one cell of tier, segment and stage, all as they were at the first run. */
export interface AppraisalCell {
  holderId: number | null;
  cell: string;
  stage: string;
  customers: number;
  before: number;
  now: number;
  /** Sums of squares and products, from which residuals follow for any ratio. */
  beforeSquared: number;
  nowSquared: number;
  product: number;
}

type Sums = Omit<AppraisalCell, 'holderId' | 'cell' | 'stage'>;
type Judged = Omit<Appraisal['items'][number], 'name' | 'leftOut' | 'groups'> & { groups: Weighed[] };

/** One cell of a holder, and what it was held against. */
interface Weighed {
  cell: string;
  customers: number;
  clvBefore: number;
  clvNow: number;
  clvExpected: number | null;
  against: AppraisalGroup['against'];
  peers: AppraisalGroup['peers'];
}

/** Fewer others are no yardstick: the next wider group stands in. */
const leastPeers = 20;
const normal95 = 1.959964;

const nothing: Sums = { customers: 0, before: 0, now: 0, beforeSquared: 0, nowSquared: 0, product: 0 };
const names = Object.keys(nothing) as (keyof Sums)[];

const combine = (a: Sums, b: Sums, sign: 1 | -1): Sums =>
  Object.fromEntries(names.map((name) => [name, a[name] + sign * b[name]])) as unknown as Sums;

function sumsBy(cells: readonly AppraisalCell[], key: (cell: AppraisalCell) => string): Map<string, Sums> {
  const sums = new Map<string, Sums>();
  for (const cell of cells) sums.set(key(cell), combine(sums.get(key(cell)) ?? nothing, cell, 1));
  return sums;
}

const widths = ['group', 'stage', 'all'] as const;

interface Yardstick {
  /** Value now to value before. */
  ratio: number;
  /** Variance of one customer's residual, by value before. */
  spread: number;
  before: number;
}

/** Ratio estimator with residuals whose variance grows with the value (Cochran, Sampling Techniques, 1977, ch. 6). */
function yardstickOf(peers: Sums): Yardstick | null {
  if (peers.customers < leastPeers || peers.before <= 0) return null;
  const ratio = peers.now / peers.before;
  const residuals = peers.nowSquared - 2 * ratio * peers.product + ratio * ratio * peers.beforeSquared;
  const spread =
    (Math.max(0, residuals) / peers.before) * (peers.customers / Math.max(1, peers.customers - 1));
  return { ratio, spread, before: peers.before };
}

const verdictOf = (difference: number, margin: number) =>
  difference - margin > 0 ? 'above' : difference + margin < 0 ? 'below' : 'no-difference';

const weighed = ({ cell, customers, before, now }: AppraisalCell) => ({
  cell,
  customers,
  clvBefore: before,
  clvNow: now,
});

/**
 * What became of the value that each person held, against customers alike whom others held: in the same tier, segment and stage
 * where there are enough of them, else in the same stage, else all. Nobody is his own yardstick.
 */
export function appraise(cells: readonly AppraisalCell[]): Judged[] {
  const holders = new Set(cells.flatMap(({ holderId }) => (holderId === null ? [] : [holderId])));
  const levels = [
    (cell: AppraisalCell) => `cell ${cell.cell}`,
    (cell: AppraisalCell) => `stage ${cell.stage}`,
    () => 'all',
  ];
  const all = levels.map((key) => sumsBy(cells, key));
  return [...holders].map((userId): Judged => {
    const own = cells.filter(({ holderId }) => holderId === userId);
    const ownSums = levels.map((key) => sumsBy(own, key));
    let expected = 0;
    let matched = 0;
    let isJudged = true;
    const groups: Weighed[] = [];
    let variance = 0;
    /** The own value that leans on one yardstick: its error is the same for all of it. */
    const leaning = new Map<string, { yardstick: Yardstick; before: number }>();
    for (const cell of own) {
      const found = levels
        .map((key, level) => {
          const peers = combine(
            all[level]?.get(key(cell)) ?? nothing,
            ownSums[level]?.get(key(cell)) ?? nothing,
            -1,
          );
          return { level, key: key(cell), peers, yardstick: yardstickOf(peers) };
        })
        .find(({ yardstick }) => yardstick !== null);
      if (found === undefined || found.yardstick === null) {
        isJudged = false;
        expected += cell.now;
        groups.push({ ...weighed(cell), clvExpected: null, against: null, peers: null });
        continue;
      }
      const { yardstick, level, key, peers } = found;
      groups.push({
        ...weighed(cell),
        clvExpected: yardstick.ratio * cell.before,
        against: widths[level] ?? 'all',
        peers: { customers: peers.customers, clvBefore: peers.before, clvNow: peers.now },
      });
      expected += yardstick.ratio * cell.before;
      variance += yardstick.spread * cell.before;
      if (level === 0) matched += cell.before;
      leaning.set(key, { yardstick, before: (leaning.get(key)?.before ?? 0) + cell.before });
    }
    for (const { yardstick, before } of leaning.values()) {
      variance += (yardstick.spread * before * before) / yardstick.before;
    }
    const { customers, before, now } = own.reduce<Sums>((sum, cell) => combine(sum, cell, 1), nothing);
    const difference = now - expected;
    const margin = normal95 * Math.sqrt(variance);
    return {
      userId,
      customers,
      clvBefore: before,
      clvNow: now,
      clvExpected: expected,
      clvDifference: difference,
      clvDifferenceLow: difference - margin,
      clvDifferenceHigh: difference + margin,
      verdict: isJudged ? verdictOf(difference, margin) : null,
      matchedShare: before > 0 ? matched / before : 0,
      groups,
    };
  });
}
