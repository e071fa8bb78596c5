import { sql } from 'kysely';
import type { Db } from '../../../platform/db/scoped-db.js';
import { emitEvent } from '../../../platform/events/emit-event.js';
import { readSettings } from '../../people/settings/index.js';
import { readQualityPolicy } from '../../records/identity/index.js';
import { answered, kept } from './close-answered.js';
import { listTaskRules } from './task-rules.js';
import { gatherFestivals } from './wanted-by-festivals.js';
import { keptDays, wantedByRule, wantedByStage } from './wanted-tasks.js';

interface TasksMade {
  made: number;
  done: number;
  cancelled: number;
}

const changedRows = ({ numAffectedRows }: { numAffectedRows?: bigint }) => Number(numAffectedRows ?? 0);

/** Rules that are off, as `task.kind`, `made.action` and `made.care` name them. */
interface RulesOff {
  kinds: string[];
  actions: string[];
  cares: string[];
}

async function gatherWanted(db: Db, today: string, kinds: readonly string[] | null): Promise<RulesOff> {
  const { timeZone } = await readSettings(db);
  const { rules, stageActions } = await listTaskRules(db, today);
  await sql`drop table if exists wanted`.execute(db);
  await sql`
    create temp table wanted (made_key text, kind text, customer_id bigint, title text, due_on date, minutes int, made jsonb)
    on commit drop`.execute(db);
  const { staleDays } = await readQualityPolicy(db);
  const moment = { today, timeZone, staleDays };
  for (const rule of rules.filter(({ isOn, kind }) => isOn && (kinds?.includes(kind) ?? true))) {
    await sql`insert into wanted ${wantedByRule(rule, moment)}`.execute(db);
  }
  for (const action of stageActions.filter(({ isOn }) => isOn && kinds === null)) {
    await sql`insert into wanted ${wantedByStage(action, moment)}`.execute(db);
  }
  const cares = kinds === null ? await gatherFestivals(db, { today, keptDays }) : [];
  // Nobody is to call a customer who was erased.
  await sql`
    delete from wanted where customer_id in (select customer_id from customer where erased_at is not null)`.execute(
    db,
  );
  return {
    kinds: rules.filter(({ isOn }) => !isOn).map(({ kind }) => kind),
    actions: stageActions.filter(({ isOn }) => !isOn).map(({ stageActionId }) => String(stageActionId)),
    cares,
  };
}

/**
 * A warning that asks for the same stands in the list as this task, and is handled with it: the ending contract of a task of a
 * contract that ends, the most valuable warning of a customer who has come into a stage.
 */
async function joinWarnings(db: Db): Promise<void> {
  await sql`
    update task t set warning_id = w.warning_id
    from (
      select distinct on (open.task_id) open.task_id, w.warning_id
      from (
        select task_id, customer_id, kind, row_number() over (partition by customer_id order by due_on, task_id) as place
        from task where status = 'open' and made_key is not null and warning_id is null and kind in ('contract-end', 'stage')) open
      join warning w on w.customer_id = open.customer_id and w.status = 'open'
        and (open.kind <> 'contract-end' or w.detector_id = 'contract-ending')
        and (open.kind <> 'stage' or w.detector_id in ('overdue', 'chance-fall', 'churn-model', 'spend-fall'))
      where open.place = 1
        and not exists (select from task other where other.warning_id = w.warning_id and other.status = 'open')
      order by open.task_id, w.value_at_risk desc) w
    where t.task_id = w.task_id`.execute(db);
}

/**
 * Brings the tasks that rules make to what the rules ask for today. What was asked for once is not asked for again, however
 * often this runs; what happened is done, and what is asked for no more is taken off the list.
 * @param kinds of which rules; null: of all
 */
export async function makeTasks(
  db: Db,
  today: string,
  now: Date,
  kinds: readonly string[] | null = null,
): Promise<TasksMade> {
  const off = await gatherWanted(db, today, kinds);
  const done =
    changedRows(await kept(db, now)) + (kinds === null ? changedRows(await answered(db, null, now)) : 0);
  const cancelled = await sql`
    update task t set status = 'cancelled', cancelled_at = ${now.toISOString()}::timestamptz,
      cancelled_because = case
        when t.kind = any (${off.kinds}::text[]) or t.made ->> 'action' = any (${off.actions}::text[])
          or t.made ->> 'care' = any (${off.cares}::text[]) then 'rule-off'
        else 'not-asked' end,
      row_version = t.row_version + 1, updated_at = ${now.toISOString()}::timestamptz
    where t.made_key is not null and t.status = 'open' and (${kinds}::text[] is null or t.kind = any (${kinds}::text[]))
      and not exists (select from wanted w where w.made_key = t.made_key)`.execute(db);
  const made = await sql`
    insert into task (customer_id, owner_id, team_id, kind, title, due_on, minutes, made_key, made, created_by,
      created_at, updated_at)
    select w.customer_id, c.owner_id, c.team_id, w.kind, w.title,
      -- What a customer was promised by a day that is over is late from the first.
      case when w.kind in ('response', 'solution') then w.due_on else greatest(w.due_on, ${today}::date) end, w.minutes, w.made_key, w.made, null::int,
      ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz
    from wanted w join customer c on c.customer_id = w.customer_id
    where w.due_on is not null
    -- What a rule took off comes back with its wish; what somebody took off does not.
    on conflict (made_key) where made_key is not null do update
      set status = 'open', cancelled_because = null, cancelled_at = null, due_on = excluded.due_on,
        row_version = task.row_version + 1, updated_at = excluded.updated_at
      where task.cancelled_because in ('rule-off', 'not-asked')`.execute(db);
  await joinWarnings(db);
  const counts = {
    made: changedRows(made),
    done,
    cancelled: changedRows(cancelled),
  };
  if (Object.values(counts).some((count) => count > 0)) {
    await emitEvent(db, 'task.changed', { taskId: null }, { audience: 'all' });
  }
  return counts;
}
