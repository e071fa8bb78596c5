import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findRunningPostgres } from '@kezi/postgres';
import { buildNextRegister, openScopedDb, placeNextRegister, readConfig, startServer } from '@kezi/server';
import pg from 'pg';
import { fillRegister } from './register-data.js';

/*
 * The figures of a run reach the register of a million customers while people read and write. Measured: how long it takes,
 * as a multiple of the floor (PostgreSQL copies the same rows into a table without an index), and how long a reader and
 * somebody who edits a customer wait at the most; nothing is measured that a page does besides.
 */

const count = Number(process.env['KEZI_BENCH_CUSTOMERS'] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'kezi-bench-publish-'));
process.env['KEZI_LOG_LEVEL'] = 'warn';
const server = await startServer(readConfig({ dataFolder: join(folder, 'data'), port: 0 }));
const running = await findRunningPostgres(join(folder, 'data', 'postgres'));
if (!running) throw new Error('PostgreSQL of the data folder is not to be found.');
const url = running.url.replace(/\/postgres$/, '/kezi');
const database = new pg.Client({ connectionString: url });
await database.connect();
const scoped = openScopedDb(url, 4, (error) => {
  throw error;
});

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** A run with a score of everybody who has figures. */
async function keepRun(): Promise<number> {
  const { rows } = await database.query<{ id: string }>(
    `insert into valuation_run (status, as_of, options, created_by)
     select 'running', '2026-11-20', '{}', min(id) from app_user returning valuation_run_id as id`,
  );
  const runId = Number(rows[0]?.id);
  await database.query(
    `insert into customer_score (valuation_run_id, customer_id, owner_id, team_id, last_order_on, orders, frequency,
       recency, age, monetary_value, p_alive, expected_orders, expected_spend, clv, clv_low, clv_high, clv_sd,
       next_order_on, rfm_segment)
     select $1, customer_id, owner_id, team_id, last_order_on, orders, orders, 1, 1, monetary_value, p_alive,
       expected_orders, monetary_value, clv * 1.01, clv_low, clv_high, 1, next_order_on, rfm_segment
     from register_entry where clv is not null`,
    [runId],
  );
  await database.query('analyze customer_score');
  return runId;
}

/** Does the same again and again until it is stopped; the longest time that it took. */
function often(text: (turn: number) => string): { stop: () => Promise<number> } {
  const client = new pg.Client({ connectionString: url });
  const stopping = new AbortController();
  let longest = 0;
  const done = (async () => {
    await client.connect();
    for (let turn = 1; !stopping.signal.aborted; turn++) {
      longest = Math.max(longest, await seconds(() => client.query(text(turn))));
      await sleep(20);
    }
    await client.end();
  })();
  return {
    stop: async () => {
      stopping.abort();
      await done;
      return longest;
    },
  };
}

try {
  await fillRegister(database, count);
  const runId = await keepRun();
  const floor = await seconds(() => database.query('create table bare as select * from register_entry'));
  await database.query('drop table bare; checkpoint');
  const reader = often(() => 'select * from register_entry order by clv desc nulls last limit 50');
  const writer = often((turn) => `update customer set name = name || '司' where customer_id = ${turn * 7}`);
  const signal = new AbortController().signal;
  const built = await seconds(() => buildNextRegister(scoped.asSystem, { scoreRunId: runId }, signal));
  const placed = await seconds(() =>
    placeNextRegister(scoped.asSystem, { scoreRunId: runId }, signal, () => Promise.resolve()),
  );
  const [read, written] = [await reader.stop(), await writer.stop()];
  console.log(`${count} customers: floor ${floor.toFixed(1)} s`);
  console.log(
    `register built aside ${built.toFixed(1)} s, put in place ${placed.toFixed(1)} s: ${((built + placed) / floor).toFixed(1)} x floor`,
  );
  console.log(`longest wait meanwhile: of a page ${read.toFixed(2)} s, of an edit ${written.toFixed(2)} s`);
  const { rows } = await database.query<{ n: string }>(
    'select count(*) as n from register_entry where score_run_id = $1',
    [runId],
  );
  console.log(`${rows[0]?.n} entries show the run`);
} finally {
  await scoped.close();
  await database.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
