import { sql } from 'kysely';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { forgetOldKeys } from './platform/http/idempotency.js';
import { importFile, upload } from './testing/import-file.js';
import { testServer } from './testing/test-server.js';

const rounds = process.env['KEZI_DRILLS'] === 'long' ? 50 : 5;
const second = 1000;
const hour = 3600 * second;
const server = await testServer({ clock: '2026-03-02T02:00:00Z' });
const { clock } = server;
const { administrator } = server.users;

/** Where the clock stands before the jump, and where after it; the company is in Shanghai, eight hours ahead. */
const jumps: readonly [string, (year: number) => string | null, number][] = [
  ['a day ahead', () => null, 24 * hour],
  ['an hour ahead', () => null, hour],
  ['ten minutes back', () => null, -600 * second],
  ['into the 29th of February', (year) => `${year - (year % 4) + 4}-02-28T15:59:50Z`, 20 * second],
  ['over the end of a year', (year) => `${year + 1}-12-31T15:59:50Z`, 20 * second],
];

const orders = (round: number) =>
  `订单号,客户编号,订单日期,金额\n${Array.from(
    { length: 240 },
    (_, i) =>
      `R${round}-${i},C${i % 40},2026-${String(1 + ((i * 7) % 11)).padStart(2, '0')}-${10 + (i % 19)},${i + 1}.50\n`,
  ).join('')}`;

/** The session library goes by the clock of the machine: its sessions hold on both clocks. */
async function keepSessions(): Promise<void> {
  const from = Math.max(clock.now().getTime(), Date.now());
  const until = new Date(from + 7 * 24 * hour).toISOString();
  await sql`update user_session set expires_at = ${until}::timestamptz`.execute(server.platform.db.login);
}

describe('a clock that jumps', () => {
  it(
    `${rounds} times: nothing is done twice, nobody is thrown out, and what came later is the later`,
    async () => {
      await administrator.get('/me');
      await keepSessions();
      await importFile(server, administrator, 'orders', orders(0));
      let lastRun = 0;
      for (let round = 1; round <= rounds; round += 1) {
        const [jump, startOf, by] = jumps[round % jumps.length] ?? jumps[0]!;
        const start = startOf(clock.now().getUTCFullYear());
        if (start !== null) clock.set(start);
        await keepSessions();
        const about = { round, jump };

        const key = { 'idempotency-key': `jump ${round}` };
        const body = { customerNo: `J${round}`, name: `时钟 ${round}` };
        const made = await administrator.post('/customers', body, key);
        const keptSince = clock.now().toISOString();
        await server.asSystem((db) =>
          sql`update idempotency_key set created_at = ${keptSince}::timestamptz where key = ${key['idempotency-key']}`.execute(
            db,
          ),
        );
        const uploaded = (await upload(administrator, 'orders', orders(round))).body.importBatchId;
        await administrator.post(`/imports/${uploaded}/start`);
        const run = (await administrator.post('/valuation/runs', {})).body.valuationRunId;

        clock.advance(by);
        await server.asSystem((db) => forgetOldKeys(db, clock.now()));
        await server.runJobs();

        const again = await administrator.post('/customers', body, key);
        expect({ ...about, status: again.status, body: again.body }).toEqual({
          ...about,
          status: 201,
          body: made.body,
        });
        const other = await administrator.post('/customers', { ...body, name: '别人' }, key);
        expect({ ...about, code: other.body.code }).toEqual({ ...about, code: 'app.idempotency_mismatch' });

        const batch = (await administrator.get(`/imports/${uploaded}`)).body;
        expect({ ...about, status: batch.status, added: batch.counts?.records.orders.added }).toEqual({
          ...about,
          status: 'imported',
          added: 240,
        });
        const newest = (await administrator.get('/imports?limit=1')).body.items[0];
        expect({ ...about, newest: newest.importBatchId }).toEqual({ ...about, newest: uploaded });

        const shown = (await administrator.get('/overview')).body.run;
        expect({ ...about, shown: shown?.valuationRunId }).toEqual({ ...about, shown: run });
        const scored = await server.asSystem((db) =>
          sql<{
            run: number;
          }>`select distinct score_run_id as run from register_entry where score_run_id is not null`.execute(
            db,
          ),
        );
        expect({ ...about, scored: scored.rows }).toEqual({ ...about, scored: [{ run }] });
        expect(run).toBeGreaterThan(lastRun);
        lastRun = run;
      }
      const { rows } = await server.asSystem((db) =>
        sql<{ orders: number; twice: number; sorted: boolean }>`
        select (select count(*) from customer_order) as orders,
          (select count(*) from (select 1 from audit_entry where action = 'import.finished' group by subject_id having count(*) > 1) t) as twice,
          (select coalesce(bool_and(later), true) from (
            select published_at > lag(published_at) over (order by valuation_run_id) as later
            from valuation_run where status = 'published') t) as sorted`.execute(db),
      );
      expect(rows).toEqual([{ orders: 240 * (rounds + 1), twice: 0, sorted: true }]);
    },
    rounds * 20_000,
  );

  it('put back ten minutes, does not make a job wait that was asked for before', async () => {
    await keepSessions();
    const { importBatchId } = (await upload(administrator, 'orders', orders(900))).body;
    await administrator.post(`/imports/${importBatchId}/start`);
    const client = new Client({ connectionString: server.data.address.ownerUrl });
    await client.connect();
    try {
      const { rows } = await client.query<{ due: boolean }>(
        `select run_at < now() - interval '1 day' as due
        from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id
        where task.identifier = 'job:imports.run'`,
      );
      expect(rows.map(({ due }) => due)).toEqual([true]);
    } finally {
      await client.end();
    }
  });
});
