import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/*
 * `kezi value` from a CSV of orders to a CSV of scores, against the floor: DuckDB alone reading the same file and
 * grouping it by customer, in the same run, both as processes of their own. Goals: at most 2.0 times the floor and
 * 1.5 GB at 1 million customers and 20 million orders; time linear in the orders, memory not growing with them.
 *
 * Quick (default): 50,000 customers with 1 million orders, and four times that. `--full`, or KEZI_BENCH=full: 1 million
 * with 20 million, and half of it. `--growth`, or KEZI_BENCH=growth: 1, 10, 20 and 100 million orders of at most a million
 * customers, once each; the file of the last has 3.7 GB.
 */

const isFull = process.argv.includes('--full') || process.env['KEZI_BENCH'] === 'full';
const isGrowth = process.argv.includes('--growth') || process.env['KEZI_BENCH'] === 'growth';
const rounds = isGrowth ? 1 : isFull ? 2 : 3;
const goals = { ratio: 2, peakMb: 1500 };
const folder = resolve(import.meta.dirname, '../.cache/bench');
const kezi = resolve(import.meta.dirname, '../apps/cli/bin/kezi.js');
mkdirSync(folder, { recursive: true });

/**
 * Orders of a company whose customers differ in rate, time and size: rates exponential, a quarter leaves within a year,
 * three years of orders in random order. Made once; every figure follows from the row's number.
 */
async function ordersFile(customers: number, orders: number): Promise<string> {
  const path = resolve(folder, `orders-${customers}-${orders}.csv`);
  if (existsSync(path)) return path;
  process.stdout.write(`making ${path}\n`);
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: '3GB',
    temp_directory: `${path}.tmp`,
  });
  const connection = await instance.connect();
  const uniform = (stream: number): string =>
    `((hash(i * 16 + ${stream}) >> 11)::DOUBLE / 9007199254740992.0)`;
  await connection.run(
    `CREATE TABLE customer AS SELECT *, least(life, 1095 - born) AS active FROM (SELECT i, floor(${uniform(1)} * 730)::INT AS born, -ln(1 - ${uniform(2)}) AS rate, -ln(1 - ${uniform(3)}) * 900 AS life, exp(3 + ${uniform(4)} * 2) AS spend FROM range(${customers}) AS t(i))`,
  );
  const [[total]] = (await (await connection.run('SELECT sum(rate * active) FROM customer')).getRows()) as [
    [number],
  ];
  const repeat = `1 + floor(rate * active * ${(orders - customers) / total} + ${uniform(9)})::INT`;
  await connection.run(
    `COPY (SELECT 'S' || (hash(i, j) % 1000000000) AS order_id, 'K' || lpad(i::VARCHAR, 7, '0') AS customer_id,
      DATE '2021-01-01' + (born + floor(CASE WHEN j = 0 THEN 0 ELSE active * ((hash(j * 1000003 + i) >> 11)::DOUBLE / 9007199254740992.0) END)::INT) AS order_date,
      round(spend * (0.3 + 1.4 * ((hash(i * 1000003 + j * 7) >> 11)::DOUBLE / 9007199254740992.0)), 2)::DECIMAL(12, 2) AS amount
      FROM (SELECT *, unnest(range(${repeat})) AS j FROM customer) ORDER BY hash(i, j)) TO '${path}.new' (FORMAT csv, HEADER true)`,
  );
  connection.closeSync();
  instance.closeSync();
  renameSync(`${path}.new`, path);
  rmSync(`${path}.tmp`, { recursive: true, force: true });
  return path;
}

interface Usage {
  wall: number;
  cpu: number;
  peakMb: number;
  answer: string;
}

/** On exit a child says on its fourth channel what it took. */
const usageHook = `data:text/javascript,${encodeURIComponent(
  "import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,JSON.stringify(process.resourceUsage())))",
)}`;

/** Runs a Node program of its own. Exit code 3 (done with rejected rows) is fine. */
function measure(args: readonly string[]): Promise<Usage> {
  return new Promise((done, fail) => {
    const start = performance.now();
    const child = spawn(process.execPath, ['--import', usageHook, ...args], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    const texts = ['', '', '', ''];
    for (const channel of [1, 2, 3]) {
      child.stdio[channel]!.on('data', (piece: Buffer) => (texts[channel] += piece.toString()));
    }
    child.on('error', fail);
    child.on('close', (code) => {
      const wall = (performance.now() - start) / 1000;
      if (code !== 0 && code !== 3) return fail(new Error(`exit ${code}: ${texts[2]}`));
      const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(texts[3]!) as NodeJS.ResourceUsage;
      return done({
        wall,
        cpu: (userCPUTime + systemCPUTime) / 1e6,
        peakMb: maxRSS / 1024,
        answer: texts[1]!,
      });
    });
  });
}

const floorProgram = (path: string): string => `
  import { DuckDBInstance } from '@duckdb/node-api';
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  await connection.run(\`CREATE TABLE f AS SELECT customer_id, count(*), min(order_date), max(order_date), sum(amount) FROM read_csv('${path}') GROUP BY customer_id\`);`;

const best = (usages: readonly Usage[], pick: (usage: Usage) => number): number =>
  Math.min(...usages.map(pick));
const fixed = (value: number): string => value.toFixed(2).padStart(8);

interface Result {
  orders: number;
  wall: number;
  peakMb: number;
}

async function compare(customers: number, orders: number): Promise<Result> {
  const path = await ordersFile(customers, orders);
  const out = resolve(folder, 'scores.csv');
  const floors: Usage[] = [];
  const values: Usage[] = [];
  // In turn, so that a busy moment of the machine hits both.
  for (let round = 0; round < rounds; round++) {
    floors.push(await measure(['--input-type=module', '-e', floorProgram(path)]));
    values.push(await measure([kezi, 'value', path, '--out', out]));
  }
  const report = JSON.parse(values[0]!.answer) as { seconds: Record<string, number>; triples: number };
  const floor = {
    wall: best(floors, (u) => u.wall),
    cpu: best(floors, (u) => u.cpu),
    peakMb: best(floors, (u) => u.peakMb),
  };
  const value = {
    wall: best(values, (u) => u.wall),
    cpu: best(values, (u) => u.cpu),
    peakMb: best(values, (u) => u.peakMb),
  };
  const verdict = (held: boolean): string => (held ? 'held' : 'missed');
  process.stdout.write(
    [
      `${customers} customers, ${orders} orders, ${report.triples} triples (best of ${rounds})`,
      `             wall s    cpu s  peak MB`,
      `  floor    ${fixed(floor.wall)} ${fixed(floor.cpu)} ${fixed(floor.peakMb)}`,
      `  kezi     ${fixed(value.wall)} ${fixed(value.cpu)} ${fixed(value.peakMb)}   ${JSON.stringify(report.seconds)}`,
      `  ratio    ${fixed(value.wall / floor.wall)} ${fixed(value.cpu / floor.cpu)}            goal ${goals.ratio}: ${verdict(value.wall / floor.wall <= goals.ratio)}; ${goals.peakMb} MB: ${verdict(value.peakMb <= goals.peakMb)}`,
      '',
    ].join('\n'),
  );
  rmSync(out, { force: true });
  return { orders, wall: value.wall, peakMb: value.peakMb };
}

/** Customers and orders. */
function sizesOf(): [number, number][] {
  // Twenty orders a customer up to a million customers: a company grows in both, and then its customers go on buying.
  if (isGrowth)
    return [1, 10, 20, 100].map((millions) => [Math.min(1_000_000, millions * 50_000), millions * 1_000_000]);
  if (isFull)
    return [
      [500_000, 10_000_000],
      [1_000_000, 20_000_000],
    ];
  return [
    [50_000, 1_000_000],
    [200_000, 4_000_000],
  ];
}

let before: Result | undefined;
for (const [customers, orders] of sizesOf()) {
  const result = await compare(customers, orders);
  if (before) {
    const times = (pick: (of: Result) => number): string => (pick(result) / pick(before!)).toFixed(2);
    process.stdout.write(
      `growth: ${times((of) => of.orders)} x the orders take ${times((of) => of.wall)} x the time and ${times((of) => of.peakMb)} x the memory\n`,
    );
  }
  before = result;
}
