import type { Deputy, DeputyInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import { organisationDay } from '../../../platform/db/organisation-day.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { notify } from '../../../platform/events/notifications.js';

/** Those that are over stay in sight for so many days. */
const shownDays = 90;
const mostShown = 100;

async function select(db: Db, which: RawBuilder<SqlBool>, now: Date): Promise<Deputy[]> {
  const { rows } = await sql<Deputy>`
    select d.user_deputy_id as "deputyId", d.user_id as "userId", absent.name as "userName",
      d.deputy_id as "colleagueId", deputy.name as "colleagueName", d.from_on as "fromOn", d.to_on as "toOn", d.note,
      case when d.from_on > ${organisationDay(now)} then 'coming' when d.to_on < ${organisationDay(now)} then 'over' else 'now' end as state
    from user_deputy d join colleague absent on absent.user_id = d.user_id
      join colleague deputy on deputy.user_id = d.deputy_id
    where ${which} and d.to_on > ${organisationDay(now)} - ${shownDays}::int
    order by d.from_on desc, d.user_deputy_id desc limit ${mostShown}`.execute(db);
  return rows;
}

/** Who stands in for somebody, and for whom they stand in. */
export function listDeputies(db: Db, userId: number, now: Date): Promise<Deputy[]> {
  return select(db, sql`(d.user_id = ${userId} or d.deputy_id = ${userId})`, now);
}

async function mustWorkHere(db: Db, userId: number): Promise<void> {
  const { rows } = await sql`
    select from colleague where user_id = ${userId} and not is_disabled`.execute(db);
  if (rows.length === 0) throw new CodedError('deputies.colleague_unknown');
}

interface Overlap {
  code: 'deputies.exists' | 'deputies.colleague_absent' | 'deputies.stands_in';
  name: string;
  from: string;
  to: string;
}

/**
 * Sight is not passed on, so a deputy of a deputy would leave customers that nobody looks after: whoever stands in must be
 * there themselves, and whoever goes away must not be standing in.
 */
async function mustNotOverlap(db: Db, userId: number, input: DeputyInput): Promise<void> {
  // Two who appoint each other at the same moment would not see one another.
  await sql`select pg_advisory_xact_lock(hashtext('kezi deputies'))`.execute(db);
  const { colleagueId, fromOn, toOn } = input;
  const { rows } = await sql<Overlap>`
    select code, name, from_on as "from", to_on as "to"
    from deputy_overlap(${userId}, ${colleagueId}, ${fromOn}, ${toOn})`.execute(db);
  const [overlap] = rows;
  if (overlap) {
    const { code, ...params } = overlap;
    throw new CodedError(code, params);
  }
}

/**
 * Lets a colleague stand in for somebody from a day to a day, both included: they see and change what these see of their own.
 * @throws CodedError deputies.self, deputies.order, deputies.past, deputies.colleague_unknown, deputies.exists,
 *   deputies.colleague_absent, deputies.stands_in
 */
export async function appointDeputy(db: Db, userId: number, input: DeputyInput, now: Date): Promise<Deputy> {
  if (input.colleagueId === userId) throw new CodedError('deputies.self');
  if (input.toOn < input.fromOn) throw new CodedError('deputies.order');
  const { rows } = await sql<{ isPast: boolean }>`
    select ${input.toOn}::date < ${organisationDay(now)} as "isPast"`.execute(db);
  if (rows[0]?.isPast) throw new CodedError('deputies.past', { day: input.toOn });
  await mustWorkHere(db, input.colleagueId);
  await mustNotOverlap(db, userId, input);
  const made = await db
    .insertInto('user_deputy')
    .values({
      user_id: userId,
      deputy_id: input.colleagueId,
      from_on: input.fromOn,
      to_on: input.toOn,
      note: input.note ?? null,
    })
    .returning('user_deputy_id')
    .executeTakeFirstOrThrow();
  await writeAudit(db, {
    action: 'deputy.appointed',
    subject: 'user',
    subjectId: userId,
    changes: { deputyId: input.colleagueId, fromOn: input.fromOn, toOn: input.toOn },
  });
  await notify(db, { type: 'access', userId: input.colleagueId });
  const [deputy] = await select(db, sql`d.user_deputy_id = ${made.user_deputy_id}`, now);
  if (!deputy) throw new CodedError('deputies.not_found');
  return deputy;
}

/** Ends it at once. @throws CodedError deputies.not_found */
export async function dismissDeputy(db: Db, deputyId: number, ofUserId: number | null): Promise<void> {
  const gone = await db
    .deleteFrom('user_deputy')
    .where('user_deputy_id', '=', deputyId)
    .$if(ofUserId !== null, (query) => query.where('user_id', '=', ofUserId ?? 0))
    .returning(['user_id', 'deputy_id', 'from_on', 'to_on'])
    .executeTakeFirst();
  if (!gone) throw new CodedError('deputies.not_found');
  await writeAudit(db, {
    action: 'deputy.dismissed',
    subject: 'user',
    subjectId: gone.user_id,
    changes: { deputyId: gone.deputy_id, fromOn: gone.from_on, toOn: gone.to_on },
  });
  await notify(db, { type: 'access', userId: gone.deputy_id });
}
