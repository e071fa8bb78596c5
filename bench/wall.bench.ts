import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRunningPostgres } from '@kezi/postgres';
import { readConfig, startServer } from '@kezi/server';
import pg from 'pg';
import { fillRegister } from './register-data.js';

/*
 * What row-level security costs on a page of the register: the same query, which itself says whose customers it wants, by a
 * role that sees all and by one under the policies (goal: at most 1.3 times). For somebody of ten departments of a hundred,
 * without shares and with a thousand, and for one who stands in for nine colleagues.
 */

const count = Number(process.env['KEZI_BENCH_CUSTOMERS'] ?? 1_000_000);
const rounds = 400;

const folder = mkdtempSync(join(tmpdir(), 'kezi-bench-wall-'));
process.env['KEZI_LOG_LEVEL'] = 'warn';
const server = await startServer(readConfig({ dataFolder: join(folder, 'data'), port: 0 }));
const running = await findRunningPostgres(join(folder, 'data', 'postgres'));
if (!running) throw new Error('PostgreSQL of the data folder is not to be found.');
const database = new pg.Client({ connectionString: running.url.replace(/\/postgres$/, '/kezi') });
await database.connect();

interface Eyes {
  teams: readonly number[];
  owners: readonly number[];
  shared: readonly number[];
}

const list = (ids: readonly number[]) => `{${ids.join(',')}}`;

/** A lane for each department and owner, and one for what is shared, as the register walks them. */
function page({ teams, owners, shared }: Eyes): string {
  const lane = (column: string, ids: readonly number[]) => `
    select f.customer_id, f.clv from unnest('${list(ids)}'::int[]) as lead(value) cross join lateral (
      select * from register_entry c where c.${column} = lead.value and c.clv is not null
      order by c.clv desc nulls last, c.customer_id desc limit 51) f`;
  const guests = `
    select f.customer_id, f.clv from (
      select * from register_entry c where c.customer_id = any('${list(shared)}'::bigint[]) and c.clv is not null
      offset 0) f`;
  return [lane('team_id', teams), lane('owner_id', owners), guests].join(' union all ');
}

/** Milliseconds of one page in a transaction of its own. */
async function once(role: string, { teams, owners, shared }: Eyes, text: string): Promise<number> {
  await database.query(`begin read only; select set_config('role', '${role}', true),
    set_config('kezi.user_id', '${owners[0] ?? 0}', true), set_config('kezi.team_ids', '${list(teams)}', true),
    set_config('kezi.owner_ids', '${list(owners)}', true), set_config('kezi.shared_ids', '${list(shared)}', true),
    set_config('kezi.edited_ids', '{}', true), set_config('enable_sort', 'off', true),
    set_config('enable_bitmapscan', 'off', true)`);
  const began = performance.now();
  await database.query(text);
  const took = performance.now() - began;
  await database.query('rollback');
  return took;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Turn about, so that whatever else the machine does falls on both. */
async function compare(who: string, eyes: Eyes): Promise<void> {
  const text = page(eyes);
  const open: number[] = [];
  const walled: number[] = [];
  for (let round = 0; round < rounds; round++) {
    open.push(await once('kezi_all', eyes, text));
    walled.push(await once('kezi_scoped', eyes, text));
  }
  const ratio = median(walled) / median(open);
  console.log(
    `${who.padEnd(44)} without ${median(open).toFixed(2)} ms  with ${median(walled).toFixed(2)} ms  ${ratio.toFixed(2)} x  goal 1.3 ${ratio <= 1.3 ? 'held' : 'missed'}`,
  );
}

try {
  await fillRegister(database, count);
  const upTo = (most: number) => Array.from({ length: most }, (_, i) => i + 1);
  const step = Math.max(1, Math.floor(count / 1000));
  const ten = { teams: upTo(10), owners: [1], shared: [] };
  await compare('ten departments of 100', ten);
  await compare('ten departments, a thousand shares', { ...ten, shared: upTo(1000).map((i) => i * step) });
  await compare('deputy of nine', { ...ten, owners: upTo(10) });
} finally {
  await database.end();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
