import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findRunningPostgres } from '@kezi/postgres';
import { readConfig, startServer } from '@kezi/server';
import pg from 'pg';
import { fillRegister } from './register-data.js';

/*
 * Segments of a million customers over HTTP, by somebody who sees all: how many a rule finds and what they are worth (goal:
 * within 1 s), and a grading of all of them by a policy with the usual indicators (goal: within 30 s). The floor of both, in
 * the same run: PostgreSQL adds up one column of the register.
 */

const count = Number(process.env['KEZI_BENCH_CUSTOMERS'] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'kezi-bench-segments-'));
process.env['KEZI_LOG_LEVEL'] = 'warn';
const server = await startServer(readConfig({ dataFolder: join(folder, 'data'), port: 0 }));
const running = await findRunningPostgres(join(folder, 'data', 'postgres'));
if (!running) throw new Error('PostgreSQL of the data folder is not to be found.');
const database = new pg.Client({ connectionString: running.url.replace(/\/postgres$/, '/kezi') });
await database.connect();

let cookie = '';
let serial = 0;
async function call<Body>(method: 'GET' | 'POST', path: string, body?: object): Promise<Body> {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      origin: server.url,
      cookie,
      'idempotency-key': `bench-of-segments-${++serial}`,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  const cookies = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
  if (cookies.length > 0) cookie = cookies.join('; ');
  const text = await answer.text();
  return (text === '' ? null : JSON.parse(text)) as Body;
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

const median = (times: readonly number[]) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

async function times(work: () => Promise<unknown>, turns = 5): Promise<number> {
  const found = [];
  for (let turn = 0; turn < turns; turn++) found.push(await seconds(work));
  return median(found);
}

/** Two orders a customer within the last year, tags on every seventh, and a published run with a score of everybody. */
async function fillRecords(): Promise<void> {
  await database.query(
    `insert into customer_order (order_key, customer_id, owner_id, team_id, ordered_on, currency, amount_minor,
       base_amount_minor, line_count, content_hash)
     select customer_id || '-' || k, customer_id, owner_id, team_id,
       date '2026-11-20' - ((customer_id * (37 + k)) % 360)::int, 'CNY', 1000 + customer_id % 90000,
       1000 + customer_id % 90000, 1, 'h'
     from customer, generate_series(1, 2) k`,
  );
  await database.query(
    `insert into customer_tag (tag, customer_id, owner_id, team_id)
     select 'bench', customer_id, owner_id, team_id from customer where customer_id % 7 = 0`,
  );
  await database.query(
    `insert into valuation_run (status, as_of, options, created_by, published_at)
     select 'published', '2026-11-20', '{}', min(id), now() from app_user`,
  );
  await database.query(
    `insert into customer_score (valuation_run_id, customer_id, owner_id, team_id, first_order_on, last_order_on, orders,
       frequency, recency, age, monetary_value, p_alive, expected_orders, expected_spend, clv, clv_low, clv_high, clv_sd,
       rfm_segment)
     select (select max(valuation_run_id) from valuation_run), customer_id, owner_id, team_id, '2025-01-01', last_order_on,
       orders, orders, 1, 1, monetary_value, p_alive, expected_orders, monetary_value, clv, clv_low, clv_high, 1, rfm_segment
     from register_entry where clv is not null`,
  );
  await database.query(`update register_entry set spend_minor = orders * 100000 where customer_id % 10 = 0`);
  for (const table of ['customer_order', 'customer_tag', 'customer_score', 'register_entry']) {
    await database.query(`vacuum analyze ${table}`);
  }
}

const region = { field: 'region', is: 'in', values: ['上海', '北京'] };
const value = { field: 'clv', is: 'between', min: 2000 };
const silent = { field: 'lastOrderOn', is: 'beyond', days: 90 };
const tag = { field: 'tag', is: 'in', values: ['bench'] };
const group = (match: 'all' | 'any', items: object[], not = false) => ({ match, not, items });
const rules: Record<string, object> = {
  'two columns': group('all', [region, value]),
  'groups in groups': group('all', [silent, group('any', [region, group('all', [value, tag])])]),
  'a tag, or value': group('any', [tag, value]),
  'never met': group('all', [{ field: 'lastContactOn', is: 'beyond', days: 60 }]),
};

interface Run {
  tierRunId: number;
  status: string;
}

async function grade(): Promise<void> {
  const policy = await call<{ tierPolicyId: number; rowVersion: number }>('POST', '/tiers/start', {
    template: 'abc',
  });
  const { tierRunId } = await call<Run>('POST', `/tiers/policies/${policy.tierPolicyId}/publish`, {
    rowVersion: policy.rowVersion,
  });
  for (;;) {
    const { status } = await call<Run>('GET', `/tiers/runs/${tierRunId}`);
    if (status === 'proposed') return;
    if (status !== 'waiting' && status !== 'running') throw new Error(`The grading ended ${status}.`);
    await sleep(100);
  }
}

try {
  const password = 'seven green lamps by the river';
  await call('POST', '/setup', {
    name: 'bench',
    email: 'bench@example.com',
    password,
    organisationName: 'Bench',
  });
  await fillRegister(database, count);
  await fillRecords();
  const floor = await times(() => database.query('select sum(clv) from register_entry'));
  const line = (name: string, took: number, note = '') =>
    `${name.padEnd(24)} ${took.toFixed(2).padStart(7)} s  ${(took / floor).toFixed(1).padStart(7)} x  ${note}\n`;
  process.stdout.write(`${count} customers\n${line('floor', floor)}`);
  for (const [name, rule] of Object.entries(rules)) {
    let found = 0;
    const took = await times(async () => {
      const { customers } = await call<{ customers: number }>('POST', '/segments/preview', {
        rule,
        sample: 0,
      });
      found = customers;
    });
    process.stdout.write(line(`count: ${name}`, took, `${found} customers`));
  }
  process.stdout.write(line('grading of everybody', await seconds(grade)));
} finally {
  await database.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
