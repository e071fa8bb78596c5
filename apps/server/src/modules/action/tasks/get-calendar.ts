import type { TaskList, TaskListQuery, TaskRow, WarningRow } from '@kezi/contract';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { valueOrder } from '../../../platform/http/value-order.js';
import { inSegments, type Among, type Reader } from '../../records/customers/index.js';
import { findWarnings } from '../alerts/index.js';
import { doer, findTasks, shown } from './find-tasks.js';

/** Of each kind: more than anybody does in a day. */
const mostOfDay = 100;
/** Of each kind: more than a page can show, whoever sees everybody's. */
const mostInAll = 5000;

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

/** Those of a day that are listed, and what is left of it. */
interface Day {
  day: string;
  ids: string[];
  left: number;
  customers: number;
  valueAtRisk: number;
}

/**
 * The days of what is asked for, each with the first of its rows.
 * @param rows `id`, `day`, `customer_id`, `value` and `place`, which counts the rows of a day
 */
async function daysOf(db: Db, rows: RawBuilder<unknown>): Promise<Day[]> {
  const { rows: days } = await sql<Day>`
    with asked as materialized (${rows}), listed as (
      select id from asked where place <= ${mostOfDay}::int order by day, place limit ${mostInAll}::int)
    select a.day, coalesce(array_agg(l.id) filter (where l.id is not null), '{}') as ids,
      (count(*) filter (where l.id is null))::int as left,
      (count(distinct a.customer_id) - count(distinct a.customer_id) filter (where l.id is not null))::int as customers,
      coalesce(sum(a.value) filter (where l.id is null), 0)::float8 as "valueAtRisk"
    from asked a left join listed l using (id) group by a.day order by a.day`.execute(db);
  return days;
}

async function tasksOf(db: Db, asked: Asked): Promise<{ items: TaskRow[]; days: Day[] }> {
  const { from, to, cancelled } = asked.query;
  // What somebody planned comes first, as on the page.
  const days = await daysOf(
    db,
    sql`select t.task_id as id, t.due_on as day, t.customer_id, 0::float8 as value,
        row_number() over (partition by t.due_on order by t.made is not null, t.task_id) as place
      from task t where ${which(asked, 't', doer)} and (${cancelled} or t.status <> 'cancelled')
        and t.due_on between ${from}::date and ${to}::date`,
  );
  const ids = days.flatMap((one) => one.ids);
  const tasks = await findTasks(db, sql`t.task_id = any(${ids}::bigint[])`, ids.length);
  return { items: tasks.map(shown), days };
}

async function warningsOf(db: Db, asked: Asked): Promise<{ warnings: WarningRow[]; days: Day[] }> {
  const { from, to } = asked.query;
  const order = sql`${valueOrder(asked.reader.fieldRules, 'w.value_at_risk').by} desc, w.warning_id desc`;
  const day = sql`coalesce(w.snoozed_until, w.due_on)`;
  const days = await daysOf(
    db,
    sql`select w.warning_id as id, ${day} as day, w.customer_id, w.value_at_risk as value,
        row_number() over (partition by ${day} order by ${order}) as place
      from warning w where ${which(asked, 'w', sql<number>`w.owner_id`)} and w.status in ('open', 'snoozed')
        and ${day} between ${from}::date and ${to}::date
        and not exists (select from task t where t.warning_id = w.warning_id and t.status = 'open')`,
  );
  const ids = days.flatMap((one) => one.ids);
  return {
    warnings: await findWarnings(db, sql`w.warning_id = any(${ids}::bigint[])`, order, ids.length),
    days,
  };
}

function leftOf(tasks: readonly Day[], warnings: readonly Day[]): TaskList['more'] {
  const days = [...new Set([...tasks, ...warnings].filter(({ left }) => left > 0).map(({ day }) => day))];
  return days.toSorted().map((day) => {
    const warned = warnings.find((one) => one.day === day);
    return {
      day,
      tasks: tasks.find((one) => one.day === day)?.left ?? 0,
      customers: warned?.customers ?? 0,
      valueAtRisk: warned?.valueAtRisk ?? 0,
    };
  });
}

/**
 * What a calendar shows of some days: tasks, done ones included and cancelled ones where they are asked for, and warnings
 * that are due; of a day with very many the first, and how many more there are.
 * @throws CodedError segments.not_found, segments.not_usable
 */
export async function getCalendar(db: Db, reader: Reader, query: TaskListQuery): Promise<TaskList> {
  const asked = { reader, query, among: await inSegments(db, reader, query.segmentId) };
  const tasks = await tasksOf(db, asked);
  const warned = query.warnings ? await warningsOf(db, asked) : { warnings: [], days: [] };
  return { items: tasks.items, warnings: warned.warnings, more: leftOf(tasks.days, warned.days) };
}
