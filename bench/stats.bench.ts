import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  fitBgNbd,
  fitMbgNbd,
  fitParetoNbd,
  randomFrom,
  drawBeta,
  drawGamma,
  scorePurchases,
  type PurchaseSummary,
} from '@kezi/stats';
import { cdnowFile } from './fit-cold.js';

/*
 * Floor: one bare pass of exp and log over the triples, which any evaluation of the likelihood must make. Every figure
 * is a ratio to it in the same run; medians of three.
 */

const milliseconds = (work: () => unknown): number => {
  const times = [0, 1, 2].map(() => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[1]!;
};

/** Customers of the BG/NBD story over three years of days: nearly every row is a triple of its own. */
function customers(count: number, seed: number): PurchaseSummary {
  const random = randomFrom(seed);
  const summary = {
    frequency: new Float64Array(count),
    recency: new Float64Array(count),
    age: new Float64Array(count),
  };
  for (let i = 0; i < count; i++) {
    const age = Math.ceil((0.1 + 0.9 * random.uniform()) * 1095);
    const rate = drawGamma(random, 0.8, 60);
    const dropout = drawBeta(random, 0.9, 6);
    let now = 0;
    do {
      now -= Math.log(random.uniform()) / rate;
      const day = Math.ceil(now);
      if (day > age) break;
      if (day === summary.recency[i]) continue;
      summary.frequency[i]!++;
      summary.recency[i] = day;
    } while (random.uniform() >= dropout);
    summary.age[i] = age;
  }
  return summary;
}

function floorOf(summary: PurchaseSummary): number {
  let sink = 0;
  const time = milliseconds(() => {
    for (let i = 0; i < summary.age.length; i++)
      sink += Math.log(1 + Math.exp(-summary.recency[i]! / (1 + summary.age[i]!)));
  });
  if (!Number.isFinite(sink)) throw new Error('the floor went wrong');
  return time;
}

function report(name: string, time: number, floor: number): void {
  console.log(
    `${name}: ${(time / floor).toFixed(1)} x floor (${time.toFixed(1)} ms, floor ${floor.toFixed(1)} ms)`,
  );
}

/** What a fit costs without tables, bins and metric: every term of every row, and a numeric gradient. */
function plainEvaluation({ frequency, recency, age }: PurchaseSummary, point: Float64Array): number {
  const [r, alpha, a, b] = Array.from(point, Math.exp) as [number, number, number, number];
  let sum = 0;
  for (let i = 0; i < age.length; i++) {
    const [x, tx, T] = [frequency[i]!, recency[i]!, age[i]!];
    const alive = -(r + x) * Math.log(alpha + T);
    const dead = x === 0 ? -Infinity : Math.log(a / (b + x - 1)) - (r + x) * Math.log(alpha + tx);
    sum +=
      Math.log(Math.exp(alive - alive) + Math.exp(Math.min(700, dead - alive))) + alive + r * Math.log(alpha);
  }
  return sum;
}

/** Customers as distinct triples with their number, as a valuation counts them. */
function triplesOf({ frequency, recency, age }: PurchaseSummary): PurchaseSummary {
  const base = 1096;
  const keys = Float64Array.from(age, (t, i) => (frequency[i]! * base + recency[i]!) * base + t).sort();
  const distinct = keys.filter((key, i) => i === 0 || key !== keys[i - 1]);
  const weight = new Float64Array(distinct.length);
  let at = -1;
  keys.forEach((key, i) => {
    if (i === 0 || key !== keys[i - 1]) at++;
    weight[at]!++;
  });
  return {
    frequency: distinct.map((key) => Math.floor(key / base / base)),
    recency: distinct.map((key) => Math.floor(key / base) % base),
    age: distinct.map((key) => key % base),
    weight,
  };
}

/** Processor time of a fit of the CDNOW sample in a process that has fitted nothing yet; median of five, milliseconds. */
function coldFit(what: string): number {
  const script = fileURLToPath(new URL('fit-cold.ts', import.meta.url));
  const times = Array.from({ length: 5 }, () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', 'tsx', script, what]);
    if (status !== 0) throw new Error(stderr.toString());
    return Number(stdout.toString());
  });
  return times.sort((a, b) => a - b)[2]!;
}

if (existsSync(cdnowFile)) {
  // What an analyst would write first: the likelihood as printed in the paper, by Nelder and Mead.
  const plain = coldFit('plain');
  for (const [name, goal] of [
    ['bg-nbd', 15],
    ['pareto-nbd', 150],
  ] as const) {
    const time = coldFit(name);
    console.log(
      `CDNOW, ${name} from cold: ${(time / plain).toFixed(2)} x BG/NBD by Nelder-Mead (${time.toFixed(0)} ms of processor, goal ${goal}; by Nelder-Mead ${plain.toFixed(0)} ms)`,
    );
  }
}

const first = customers(1000, 1);
const coldStarted = performance.now();
fitBgNbd(first);
report('BG/NBD, 1,000 triples, first fit of the process', performance.now() - coldStarted, floorOf(first));
for (let i = 0; i < 20; i++) fitBgNbd(first);
report(
  'BG/NBD, 1,000 triples, warm',
  milliseconds(() => fitBgNbd(first)),
  floorOf(first),
);
const paretoStarted = performance.now();
fitParetoNbd(first);
report('Pareto/NBD, 1,000 triples, first fit', performance.now() - paretoStarted, floorOf(first));
report(
  'Pareto/NBD, 1,000 triples, warm',
  milliseconds(() => fitParetoNbd(first)),
  floorOf(first),
);

const many = triplesOf(customers(1_000_000, 2));
console.log(`1M customers are ${many.age.length} triples of days`);
const floor = floorOf(many);
report(
  'BG/NBD, 1M customers by day, with standard errors',
  milliseconds(() => fitBgNbd(many)),
  floor,
);
report(
  'MBG/NBD, 1M customers by day, with standard errors',
  milliseconds(() => fitMbgNbd(many)),
  floor,
);
report(
  'one plain evaluation without tables, for measure',
  milliseconds(() => plainEvaluation(many, Float64Array.of(0, 4, 0, 2))),
  floor,
);

const some = customers(140_000, 3);
const { parameters } = fitBgNbd(some);
report(
  'scores of 140,000 triples: P(alive), orders, discounting, intervals',
  milliseconds(() =>
    scorePurchases({ name: 'bg-nbd', parameters }, some, {
      horizon: 365,
      discountPerUnit: Math.log(1.1) / 365.25,
      spend: { name: 'gamma-gamma', parameters: { p: 6, q: 3.7, v: 15 } },
    }),
  ),
  floorOf(some),
);

// Ten times the customers: at most 6 x, for many of them share a triple.
const tenfold = triplesOf(customers(10_000_000, 4));
const million = milliseconds(() => fitBgNbd(many));
const ten = milliseconds(() => fitBgNbd(tenfold));
console.log(
  `BG/NBD with standard errors, 10M customers by day (${tenfold.age.length} triples): ${(ten / million).toFixed(1)} x 1M (${ten.toFixed(0)} ms; goal 6 x)`,
);
