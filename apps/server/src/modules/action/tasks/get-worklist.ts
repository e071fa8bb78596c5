import {
  warningsByCustomer,
  type WarningRow,
  type Worklist,
  type WorklistItem,
  type WorklistQuery,
} from '@kezi/contract';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { isRestricted } from '../../../platform/http/field-wall.rules.js';
import { valueOrder } from '../../../platform/http/value-order.js';
import { readSettings } from '../../people/settings/index.js';
import { inSegments, type Among, type Reader } from '../../records/customers/index.js';
import { findDetector, findWarnings } from '../alerts/index.js';
import { doer, findTasks, shown } from './find-tasks.js';
import { inOrder, usualMinutes, valueAnHour, valueOfTask } from './tasks.rules.js';

/** Read of each kind before they are put in order: a person with more open than this has another problem. */
const mostRead = 500;

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

/** One talk answers all warnings of a customer: it is due when the first of them is. */
const earliest = (warnings: readonly WarningRow[]): string =>
  warnings.map(({ dueOn }) => dueOn).reduce((one, other) => (other < one ? other : one));

/** Warnings that are open, or were snoozed until today; those with a task of their own stand in the list as that task. */
async function warningItems(db: Db, asked: Asked, among: Among): Promise<WorklistItem[]> {
  const found = await findWarnings(
    db,
    sql`${whose(sql<number>`w.owner_id`, asked)} and (w.status = 'open' or (w.status = 'snoozed' and w.snoozed_until <= ${asked.today}::date))
      and ${among('w.customer_id')} and not exists (select from task t where t.warning_id = w.warning_id and t.status = 'open')`,
    sql`${valueOrder(asked.reader.fieldRules, 'w.value_at_risk').by} desc, w.warning_id desc`,
    mostRead,
  );
  return warningsByCustomer(found).map(([warning, ...also]) => {
    const minutes = findDetector(warning.detectorId)?.minutes ?? usualMinutes;
    const { customerId, customerName, ownerId, ownerName } = warning;
    const dueOn = earliest([warning, ...also]);
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
