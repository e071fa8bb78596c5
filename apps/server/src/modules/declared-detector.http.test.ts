import { warningRow } from '@kezi/contract';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { markCustomersForWarnings } from '../migrations/mark-customers.js';
import { protectByRecord } from '../platform/db/row-security.js';
import { made, publish } from '../testing/customer-records.js';
import { testServer } from '../testing/test-server.js';
import { registerDetector, type Detector } from './action/alerts/index.js';

/*
 * What a slice of a later wing brings for a detector of its own: a table, its marks, and a declaration. Nothing of the slice of
 * warnings is touched.
 */

const complaintUnsolved: Detector = {
  id: 'complaint-unsolved',
  name: { 'zh-CN': '投诉未解决', 'en-US': 'Complaint not solved' },
  isOn: true,
  dueDays: 2,
  minutes: 45,
  quietDays: 14,
  clock: 'calendar',
  past: {
    kind: 'records',
    tables: [
      {
        table: 'complaint',
        begins: 'select min(raised_on) as day from public.complaint',
        asThen: `select complaint_id, customer_id, raised_on, case when solved_on <= :day then solved_on end as solved_on
          from was_complaint where raised_on <= :day`,
      },
    ],
  },
  find: ({ runId, today, threshold, among }) => sql`
    select c.customer_id, case when waited >= 7 * ${threshold}::float8 then waited / 7.0 end as score, s.clv * 0.3 as at_risk,
      jsonb_build_object('waitedDays', waited, 'lostShare', 0.3) as evidence, ${today}::date + 1 as wake_on
    from (
      select customer_id, max(${today}::date - raised_on)::float8 as waited from complaint
      where solved_on is null and ${sql.raw(among('customer_id'))} group by customer_id) c
    join customer_score s on s.valuation_run_id = ${runId}::bigint and s.customer_id = c.customer_id`,
};

// Files share the modules of their worker, and other databases have no such table.
afterAll(registerDetector(complaintUnsolved));
const server = await testServer();
const { users } = server;
const { customerId } = await made(users.member);
const { customerId: content } = await made(users.member);

async function asOwner(work: (db: Kysely<unknown>) => Promise<void>): Promise<void> {
  const pool = new pg.Pool({ connectionString: server.data.address.ownerUrl, max: 1 });
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  await work(db);
  await db.destroy();
}

const complain = (whose: number, on: string, solvedOn: string | null = null) =>
  server.asSystem((db) =>
    sql`insert into complaint (customer_id, raised_on, solved_on) values (${whose}, ${on}, ${solvedOn})`.execute(
      db,
    ),
  );

async function openWarnings() {
  await users.director.post('/warnings/runs');
  await server.runJobs();
  const { body } = await users.member.get('/warnings?status=open&detector=complaint-unsolved');
  return body.items.map((one: unknown) => warningRow.parse(one));
}

beforeAll(async () => {
  await asOwner(async (db) => {
    await sql`
      create table complaint (complaint_id bigint generated always as identity primary key,
        customer_id bigint not null references customer on delete cascade, raised_on date not null, solved_on date)`.execute(
      db,
    );
    await sql`grant select, insert, update, delete on complaint to kezi_all, kezi_scoped`.execute(db);
    await protectByRecord(db, 'complaint', { table: 'customer', key: 'customer_id' });
    await markCustomersForWarnings(db, 'complaint');
  });
  await server.asSystem((db) =>
    sql`
      insert into customer_order (order_key, order_no, line_count, content_hash, customer_id, ordered_on, currency, amount_minor,
        base_amount_minor)
      select c || '-' || n, c || '-' || n, 1, 'x', c, date '2026-03-01' - 7 * n, 'CNY', 10000, 10000
      from unnest(${[customerId, content]}::bigint[]) c, generate_series(0, 104) n
      where c = ${content} or 7 * n >= 140`.execute(db),
  );
  const figures = { pAlive: 0.9, spend: 100, clv: 1000 };
  await publish(server, '2026-03-02', [
    { customerId, ...figures },
    { customerId: content, ...figures },
  ]);
});

describe('a detector that another slice declares', () => {
  it('warns of what its own table has, and of what was written since', async () => {
    await complain(customerId, '2026-02-20');
    expect(await openWarnings()).toMatchObject([
      {
        customerId,
        detectorId: 'complaint-unsolved',
        evidence: { waitedDays: 10, lostShare: 0.3 },
        dueOn: '2026-03-04',
      },
    ]);
    await complain(content, '2026-02-01');
    expect(await openWarnings()).toHaveLength(2);
    await server.asSystem((db) =>
      sql`update complaint set solved_on = '2026-03-02' where customer_id = ${content}`.execute(db),
    );
    expect(await openWarnings()).toMatchObject([{ customerId }]);
  });

  it('has settings, a count beforehand and its place in the list like any other', async () => {
    const { body } = await users.director.get('/detectors');
    const row = body.items.find(
      ({ detectorId }: { detectorId: string }) => detectorId === 'complaint-unsolved',
    );
    expect(row).toMatchObject({ isOn: true, dueDays: 2, open: 1, isBacktestable: true });
    const strict = await users.director.get('/detectors/complaint-unsolved/preview?threshold=2');
    expect(strict.body).toMatchObject({ count: 0 });
  });

  it('is asked of its table as it was', async () => {
    await complain(customerId, '2025-10-01');
    await complain(content, '2025-10-01', '2025-10-10');
    const { body } = await users.director.get('/detectors/complaint-unsolved/backtest');
    expect(body).toMatchObject({ detector: 'complaint-unsolved', customers: 2 });
    expect(body.own.alarms).toBeGreaterThan(0);
    expect(body.own.precision).toBeGreaterThan(0.5);
  });

  it('is named on the paper of a negotiation', async () => {
    const { packWords } = await import('./report/negotiation-pack/pack-words.js');
    expect(packWords('zh-CN').detector('complaint-unsolved')).toBe('投诉未解决');
  });
});
