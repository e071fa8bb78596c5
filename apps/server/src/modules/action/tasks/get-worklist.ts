import type { TeamLoad, WarningRow, Worklist, WorklistItem, WorklistQuery } from '@kezi/contract';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { isRestricted } from '../../../platform/http/field-wall.rules.js';
import { valueOrder } from '../../../platform/http/value-order.js';
import { readSettings } from '../../people/settings/index.js';
import { inSegments, type Among, type Reader } from '../../records/customers/index.js';
import { findDetector, findWarnings } from '../alerts/index.js';
import { doer, findTasks, shown } from './find-tasks.js';
import { inOrder, valueAnHour, valueOfTask } from './tasks.rules.js';

/** Read of each kind before they are put in order: a person with more open than this has another problem. */
const mostRead = 500;
const usualMinutes = 30;

interface Asked {
  reader: Reader;
  query: WorklistQuery;
  today: string;
}

function whose(who: RawBuilder<number>, { reader, query }: Asked): RawBuilder<SqlBool> {
  if (query.userId !== undefined) return sql`${who} = ${query.userId}::int`;
  return query.whose === 'mine' ? sql`${who} = ${reader.userId}::int` : sql`true`;
}

/** Where value is kept from the reader all lines weigh the same: their order would tell it. */
const weighed = ({ reader }: Asked, value: number) =>
  isRestricted(reader.fieldRules ?? {}, 'clv') ? 0 : value;

/** A customer stands in the list once, with the most valuable of its warnings first; they come in that order. */
function byCustomer(warnings: readonly WarningRow[]): [WarningRow, ...WarningRow[]][] {
  const lines = new Map<number, [WarningRow, ...WarningRow[]]>();
  for (const warning of warnings) {
    const line = lines.get(warning.customerId);
    if (line) line.push(warning);
    else lines.set(warning.customerId, [warning]);
  }
  return [...lines.values()];
}

/** Warnings that are open, or were snoozed until today; those with a task of their own stand in the list as that task. */
async function warningItems(db: Db, asked: Asked, among: Among): Promise<WorklistItem[]> {
  const found = await findWarnings(
    db,
    sql`${whose(sql<number>`w.owner_id`, asked)} and (w.status = 'open' or (w.status = 'snoozed' and w.snoozed_until <= ${asked.today}::date))
      and ${among('w.customer_id')} and not exists (select from task t where t.warning_id = w.warning_id and t.status = 'open')`,
    sql`${valueOrder(asked.reader.fieldRules, 'w.value_at_risk').by} desc, w.warning_id desc`,
    mostRead,
  );
  return byCustomer(found).map(([warning, ...also]) => {
    const minutes = findDetector(warning.detectorId)?.minutes ?? usualMinutes;
    const { customerId, customerName, ownerId, ownerName, dueOn } = warning;
    const value = weighed(asked, warning.valueAtRisk);
    return {
      source: 'warning',
      customerId,
      customerName,
      assigneeId: ownerId,
      assigneeName: ownerName,
      dueOn,
      minutes,
      value,
      valueAnHour: valueAnHour({ dueOn, minutes, value }),
      warning,
      also,
      task: null,
    };
  });
}

async function taskItems(db: Db, asked: Asked, among: Among): Promise<WorklistItem[]> {
  const found = await findTasks(
    db,
    sql`${whose(doer, asked)} and t.status = 'open' and ${among('t.customer_id')}`,
    mostRead,
  );
  const ids = found.flatMap(({ warningId }) => warningId ?? []);
  const warnings =
    ids.length === 0
      ? []
      : await findWarnings(db, sql`w.warning_id = any (${ids}::bigint[])`, sql`1`, ids.length);
  const byId = new Map(warnings.map((warning) => [warning.warningId, warning]));
  return found.map((valued) => {
    const task = shown(valued);
    const warning = task.warningId === null ? undefined : byId.get(task.warningId);
    const { customerId, customerName, assigneeId, assigneeName, dueOn, minutes } = task;
    const value = weighed(asked, warning?.valueAtRisk ?? valueOfTask(valued.clv));
    return {
      source: 'task',
      customerId,
      customerName,
      assigneeId,
      assigneeName,
      dueOn,
      minutes,
      value,
      valueAnHour: valueAnHour({ dueOn, minutes, value }),
      warning: warning ?? null,
      also: [],
      task,
    };
  });
}

/**
 * What to do first: open warnings and tasks in one list, of the reader or of everybody whom he sees.
 * @throws CodedError segments.not_found, segments.not_usable
 */
export async function getWorklist(db: Db, asked: Asked): Promise<Worklist> {
  const { today } = asked;
  const among = await inSegments(db, asked.reader, asked.query.segmentId);
  const found = [...(await warningItems(db, asked, among)), ...(await taskItems(db, asked, among))];
  const items = inOrder(found, today);
  const sum = (of: (item: WorklistItem) => number) => items.reduce((total, item) => total + of(item), 0);
  return {
    today,
    currency: (await readSettings(db)).baseCurrency,
    items: items.slice(0, asked.query.limit),
    total: {
      count: items.length,
      overdue: sum(({ dueOn }) => (dueOn < today ? 1 : 0)),
      dueToday: sum(({ dueOn }) => (dueOn === today ? 1 : 0)),
      minutes: sum(({ minutes }) => minutes),
      value: sum(({ value }) => value),
    },
  };
}

/** Days for which it is told how much was closed. */
const lookBackDays = 30;

/**
 * Who has how much on his hands, of those whom the reader sees; nobody's own customers stand without a name.
 * @throws CodedError segments.not_found, segments.not_usable
 */
export async function getTeamLoad(
  db: Db,
  reader: Reader,
  segmentId: readonly number[] | undefined,
  today: string,
): Promise<TeamLoad> {
  const worth = valueOrder(reader.fieldRules, 'l.value_at_risk').by;
  const among = await inSegments(db, reader, segmentId);
  const { rows } = await sql<TeamLoad['items'][number]>`
    with load as (
      select w.owner_id as user_id, 1 as warnings, 0 as tasks, (w.due_on < ${today}::date)::int as overdue,
        ${usualMinutes} as minutes, w.value_at_risk, 0 as closed
      from warning w where w.status = 'open' and ${among('w.customer_id')}
      union all
      select ${doer}, 0, 1, (t.due_on < ${today}::date)::int, t.minutes, 0, 0 from task t where t.status = 'open'
        and ${among('t.customer_id')}
      union all
      select w.owner_id, 0, 0, 0, 0, 0, 1 from warning w
      where w.status in ('handled', 'false-alarm') and w.closed_at > ${today}::date - ${lookBackDays}::int
        and ${among('w.customer_id')}
      union all
      select ${doer}, 0, 0, 0, 0, 0, 1 from task t
      where t.status = 'done' and t.done_at > ${today}::date - ${lookBackDays}::int and ${among('t.customer_id')})
    select l.user_id as "userId", u.name, sum(l.warnings)::int as warnings, sum(l.tasks)::int as tasks,
      sum(l.overdue)::int as overdue, sum(l.minutes)::int as minutes, sum(l.value_at_risk) as "valueAtRisk",
      sum(l.closed)::int as closed
    from load l left join colleague u on u.user_id = l.user_id
    group by l.user_id, u.name order by sum(${worth}) desc, l.user_id`.execute(db);
  return { today, currency: (await readSettings(db)).baseCurrency, items: rows };
}
