import { fitBoostedTrees, predictBoostedTrees, randomFrom } from '@kezi/stats';
import { drawOnThreads, histogramsOn, openThreads, scoreOnThreads, type Threads } from '@kezi/valuation';

/*
 * One thread is the floor of two: every figure is a ratio within the same run. KEZI_BENCH_ROWS takes fewer rows than the
 * million of the promise, for a first look.
 */
const rows = Number(process.env['KEZI_BENCH_ROWS'] ?? 1_000_000);
const random = randomFrom(1);

async function seconds(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function compare(name: string, work: (threads: Threads) => unknown): Promise<void> {
  const one = await openThreads(1);
  const two = await openThreads(2);
  const alone = await seconds(() => work(one));
  const together = await seconds(() => work(two));
  await two.close();
  console.log(
    `${name}: two threads ${(alone / together).toFixed(2)} x one (${together.toFixed(1)} s, one ${alone.toFixed(1)} s)`,
  );
}

/** Columns of numbers, of which four and a product of two say something. */
const columns = Array.from({ length: 40 }, () => Float64Array.from({ length: rows }, () => random.uniform()));
const [a, b, c, d] = columns as [Float64Array, Float64Array, Float64Array, Float64Array];
const label = Float64Array.from({ length: rows }, (_, i) =>
  Number(random.uniform() < 1 / (1 + Math.exp(1 - 3 * a[i]! + 2 * b[i]! * c[i]! - d[i]!))),
);
const table = { names: columns.map((_, j) => `x${j}`), columns };
const bytes = new Set<string>();
await compare(`boosted trees, ${rows} rows x 40 columns x 200 trees of depth 6`, (threads) => {
  const { model } = fitBoostedTrees(table, label, { trees: 200, depth: 6, engine: histogramsOn(threads) });
  bytes.add(JSON.stringify(model));
  const fresh = { ...table, columns: columns.map((column) => column.subarray(0, 1000)) };
  if (predictBoostedTrees(model, fresh).some(Number.isNaN)) throw new Error('the trees went wrong');
});
if (bytes.size !== 1) throw new Error('one thread and two grew different trees');

/** Histories over three years of days; recency anywhere within. */
const size = Math.ceil(rows / 10);
const customers = {
  frequency: Float64Array.from({ length: size }, () => Math.floor(12 * random.uniform() ** 3)),
  recency: new Float64Array(size),
  age: Float64Array.from({ length: size }, () => Math.ceil(1 + 1094 * random.uniform())),
};
for (let i = 0; i < size; i++)
  customers.recency[i] = customers.frequency[i] === 0 ? 0 : Math.ceil(customers.age[i]! * random.uniform());
const model = { name: 'bg-nbd' as const, parameters: { r: 0.8, alpha: 60, a: 0.9, b: 6 } };
const rate = Math.log(1.1) / 365.25;

await compare(`scores of ${size} triples: P(alive), orders, discounting, intervals`, (threads) =>
  scoreOnThreads(threads, model, customers, {
    horizon: 365,
    discountPerUnit: rate,
    spend: { name: 'gamma-gamma', parameters: { p: 6, q: 3.7, v: 15 } },
  }),
);
await compare(`P(alive), orders, DERT and 100 posterior draws of ${size} customers`, (threads) =>
  drawOnThreads(threads, model, customers, { horizon: 365, discount: rate, draws: 100, seed: 1 }),
);
