import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { listenTo } from '../../../platform/events/listen-to.js';

/**
 * The next step of an interaction is a task of whoever wrote it down, as long as it has a day. Told again it changes nothing; a
 * step that was taken away, or whose interaction was deleted, takes an open task with it.
 */
async function followNextStep(db: Db, interactionId: number): Promise<void> {
  await sql`
    update task t set status = 'cancelled', cancelled_because = 'step-removed', cancelled_at = now(),
      row_version = t.row_version + 1, updated_at = now()
    from interaction i
    where t.interaction_id = ${interactionId}::bigint and i.interaction_id = t.interaction_id and t.status = 'open'
      and (i.deleted_at is not null or i.next_step is null or i.next_step_on is null)`.execute(db);
  const { rows } = await sql<{ taskId: number }>`
    insert into task (customer_id, owner_id, team_id, assignee_id, kind, title, due_on, interaction_id, created_by)
    select i.customer_id, c.owner_id, c.team_id, i.created_by, 'next-step', i.next_step, i.next_step_on, i.interaction_id,
      i.created_by
    from interaction i join customer c using (customer_id)
    where i.interaction_id = ${interactionId}::bigint and i.deleted_at is null and i.next_step_on is not null
    on conflict (interaction_id) where interaction_id is not null do update
      set title = excluded.title, due_on = excluded.due_on, updated_at = now(), row_version = task.row_version + 1,
        status = case when task.status = 'cancelled' then 'open' else task.status end,
        cancelled_because = null, cancelled_note = null, cancelled_by = null, cancelled_at = null
      where (task.title, task.due_on) is distinct from (excluded.title, excluded.due_on) or task.status = 'cancelled'
    returning task_id as "taskId"`.execute(db);
  for (const { taskId } of rows) await emitEvent(db, 'task.changed', { taskId }, { audience: 'all' });
}

export const followNextSteps = listenTo('interaction.changed', ({ interactionId }, _platform, db) =>
  followNextStep(db, interactionId),
);
