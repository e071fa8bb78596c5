import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findRunningPostgres } from '@kezi/postgres';
import { readConfig, startServer } from '@kezi/server';
import { LAKE_BUCKETS, openEngine, readRhythms, updateLake, withLake } from '@kezi/valuation';
import pg from 'pg';
import { fillRegister } from './register-data.js';
import { measurePages } from './warn-pages.js';

/*
 * A run of all detectors over a million customers with six million orders, and one after the orders of each day of a week, as
 * periods of spend end on some of them; and one on the day after, over which bills fall due and contracts come near. Floor, in
 * the same run: PostgreSQL counts the order days of every customer, which each detector of orders has to do at least. Goals:
 * everybody within 60 s, after a day within 5 s. Processor: of the program and of PostgreSQL, which say more than the clock on a
 * machine that has other work. What people open after the first run; with KEZI_BENCH=pages nothing else. Then every detector on
 * the past, and the rhythms of everybody, which stages are told by, in the lake.
 */

const count = Number(process.env['KEZI_BENCH_CUSTOMERS'] ?? 1_000_000);
const ordersEach = 6;
const lastDay = '2026-11-20';
const folder = mkdtempSync(join(tmpdir(), 'kezi-bench-warn-'));
const dataFolder = join(folder, 'data');
process.env['KEZI_LOG_LEVEL'] = 'warn';
const server = await startServer(readConfig({ dataFolder, port: 0 }));
const postgresFolder = join(dataFolder, 'postgres');
const lakeFolder = join(dataFolder, 'lake');
const running = await findRunningPostgres(postgresFolder);
if (!running) throw new Error('PostgreSQL of the data folder is not to be found.');
const database = new pg.Client({ connectionString: running.url.replace(/\/postgres$/, '/kezi') });
await database.connect();

let cookie = '';
let serial = 0;
async function call<Body>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<Body> {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      origin: server.url,
      cookie,
      'idempotency-key': `bench-of-warnings-${++serial}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  const cookies = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
  if (cookies.length > 0) cookie = cookies.join('; ');
  const text = await answer.text();
  return (text === '' ? null : JSON.parse(text)) as Body;
}

/** Seconds of processor of PostgreSQL: of its processes and of those that have ended. Ticks are hundredths. */
function processorOfPostgres(): number {
  const postmaster =
    readFileSync(join(postgresFolder, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0] ?? '';
  const stat = (pid: string): string[] => {
    try {
      const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
      return text.slice(text.lastIndexOf(')') + 2).split(' ');
    } catch {
      // Ended meanwhile, or a system without /proc: then the figure is of the program alone.
      return [];
    }
  };
  const sum = (fields: readonly string[], from: number, to: number) =>
    fields.slice(from, to).reduce((total, ticks) => total + Number(ticks), 0);
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const fields = stat(pid);
    if (pid === postmaster) ticks += sum(fields, 11, 15);
    else if (fields[1] === postmaster) ticks += sum(fields, 11, 13);
  }
  return ticks / 100;
}

interface Took {
  seconds: number;
  processor: number;
}

async function measured(work: () => Promise<unknown>): Promise<Took> {
  const own = process.cpuUsage();
  const others = processorOfPostgres();
  const began = performance.now();
  await work();
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(own);
  return { seconds, processor: (user + system) / 1e6 + processorOfPostgres() - others };
}

interface Count {
  raised: number;
  folded: number;
  looked: number | null;
  milliseconds: number;
}

async function runDetectors(path: string): Promise<Record<string, Count>> {
  const { jobId } = await call<{ jobId: number }>('POST', path);
  for (;;) {
    const job = await call<{ status: string; result: Record<string, Count> }>('GET', `/jobs/${jobId}`);
    if (job.status === 'done') return job.result;
    if (job.status === 'failed' || job.status === 'cancelled') throw new Error(JSON.stringify(job));
    await sleep(20);
  }
}

/** Until nothing is at work: what a run sets off (tasks, candidates) is not of the next one. */
async function untilQuiet(): Promise<void> {
  let rest = 0;
  while (rest < 5) {
    const { rowCount } = await database.query(
      `select from job where status in ('queued', 'running') limit 1`,
    );
    rest = rowCount === 0 ? rest + 1 : 0;
    await sleep(200);
  }
}

/** Orders of a customer over two years, in the order in which they were placed; a product in two of three. */
async function fillOrders(): Promise<void> {
  await database.query(
    `insert into product (product_no, name) select 'P' || n, 'P' || n from generate_series(1, 200) n`,
  );
  await database.query(
    `insert into customer_order (order_key, customer_id, ordered_on, currency, amount_minor,
       base_amount_minor, base_margin_minor, line_count, content_hash)
     select customer_id || '-' || k, customer_id,
       date '${lastDay}' - (hashint8(customer_id * 31 + k) & 65535) % 730, 'CNY', amount, amount, amount / 4, 1, 'h'
     from customer, generate_series(1, ${ordersEach}) k,
       lateral (select 1000 + (hashint8(customer_id * 17 + k) & 65535) as amount) a
     order by 3`,
  );
  await database.query(
    `insert into order_line (order_id, line_no, customer_id, product_id, quantity, amount_minor,
       base_amount_minor, base_margin_minor)
     select order_id, 1, customer_id, 1 + customer_id % 200, 1, amount_minor, base_amount_minor,
       base_margin_minor from customer_order where order_id % 3 > 0`,
  );
}

/** Two runs with a score of everybody, a talk with every fifth, a bill for every tenth, a contract for every twentieth. */
async function fillRecords(): Promise<void> {
  for (const fall of [0, 0.15]) {
    await database.query(
      `with run as (insert into valuation_run (status, as_of, options, created_by, published_at)
         select 'published', '${lastDay}', '{}', min(id), now() + '${fall} s' from app_user returning valuation_run_id)
       insert into customer_score (valuation_run_id, customer_id, owner_id, team_id, last_order_on, orders,
         frequency, recency, age, monetary_value, p_alive, expected_orders, expected_spend, clv, clv_low, clv_high, clv_sd)
       select (select valuation_run_id from run), customer_id, owner_id, team_id, last_order_on, orders, orders, 1, 1,
         monetary_value, greatest(0, p_alive - ${fall} * (customer_id % 3)), expected_orders, monetary_value, clv, clv_low,
         clv_high, 1
       from register_entry where clv is not null`,
    );
  }
  await database.query(
    `insert into interaction (customer_id, kind, happened_at, summary)
     select customer_id, 'call', date '${lastDay}' - before - (customer_id % 90)::int, 'x'
     from customer, unnest(array[0, 200]) before where customer_id % 5 = 0`,
  );
  await database.query(
    `insert into contact (customer_id, name, decision_role, left_on, created_at)
     select customer_id, 'x', case when customer_id % 4 = 0 then 'decider' else 'user' end,
       case when customer_id % 50 = 0 then date '${lastDay}' - (hashint8(customer_id) & 511) end, date '${lastDay}' - 730
     from customer where customer_id % 2 = 0`,
  );
  await database.query(
    `insert into customer_note (customer_id, kind, title, status, noted_on)
     select customer_id, 'competitor', 'x', 'present', date '${lastDay}' - (hashint8(customer_id) & 511)
     from customer where customer_id % 40 = 0`,
  );
  await database.query(
    `insert into receivable (customer_id, owner_id, team_id, title, due_on, currency, amount_minor)
     select customer_id, owner_id, team_id, 'x', current_date - before - (customer_id % 60)::int + 30, 'CNY', 100000
     from customer, unnest(array[0, 200]) before where customer_id % 10 = 0`,
  );
  await database.query(
    `insert into contract (customer_id, owner_id, team_id, contract_no, title, starts_on, ends_on, currency)
     select customer_id, owner_id, team_id, customer_id, 'x', current_date - 700, current_date - 335 + (customer_id % 700)::int, 'CNY'
     from customer where customer_id % 20 = 0`,
  );
  for (const table of [
    'customer_order',
    'order_line',
    'customer_score',
    'interaction',
    'contact',
    'customer_note',
    'receivable',
    'contract',
  ]) {
    await database.query(`vacuum analyze ${table}`);
  }
}

/** As many orders as a day has, of customers here and there, as an import leaves them. */
async function ordersOfADay(after: number): Promise<number> {
  const { rowCount } = await database.query(
    `with placed as (
       insert into customer_order (order_key, customer_id, ordered_on, currency, amount_minor,
         base_amount_minor, base_margin_minor, line_count, content_hash)
       select 'day-${after}-' || customer_id, customer_id, date '${lastDay}' + ${after}, 'CNY', 5000, 5000, 1250, 1, 'h'
       from customer where hashint8(customer_id + ${after}) % ${Math.round(730 / ordersEach)} = 0 returning customer_id)
     insert into lake_dirty_customer (customer_id) select customer_id from placed`,
  );
  return rowCount ?? 0;
}

/** A day passes for what waits by the calendar: looks are as if they had been made a day before. */
async function dayPasses(): Promise<void> {
  await database.query(
    `update warning_look set wake_on = wake_on - 1
     where detector_id in ('payment-late', 'contract-ending', 'service-late', 'credit-exceeded') and wake_on is not null`,
  );
}

/** The orders of two years as the lake keeps them: back-tests of detectors that ask it, and rhythms. */
async function fillLake(): Promise<void> {
  const day = Date.parse(lastDay) / 86_400_000;
  const engine = await openEngine({ tempFolder: folder, memoryMb: 640, threads: 2 });
  const query = `SELECT CAST(c + 1 AS VARCHAR) AS customer_id, CAST(${day} - hash(c * 31 + o) % 730 AS INTEGER) AS day,
      CAST(1000 + hash(c * 17 + o) % 90000 AS BIGINT) AS amount_minor, CAST(c % ${LAKE_BUCKETS} AS INTEGER) AS bucket
    FROM range(${count}) AS t(c), range(${ordersEach}) AS u(o)`;
  await mkdir(lakeFolder, { recursive: true });
  await updateLake(engine, lakeFolder, { query, expectedLines: count * ordersEach, buckets: 'all' });
  engine.close();
}

async function rhythmsOfEverybody(): Promise<Took> {
  const day = Date.parse(lastDay) / 86_400_000;
  return measured(() =>
    withLake({ folder: lakeFolder, workFolder: folder }, (opened, lake) =>
      readRhythms(
        opened,
        lake,
        { asOfDay: day, graceDays: 14, firstPatienceDays: 90, dormantTimes: 2 },
        async () => undefined,
      ),
    ),
  );
}

try {
  const password = 'seven green lamps by the river';
  const person = { name: 'bench', email: 'bench@example.com', password };
  await call('POST', '/setup', { ...person, organisationName: 'Bench' });
  await fillRegister(database, count);
  await fillOrders();
  await fillRecords();
  const { items } = await call<{ items: { detectorId: string; isBacktestable: boolean }[] }>(
    'GET',
    '/detectors',
  );
  for (const { detectorId } of items) {
    await call('PATCH', `/detectors/${detectorId}`, { isOn: true, confirmed: true, rowVersion: 0 });
  }
  const floor = await measured(() =>
    database.query(
      'select count(*) from (select customer_id, count(distinct ordered_on) from customer_order group by 1) d',
    ),
  );
  const line = (name: string, { seconds, processor }: Took, note = ''): string =>
    `${name.padEnd(28)} ${seconds.toFixed(1).padStart(6)} s  processor ${processor.toFixed(1).padStart(6)} s ${(processor / floor.processor).toFixed(2).padStart(6)} x  ${note}\n`;
  process.stdout.write(`${count} customers, ${count * ordersEach} orders\n${line('floor', floor)}`);
  const run = async (name: string, path: string): Promise<void> => {
    let counts: Record<string, Count> = {};
    await untilQuiet();
    const took = await measured(async () => (counts = await runDetectors(path)));
    process.stdout.write(line(name, took));
    for (const [id, { raised, folded, looked, milliseconds }] of Object.entries(counts)) {
      const whom = looked === null ? 'everybody' : `${looked} customers`;
      process.stdout.write(
        `  ${id.padEnd(20)} ${(milliseconds / 1000).toFixed(2).padStart(6)} s  looked at ${whom}, raised ${raised}, summed up ${folded}\n`,
      );
    }
  };
  await run('everybody', '/warnings/runs?everybody=true');
  await untilQuiet();
  process.stdout.write(await measurePages({ url: server.url, database, cookie, lastDay }));
  if (process.env['KEZI_BENCH'] !== 'pages') {
    await run('nothing new', '/warnings/runs');
    for (let after = 1; after <= 7; after++) {
      const marked = await ordersOfADay(after);
      const weekday = new Date(Date.parse(lastDay) + after * 86_400_000).toUTCString().slice(0, 3);
      await run(`after ${marked} orders, ${weekday}`, '/warnings/runs');
    }
    await dayPasses();
    await run('a day of the calendar', '/warnings/runs');
    await fillLake();
    for (const { detectorId, isBacktestable } of items) {
      if (!isBacktestable) continue;
      let said = '';
      const took = await measured(async () => {
        const report = await call<{ looks: number; customers: number }>(
          'GET',
          `/detectors/${detectorId}/backtest`,
        );
        said = `${report.looks} looks at ${report.customers} customers`;
      }).catch((error: unknown) => ((said = String(error)), { seconds: 0, processor: 0 }));
      process.stdout.write(line(`past: ${detectorId}`, took, said));
    }
    process.stdout.write(line('rhythms of everybody', await rhythmsOfEverybody()));
  }
} finally {
  await database.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
