import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { unnest } from '../../../platform/db/unnest.js';
import { listenTo } from '../../../platform/events/listen-to.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../../records/customers/index.js';
import { newsDays } from './follow-needs.js';
import { markAnswered, tellOfClocks } from './keep-clock.js';
import { readCalendar } from './work-calendar.js';
import { dueAfter, endOfWork } from './work-hours.rules.js';

interface Promised {
  id: number;
  hours: number;
}

interface ImportedNeed {
  noteId: number;
  customerId: number;
  notedOn: string;
  response: Promised | null;
  solution: Promised | null;
}

/** Needs of an import that nobody has met, said of late, of customers whose tier is promised something. */
async function neededOf(db: Db, importBatchId: number, today: string): Promise<ImportedNeed[]> {
  const shortest = (kind: 'response' | 'solution') => sql`(
    select distinct on (p.tier_id) p.tier_id, jsonb_build_object('id', e.entitlement_id, 'hours', p.quantity) as promised
    from tier_entitlement p join entitlement e on e.entitlement_id = p.entitlement_id
    where e.kind = ${kind} and p.quantity > 0 order by p.tier_id, p.quantity, e.entitlement_id)`;
  const { rows } = await sql<ImportedNeed>`
    select n.customer_note_id as "noteId", n.customer_id as "customerId", n.noted_on::text as "notedOn",
      r.promised as response, s.promised as solution
    from customer_note n join register_entry c on c.customer_id = n.customer_id
      left join ${shortest('response')} r on r.tier_id = c.tier_id
      left join ${shortest('solution')} s on s.tier_id = c.tier_id
    where n.import_batch_id = ${importBatchId}::bigint and n.kind = 'need' and n.status = 'open' and n.deleted_at is null
      and n.noted_on >= ${today}::date - ${newsDays}::int and num_nonnulls(r.promised, s.promised) > 0`.execute(
    db,
  );
  return rows;
}

/** Stops clocks of needs that an import said are met or dropped, or that its undoing took away. */
async function stopWhatIsOver(db: Db, now: Date): Promise<boolean> {
  const moment = sql`${now.toISOString()}::timestamptz`;
  const { numAffectedRows = 0n } = await sql`
    update service_clock k
    set solved_at = case when over.is_met then ${moment} end, ended_at = case when not over.is_met then ${moment} end,
      responded_at = case when over.is_met then least(k.responded_at, ${moment}) else k.responded_at end
    from (
      select running.service_clock_id, coalesce(n.status = 'met' and n.deleted_at is null, false) as is_met
      from service_clock running left join customer_note n on n.customer_note_id = running.source_id
      where running.source = 'need' and running.solved_at is null and running.ended_at is null
        and (n.customer_note_id is null or n.deleted_at is not null or n.status in ('met', 'dropped'))) over
    where k.service_clock_id = over.service_clock_id`.execute(db);
  return numAffectedRows > 0n;
}

/**
 * Begins the clocks of needs that came by import. Only what can still be kept is promised: a time that was over before anybody
 * here heard of it says nothing of us, and the first import of a history would begin with a storm of broken promises.
 */
async function startClocks(db: Db, importBatchId: number, now: Date): Promise<number> {
  const { timeZone } = await readSettings(db);
  const today = dayIn(timeZone, now);
  const calendar = await readCalendar(db);
  const times = new Map<string, Date>();
  const dueOf = (askedAt: Date, hours: number): Date => {
    const key = `${askedAt.getTime()} ${hours}`;
    const due = times.get(key) ?? dueAfter(askedAt, hours, calendar, timeZone);
    times.set(key, due);
    return due;
  };
  const begun = (await neededOf(db, importBatchId, today)).flatMap((need) => {
    // Of a day before it came in nobody knows the hour: the latest is taken, as when it is written down by hand.
    const askedAt = need.notedOn < today ? endOfWork(need.notedOn, calendar, timeZone) : now;
    const kept = (promised: Promised | null) => {
      const by = promised && dueOf(askedAt, promised.hours);
      return by && by > now ? { ...promised, by: by.toISOString() } : null;
    };
    const [response, solution] = [kept(need.response), kept(need.solution)];
    return response || solution ? [{ ...need, askedAt: askedAt.toISOString(), response, solution }] : [];
  });
  const clocks = unnest('b', {
    customer_id: { type: 'bigint', values: begun.map(({ customerId }) => customerId) },
    note_id: { type: 'bigint', values: begun.map(({ noteId }) => noteId) },
    asked_at: { type: 'timestamptz', values: begun.map(({ askedAt }) => askedAt) },
    response_id: { type: 'int', values: begun.map(({ response }) => response?.id ?? null) },
    response_hours: { type: 'float8', values: begun.map(({ response }) => response?.hours ?? null) },
    respond_by: { type: 'timestamptz', values: begun.map(({ response }) => response?.by ?? null) },
    solution_id: { type: 'int', values: begun.map(({ solution }) => solution?.id ?? null) },
    solution_hours: { type: 'float8', values: begun.map(({ solution }) => solution?.hours ?? null) },
    solve_by: { type: 'timestamptz', values: begun.map(({ solution }) => solution?.by ?? null) },
  });
  const { numAffectedRows = 0n } = await sql`
    insert into service_clock (customer_id, owner_id, team_id, source, source_id, asked_at, response_entitlement_id,
      response_hours, respond_by, solution_entitlement_id, solution_hours, solve_by)
    select c.customer_id, c.owner_id, c.team_id, 'need', b.note_id, b.asked_at, b.response_id, b.response_hours, b.respond_by,
      b.solution_id, b.solution_hours, b.solve_by
    from ${clocks} join customer c on c.customer_id = b.customer_id
    on conflict (source, source_id) do nothing`.execute(db);
  return Number(numAffectedRows);
}

/** Customers who wait for an answer. */
async function waiting(db: Db): Promise<number[]> {
  const { rows } = await sql<{ customerId: number }>`
    select distinct customer_id as "customerId" from service_clock where responded_at is null and ended_at is null`.execute(
    db,
  );
  return rows.map(({ customerId }) => customerId);
}

/** What an import of notes or of talks, or its undoing, means for the clocks. */
export const followImports = listenTo('import.finished', async ({ importBatchId }, platform, db) => {
  const batch = await db
    .selectFrom('import_batch')
    .where('import_batch_id', '=', importBatchId)
    .select('kind')
    .executeTakeFirst();
  if (batch?.kind !== 'notes' && batch?.kind !== 'interactions') return;
  const now = platform.clock.now();
  const stopped = await stopWhatIsOver(db, now);
  const started = batch.kind === 'notes' ? await startClocks(db, importBatchId, now) : 0;
  const answered = await markAnswered(db, await waiting(db), now);
  if (stopped || started > 0 || answered) await tellOfClocks(db, null);
});
