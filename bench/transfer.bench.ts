import { fillArchive, fillWords } from './archive-data.js';
import { processorSeconds, secondsOf, startBenchServer } from './bench-server.js';

/*
 * Half of the customers change hands three times: they fall into a pool by a rule, go to somebody, and go from a leaver to a
 * successor; the last is taken back. Each customer has some 120 rows of its own: 26 words of its name, five contacts with
 * eight words each, 16 interactions, four orders of two lines, a note, figures. Goal: 100,000 in 20 s. Floor in the same run:
 * 26 rows each of one table, written anew by one
 * statement with its two indexes.
 */

const count = Number(process.env['KEZI_BENCH_CUSTOMERS'] ?? 200_000);
const { database, call, stop } = await startBenchServer('transfer');

interface Job {
  status: string;
  result: unknown;
}

/** Waits for the end of a job. */
async function ended(jobId: number): Promise<void> {
  for (;;) {
    const { status } = await call<Job>('GET', `/jobs/${jobId}`);
    if (!['queued', 'running'].includes(status)) {
      if (status !== 'done') console.log(`job ${jobId} ended as ${status}`);
      return;
    }
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

async function measure(what: string, work: () => Promise<{ jobId: number | null }>): Promise<void> {
  const before = await moves();
  const processor = await processorSeconds(database);
  const took = await secondsOf(async () => {
    const { jobId } = await work();
    if (jobId !== null) await ended(jobId);
  });
  const spent = (await processorSeconds(database)) - processor;
  const moved = (await moves()) - before;
  const of100000 = (seconds: number) => ((seconds / moved) * 100_000).toFixed(1);
  console.log(
    `${what.padEnd(24)} ${moved} in ${took.toFixed(1)} s; of 100,000 ${of100000(took)} s (goal 20), ` +
      `processor ${of100000(spent)} s`,
  );
}

/** How often a customer has changed hands; the audit has as many entries. */
async function moves(): Promise<number> {
  const { rows } = await database.query<{ moves: string; audited: string }>(
    `select (select count(*) from ownership_period where manner <> 'start') as moves,
       (select count(*) from audit_entry where subject = 'customer') as audited`,
  );
  const [row] = rows;
  if (row === undefined || row.moves !== row.audited) throw new Error('history and audit differ');
  return Number(row.moves);
}

/** Rows of the oldest customers whose owner is not that of the customer: there must be none. */
async function checkCarried(): Promise<void> {
  for (const table of ['register_entry', 'customer_score', 'ownership_period']) {
    const { rows } = await database.query<{ stale: string }>(
      `select count(*) as stale from ${table} r join customer c using (customer_id)
       where (r.owner_id, r.team_id) is distinct from (c.owner_id, c.team_id)`,
    );
    if (rows[0]?.stale !== '0') throw new Error(`${rows[0]?.stale} rows of ${table} stayed behind`);
  }
}

/** Writes rows anew in two indexes, and says what it takes for 100,000 customers of 26 rows. */
async function floor(): Promise<void> {
  const rows = 260_000;
  await database.query(
    `create table floor as select n as id, (n * 7919) % 1000003 as place, 1 as owner_id from generate_series(1, ${rows}) n`,
  );
  await database.query('create index on floor (id); create index on floor (place, owner_id)');
  const before = await processorSeconds(database);
  await database.query('update floor set owner_id = 2');
  const spent = ((await processorSeconds(database)) - before) * (2_600_000 / rows);
  await database.query('drop table floor');
  console.log(
    `floor: 26 rows of one table in two indexes, of 100,000 customers processor ${spent.toFixed(1)} s`,
  );
}

try {
  const filled = await secondsOf(async () => {
    await fillArchive(database, count);
    await fillWords(database);
  });
  console.log(`${count} customers with their records written in ${filled.toFixed(0)} s`);
  await floor();
  await database.query('update team set parent_team_id = 51 where team_id > 51');
  const people = await database.query<{ id: number }>('select id from app_user order by id desc limit 2');
  const [successor, leaver] = people.rows.map((row) => row.id);
  await measure('recycled into a pool', async () => {
    const { poolId } = await call<{ poolId: number }>('POST', '/pools', { teamId: 51, protectDays: 0 });
    const rule = { name: 'bench', daysWithoutContact: 1, warnDays: 0 };
    const made = await call<{ recycleRuleId: number; rowVersion: number }>(
      'POST',
      `/pools/${poolId}/rules`,
      rule,
    );
    const { rows } = await database.query<{ n: number }>(
      'select count(*)::int as n from customer where team_id > 50',
    );
    const on = { isOn: true, rowVersion: made.rowVersion, count: rows[0]?.n };
    await call('POST', `/recycle-rules/${made.recycleRuleId}/switch`, on);
    return call('POST', `/pools/${poolId}/recycle`, {});
  });
  const reason = 'bench';
  await measure('transferred', async () => {
    const teamId = Array.from({ length: 50 }, (_, n) => n + 1);
    const customers = { filter: { teamId } };
    const { transferId } = await call<{ transferId: number }>('POST', '/transfers', {
      customers,
      toOwnerId: leaver,
      reason,
    });
    return call('GET', `/transfers/${transferId}`);
  });
  let handover = 0;
  await measure('handed over by a leaver', async () => {
    const result = await call<{ transferId: number; jobId: number }>('POST', `/users/${leaver}/handover`, {
      toUserId: successor,
      reason,
      disable: false,
    });
    handover = result.transferId;
    return result;
  });
  await measure('taken back', async () => {
    await call('POST', `/transfers/${handover}/undo`, {});
    const { undoJobId } = await call<{ undoJobId: number }>('GET', `/transfers/${handover}`);
    return { jobId: undoJobId };
  });
  await checkCarried();
} finally {
  await stop();
}
