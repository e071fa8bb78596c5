import type { TaskList, TaskListQuery, TaskRow, WarningRow } from '@kezi/contract';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { valueOrder } from '../../../platform/http/value-order.js';
import { inSegments, type Among, type Reader } from '../../records/customers/index.js';
import { findWarnings } from '../alerts/index.js';
import { doer, findTasks, shown } from './find-tasks.js';

/** Of each kind: more than anybody does in a month. */
const mostInCalendar = 1000;

interface Asked {
  reader: Reader;
  query: TaskListQuery;
  among: Among;
}

/** Whose they are and of which customer. */
function which(
  { reader, query, among }: Asked,
  row: 't' | 'w',
  who: RawBuilder<number>,
): RawBuilder<SqlBool> {
  const customer = `${row}.customer_id`;
  const mine = query.whose === 'mine' && query.customerId === undefined;
  return sql`${mine ? sql`${who} = ${reader.userId}::int` : sql`true`} and ${among(customer)}
    and ${query.customerId === undefined ? sql`true` : sql`${sql.ref(customer)} = ${query.customerId}::bigint`}`;
}

async function tasksOf(db: Db, asked: Asked): Promise<TaskRow[]> {
  const { from, to, cancelled } = asked.query;
  const tasks = await findTasks(
    db,
    sql`${which(asked, 't', doer)} and (${cancelled} or t.status <> 'cancelled')
      and t.due_on between ${from}::date and ${to}::date`,
    mostInCalendar,
  );
  return tasks.map(shown);
}

function warningsOf(db: Db, asked: Asked): Promise<WarningRow[]> {
  const { from, to } = asked.query;
  return findWarnings(
    db,
    sql`${which(asked, 'w', sql<number>`w.owner_id`)} and w.status in ('open', 'snoozed')
      and coalesce(w.snoozed_until, w.due_on) between ${from}::date and ${to}::date
      and not exists (select from task t where t.warning_id = w.warning_id and t.status = 'open')`,
    sql`${valueOrder(asked.reader.fieldRules, 'w.value_at_risk').by} desc, w.warning_id desc`,
    mostInCalendar,
  );
}

/**
 * What a calendar shows of some days: tasks, done ones included and cancelled ones where they are asked for, and warnings
 * that are due.
 * @throws CodedError segments.not_found, segments.not_usable
 */
export async function getCalendar(db: Db, reader: Reader, query: TaskListQuery): Promise<TaskList> {
  const asked = { reader, query, among: await inSegments(db, reader, query.segmentId) };
  return { items: await tasksOf(db, asked), warnings: query.warnings ? await warningsOf(db, asked) : [] };
}
