import type { WorkCalendar } from '@kezi/contract';
import { sql } from 'kysely';
import { findUserPrincipal } from '../../../platform/auth/find-principal.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { listenTo } from '../../../platform/events/listen-to.js';
import type { Principal } from '../../../platform/http/kezi-app.js';
import { readSettings } from '../../people/settings/index.js';
import { dayIn } from '../../records/customers/index.js';
import { logInteraction } from '../../records/interactions/index.js';
import { createNote, updateNote } from '../../records/notes/index.js';
import { answerClocks, startClock, stopClock } from './keep-clock.js';
import { readCalendar } from './work-calendar.js';
import { dueAfter, endOfWork } from './work-hours.rules.js';

/** What customers of the made-up company asked for, and what they were told. */
const questions = [
  ['设备报警停机，请派人来看', '电话里排除了报警，已派工程师上门复查'],
  ['发票抬头开错了，要求重开', '已通知财务作废重开，附上新发票的样张'],
  ['两箱货外包装破损，要求补发', '已确认破损数量，补发单已下到仓库'],
  ['催问订单的交货日期', '查过排产，告诉对方发货日和承运人'],
  ['要一份新规格的样品和报价', '样品已寄出，报价随后用邮件发去'],
] as const;

/** How much of the promised time an answer, and then a solution, took: most came in time, some did not. */
const pace = [0.3, 0.6, 0.45, 1.7, 0.8, 0.5, 0.9, 0.35, 2.4, 0.55, 0.7] as const;

/** Days between two questions of a customer; three of each fall within the last eight months. */
const everyDays = 79;
const perCustomer = 3;
const dayMs = 86_400_000;

interface Question {
  customerId: number;
  /** Everything that is picked follows from it. */
  place: number;
  askedAt: Date;
}

interface Office {
  db: Db;
  principal: Principal;
  calendar: WorkCalendar;
  timeZone: string;
  now: Date;
}

const paceAt = (place: number): number => pace[place % pace.length] ?? 1;

async function promisedHours(db: Db, noteId: number) {
  return db
    .selectFrom('service_clock')
    .where('source', '=', 'need')
    .where('source_id', '=', noteId)
    .select(['response_hours as response', 'solution_hours as solution'])
    .executeTakeFirst();
}

/** Asked, answered and solved by the way these always go, only at moments that are past. */
async function ask(
  { db, principal, calendar, timeZone, now }: Office,
  { customerId, place, askedAt }: Question,
): Promise<void> {
  const [title, summary] = questions[place % questions.length] ?? questions[0];
  const need = { kind: 'need', title, notedOn: dayIn(timeZone, askedAt) } as const;
  const noteId = await createNote(db, customerId, need, askedAt);
  const asked = { source: 'need', sourceId: noteId };
  await startClock(db, { ...asked, customerId, askedAt });
  const promised = await promisedHours(db, noteId);
  const after = (hours: number) => dueAfter(askedAt, hours, calendar, timeZone);
  const answeredAt = after((promised?.response ?? 8) * paceAt(place));
  if (answeredAt > now) return;
  const talk = { kind: 'call', summary, happenedAt: answeredAt.toISOString() } as const;
  await logInteraction(db, principal, customerId, talk, now);
  const solvedAt = after((promised?.solution ?? 48) * paceAt(place + 4));
  if (solvedAt <= answeredAt || solvedAt > now) return;
  await updateNote(db, principal, noteId, { status: 'met', rowVersion: 1 }, solvedAt);
  await stopClock(db, asked, 'solved', solvedAt);
}

/** Of the customers in whose archive something was written. */
async function askedCustomers(db: Db): Promise<number[]> {
  const { rows } = await sql<{ customerId: number }>`
    select n.customer_id as "customerId" from customer_note n where n.kind = 'need' and n.deleted_at is null
    group by n.customer_id order by min(n.customer_note_id)`.execute(db);
  return rows.map(({ customerId }) => customerId);
}

/**
 * After the first grading of the made-up company its best customers have asked for things, and were answered: a promise that
 * was never tried tells a newcomer nothing. A few still wait today.
 */
export const askDemoQuestions = listenTo('tier.enforced', async ({ previousRunId }, platform, db) => {
  const demo = await db
    .selectFrom('job')
    .where('kind', '=', 'imports.demo')
    .select('created_by as userId')
    .executeTakeFirst();
  const there = await db.selectFrom('service_clock').select('service_clock_id').limit(1).executeTakeFirst();
  if (!demo?.userId || there || previousRunId !== null) return;
  const now = platform.clock.now();
  const principal = await findUserPrincipal(platform.db.login, demo.userId, now);
  if (!principal) return;
  const [{ timeZone }, calendar] = [await readSettings(db), await readCalendar(db)];
  const office: Office = { db, principal, calendar, timeZone, now };
  for (const [at, customerId] of (await askedCustomers(db)).entries()) {
    for (let i = perCustomer - 1; i >= 0; i--) {
      const place = at * perCustomer + i;
      const day = dayIn(timeZone, new Date(now.getTime() - (1 + (at % 9) + i * everyDays) * dayMs));
      const askedAt = dueAfter(endOfWork(day, calendar, timeZone), 0.5 + (place % 6), calendar, timeZone);
      if (askedAt <= now) await ask(office, { customerId, place, askedAt });
    }
    await answerClocks(db, customerId, now);
  }
});
