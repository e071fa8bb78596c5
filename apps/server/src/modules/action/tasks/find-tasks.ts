import type { TaskRow } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { clockTitle } from '../../policy/clocks/index.js';

type Condition = RawBuilder<SqlBool>;

/** A task with the value of its customer. */
type ValuedTask = TaskRow & { clv: number | null };

/** Who does a task `t`: whoever was named, else whoever owns the customer now. */
export const doer = sql<number>`coalesce(t.assignee_id, t.owner_id)`;

/** What a made task is about. Names come from the record itself: who takes it out takes it out here too. */
const made = () => sql`case when t.made is not null then t.made || jsonb_build_object('name', coalesce(
  (select b.name from contact b where b.contact_id = (t.made ->> 'contactId')::bigint and b.deleted_at is null),
  (select k.title from contract k where k.contract_id = (t.made ->> 'contractId')::bigint and k.deleted_at is null),
  (select ${clockTitle()} from service_clock k where k.service_clock_id = (t.made ->> 'clockId')::bigint))) end`;

/** Tasks `t` that fit, the earliest first. */
export async function findTasks(db: Db, which: Condition, limit: number): Promise<ValuedTask[]> {
  const { rows } = await sql<ValuedTask>`
    select t.task_id as "taskId", t.kind, t.title, ${made()} as made, t.customer_id as "customerId", c.name as "customerName",
      ${doer} as "assigneeId", u.name as "assigneeName", t.due_on as "dueOn", t.minutes, t.warning_id as "warningId",
      t.status, t.done_at as "doneAt", t.row_version as "rowVersion", c.clv,
      case when t.status = 'cancelled' then jsonb_build_object('because', t.cancelled_because, 'note', t.cancelled_note,
        'at', to_char(t.cancelled_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'byName', e.name) end as cancelled
    from task t left join register_entry c on c.customer_id = t.customer_id left join colleague u on u.user_id = ${doer}
      left join colleague e on e.user_id = t.cancelled_by
    where ${which} order by t.due_on, t.task_id limit ${limit}`.execute(db);
  return rows;
}

/** A task as it goes out. */
export function shown({ clv: _clv, ...task }: ValuedTask): TaskRow {
  return task;
}

/** @throws CodedError tasks.not_found, also for one that the reader may not see */
export async function getTask(db: Db, taskId: number): Promise<TaskRow> {
  const [task] = await findTasks(db, sql`t.task_id = ${taskId}::bigint`, 1);
  if (!task) throw new CodedError('tasks.not_found');
  return shown(task);
}
