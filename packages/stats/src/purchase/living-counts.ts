import { TWELVE_POINTS } from '../special/gauss-legendre.js';
import type { CustomerModel } from './customer-models.js';
import { paretoProcess, type ParetoProcess } from './pareto-nbd.js';
import { regularProcess, type RegularProcess } from './regular-process.js';
import { countMoments, type CountMoments } from './residual-process.js';

/** Models whose count distribution is walked here; those of purchase-model.ts have a faster way of their own. */
export type OtherModel = Extract<CustomerModel, { name: 'pareto-nbd' | 'bg-cnbd-k' | 'mbg-cnbd-k' }>;

/** The number of orders of a customer within a horizon, given that he is alive now. */
interface LivingCounts {
  pAlive: number;
  moments: CountMoments;
  /** ln P(no order), or a little less. */
  lnNone: number;
  /** P(at least n orders) for n = 1, 2, 3 ...: each call steps on by one. */
  nextTail: () => number;
  /** P(an order by a time from now). */
  orderedBy: (time: number) => number;
  /** Unit of time in which waits are looked for. */
  unit: number;
}

/** Negative binomial probabilities of 0, 1, 2 ... events in a time, one after the other. */
interface Walk {
  weight: number;
  shape: number;
  z: number;
  /** P(exactly n) and P(more than n) of the n that was reached. */
  exactly: number;
  more: number;
}

function startWalk(weight: number, shape: number, rate: number, time: number): Walk {
  const lnNone = -shape * Math.log1p(time / rate);
  return { weight, shape, z: time / (rate + time), exactly: Math.exp(lnNone), more: -Math.expm1(lnNone) };
}

/** From P(n - 1) and P(> n - 1) to P(n) and P(> n). */
function step(walk: Walk, n: number): void {
  walk.exactly *= ((walk.shape + n - 1) / n) * walk.z;
  walk.more = Math.max(0, walk.more - walk.exactly);
}

/**
 * Times for which a living Pareto customer stays within the horizon, with their probabilities: twelve points over the
 * distribution of his leaving, and the horizon itself. Relative error of tails below 1e-6 while few of a hundred stay, and better otherwise.
 */
function staysOf({ dropShape, dropRate }: ParetoProcess, horizon: number): [time: number, chance: number][] {
  const lnStay = -dropShape * Math.log1p(horizon / dropRate);
  const leave = -Math.expm1(lnStay);
  const stays = TWELVE_POINTS.map(([node, weight]): [number, number] => [
    Math.min(horizon, dropRate * Math.expm1(-Math.log1p(-node * leave) / dropShape)),
    weight * leave,
  ]);
  stays.push([horizon, Math.exp(lnStay)]);
  return stays;
}

function livingPareto(process: ParetoProcess, horizon: number): LivingCounts {
  const { pAlive, shape, rate } = process;
  const stays = staysOf(process, horizon);
  const walks = stays.map(([time, chance]) => startWalk(chance, shape, rate, time));
  const sum = (of: (time: number) => number): number =>
    stays.reduce((total, [time, chance]) => total + chance * of(time), 0);
  let n = 0;
  return {
    pAlive,
    moments: {
      first: sum((time) => (shape * time) / rate),
      second: sum((time) => shape * (shape + 1) * (time / rate) ** 2),
    },
    lnNone: Math.log(sum((time) => Math.exp(-shape * Math.log1p(time / rate)))),
    nextTail: () => {
      if (n++ > 0) for (const walk of walks) step(walk, n - 1);
      return walks.reduce((total, { weight, more }) => total + weight * more, 0);
    },
    orderedBy: (time) =>
      staysOf(process, time).reduce(
        (total, [stay, chance]) => total - chance * Math.expm1(-shape * Math.log1p(stay / rate)),
        0,
      ),
    unit: rate / (1 + shape),
  };
}

/** P(at least k - j of the phases in the time), summed over the phases j a living customer has behind him. */
function regularOrderedBy({ k, phases, shape, rate }: RegularProcess, time: number): number {
  let none = 0;
  const z = time / (rate + time);
  for (let j = 0; j < k; j++) {
    let probability = Math.exp(-(shape + j) * Math.log1p(time / rate));
    let below = probability;
    for (let i = 1; i < k - j; i++) {
      probability *= ((shape + j + i - 1) / i) * z;
      below += probability;
    }
    none += phases[j]! * below;
  }
  return Math.max(0, 1 - none);
}

/** Below this e^x comes near the smallest double, and a walk upwards from none would begin with nothing. */
const TOO_SMALL = -600;
/** Expected phases beyond which a walk is not worth its time. */
const MOST_STEPS = 5000;

/** E[K] and E[K (K - 1)] as sums over P(K >= n). */
function momentsOf(nextTail: () => number): CountMoments {
  const moments = { first: 0, second: 0 };
  let tail = 1;
  for (let n = 1; tail > 1e-13; n++) {
    tail = nextTail();
    moments.first += tail;
    moments.second += 2 * (n - 1) * tail;
  }
  return moments;
}

/**
 * P(K >= n) = B(a, b+n-1)/B(a, b) x sum over j of phases[j] P(at least nk - j phases).
 */
function livingRegular(process: RegularProcess, horizon: number): LivingCounts {
  const { pAlive, k, phases, shape, rate, a, b } = process;
  const tailWalk = (): (() => number) => {
    const walks = Array.from(phases, (chance, j) => startWalk(chance, shape + j, rate, horizon));
    let n = 0;
    let survival = 1;
    return () => {
      n++;
      if (n > 1) survival *= (b + n - 2) / (a + b + n - 2);
      let tail = 0;
      walks.forEach((walk, j) => {
        // more = P(> nk - j - 1): the walk stands at nk - j - 1.
        const from = n === 1 ? 1 : (n - 1) * k - j;
        for (let i = from; i <= n * k - j - 1; i++) step(walk, i);
        tail += walk.weight * walk.more;
      });
      return survival * tail;
    };
  };
  const lnNone = -shape * Math.log1p(horizon / rate);
  const isLong = lnNone < TOO_SMALL || shape * horizon > MOST_STEPS * rate;
  return {
    pAlive,
    // Where very many orders come, that they come more evenly than chance no longer matters.
    moments: isLong ? countMoments({ pAlive, shape, rate: rate * k, a, b }, horizon) : momentsOf(tailWalk()),
    lnNone,
    nextTail: tailWalk(),
    orderedBy: (time) => regularOrderedBy(process, time),
    unit: rate / (1 + shape),
  };
}

/** The counts of a customer with history (x, tx, T) under one of these models. RangeError for an impossible history. */
export function livingCounts(
  model: OtherModel,
  x: number,
  tx: number,
  T: number,
  horizon: number,
): LivingCounts {
  if (model.name === 'pareto-nbd') return livingPareto(paretoProcess(model.parameters, x, tx, T), horizon);
  const shift = model.name === 'bg-cnbd-k' ? 0 : 1;
  return livingRegular(regularProcess(model.parameters, shift, x, tx, T), horizon);
}

/** Beyond e^60 units of time nobody waits. */
const LONGEST = 60;
const HALVINGS = 48;

/** Time by which a share `level` of customers like him, alive now, have ordered; Infinity where that many never do. */
export function waitQuantile({ orderedBy, unit }: LivingCounts, level: number): number {
  let [low, high] = [0, 1];
  while (orderedBy(unit * Math.expm1(high)) < level) {
    low = high;
    high *= 2;
    if (high > LONGEST) return Number.POSITIVE_INFINITY;
  }
  for (let i = 0; i < HALVINGS && high - low > 1e-9 * high; i++) {
    const middle = (low + high) / 2;
    if (orderedBy(unit * Math.expm1(middle)) < level) low = middle;
    else high = middle;
  }
  return unit * Math.expm1((low + high) / 2);
}
