import {
  madeTaskKinds,
  type MadeTaskKind,
  type StageAction,
  type StageActionInput,
  type StageActionPatch,
  type TaskRule,
  type TaskRuleList,
  type TaskRulePatch,
} from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { changesBetween, writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';
import { listFestivalCares } from './festival-cares.js';
import { festivalsFrom } from './festival-days.js';

type Setting = Pick<TaskRule, 'isOn' | 'leadDays' | 'minutes'>;

/** As long as nobody sets them. */
const usual: Readonly<Record<MadeTaskKind, Setting>> = {
  meeting: { isOn: true, leadDays: 7, minutes: 90 },
  birthday: { isOn: true, leadDays: 3, minutes: 10 },
  anniversary: { isOn: true, leadDays: 7, minutes: 15 },
  'contract-anniversary': { isOn: false, leadDays: 7, minutes: 15 },
  'contract-end': { isOn: true, leadDays: 0, minutes: 60 },
  // Off until somebody wants it: a company that has just come in has thousands of them.
  'stale-record': { isOn: false, leadDays: 0, minutes: 20 },
  response: { isOn: true, leadDays: 7, minutes: 15 },
  solution: { isOn: true, leadDays: 7, minutes: 60 },
};

/** Who writes a rule, and when; the day in the organisation's time zone. */
interface Writer {
  userId: number;
  now: Date;
  today: string;
}

async function countOpen(db: Db): Promise<Map<string, number>> {
  const { rows } = await sql<{ source: string; open: number }>`
    select case when kind = 'stage' then 'stage ' || (made ->> 'action') else kind end as source, count(*)::int as open
    from task where made_key is not null and status = 'open' group by 1`.execute(db);
  return new Map(rows.map(({ source, open }) => [source, open]));
}

/** Every rule, set or not. */
export async function listTaskRules(db: Db, today: string): Promise<TaskRuleList> {
  const open = await countOpen(db);
  const rows = await db.selectFrom('task_rule').selectAll().execute();
  const rules = madeTaskKinds.map((kind): TaskRule => {
    const row = rows.find((each) => each.kind === kind);
    const set = row ? { isOn: row.is_on, leadDays: row.lead_days, minutes: row.minutes } : usual[kind];
    return { kind, ...set, open: open.get(kind) ?? 0, rowVersion: row?.row_version ?? 0 };
  });
  const actions = await db
    .selectFrom('stage_action')
    .select([
      'stage_action_id as stageActionId',
      'stage',
      'title',
      'due_days as dueDays',
      'minutes',
      'is_on as isOn',
      'row_version as rowVersion',
    ])
    .orderBy('stage_action_id')
    .$castTo<Omit<StageAction, 'open'>>()
    .execute();
  const stageActions = actions.map((action) => ({
    ...action,
    open: open.get(`stage ${action.stageActionId}`) ?? 0,
  }));
  return {
    rules,
    stageActions,
    festivalCares: await listFestivalCares(db, today),
    festivals: festivalsFrom(today),
  };
}

/** @throws CodedError tasks.rule_changed */
export async function setTaskRule(
  db: Db,
  kind: MadeTaskKind,
  patch: TaskRulePatch,
  by: Writer,
): Promise<TaskRule> {
  const find = async () => (await listTaskRules(db, by.today)).rules.find((rule) => rule.kind === kind)!;
  const before = await find();
  const after = {
    isOn: patch.isOn ?? before.isOn,
    leadDays: patch.leadDays ?? before.leadDays,
    minutes: patch.minutes ?? before.minutes,
  };
  const values = {
    is_on: after.isOn,
    lead_days: after.leadDays,
    minutes: after.minutes,
    updated_by: by.userId,
    updated_at: by.now,
  };
  const written = await db
    .insertInto('task_rule')
    .values({ kind, ...values })
    .onConflict((conflict) =>
      conflict
        .column('kind')
        .doUpdateSet({ ...values, row_version: sql<number>`task_rule.row_version + 1` })
        .where('task_rule.row_version', '=', patch.rowVersion),
    )
    .returning('row_version')
    .executeTakeFirst();
  // A first setting meets no row; a later one must meet the version that the writer saw.
  if (!written || (patch.rowVersion === 0) !== (written.row_version === 1)) {
    throw new CodedError('tasks.rule_changed');
  }
  const { isOn, leadDays, minutes } = before;
  await writeAudit(db, {
    action: 'taskRule.changed',
    subject: 'taskRule',
    subjectId: kind,
    changes: changesBetween({ isOn, leadDays, minutes }, after),
  });
  return find();
}

async function findAction(db: Db, stageActionId: number, today: string): Promise<StageAction> {
  const { stageActions } = await listTaskRules(db, today);
  const found = stageActions.find((action) => action.stageActionId === stageActionId);
  if (!found) throw new CodedError('tasks.action_not_found');
  return found;
}

/** Whoever enters the stage would get the same task twice. @throws CodedError tasks.action_exists */
async function refuseTwin(db: Db, { stage, title }: { stage: string; title: string }, own: number | null) {
  const twin = await db
    .selectFrom('stage_action')
    .where('stage', '=', stage)
    .where('title', '=', title)
    .$if(own !== null, (query) => query.where('stage_action_id', '<>', own ?? 0))
    .select('stage_action_id')
    .executeTakeFirst();
  if (twin) throw new CodedError('tasks.action_exists', { title });
}

/** @throws CodedError tasks.action_exists */
export async function addStageAction(db: Db, input: StageActionInput, by: Writer): Promise<StageAction> {
  const { stage, title, dueDays, minutes, isOn } = input;
  await refuseTwin(db, input, null);
  const { stage_action_id: id } = await db
    .insertInto('stage_action')
    .values({
      stage,
      title,
      due_days: dueDays,
      minutes,
      is_on: isOn,
      updated_by: by.userId,
      created_at: by.now,
      updated_at: by.now,
    })
    .returning('stage_action_id')
    .executeTakeFirstOrThrow();
  await writeAudit(db, {
    action: 'stageAction.created',
    subject: 'stageAction',
    subjectId: id,
    changes: changesBetween({}, { stage, title, dueDays, minutes, isOn }),
  });
  return findAction(db, id, by.today);
}

/** @throws CodedError tasks.action_not_found, tasks.action_exists, tasks.rule_changed */
export async function changeStageAction(
  db: Db,
  stageActionId: number,
  patch: StageActionPatch,
  by: Writer,
): Promise<StageAction> {
  const {
    open: _open,
    rowVersion: _version,
    stageActionId: _id,
    ...before
  } = await findAction(db, stageActionId, by.today);
  const { rowVersion, ...wish } = patch;
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
  const after = { ...before, ...given };
  await refuseTwin(db, after, stageActionId);
  const done = await db
    .updateTable('stage_action')
    .set({
      stage: after.stage,
      title: after.title,
      due_days: after.dueDays,
      minutes: after.minutes,
      is_on: after.isOn,
      row_version: rowVersion + 1,
      updated_by: by.userId,
      updated_at: by.now,
    })
    .where('stage_action_id', '=', stageActionId)
    .where('row_version', '=', rowVersion)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw new CodedError('tasks.rule_changed');
  await writeAudit(db, {
    action: 'stageAction.changed',
    subject: 'stageAction',
    subjectId: stageActionId,
    changes: changesBetween(before, after),
  });
  return findAction(db, stageActionId, by.today);
}

/** Its open tasks go with it. @throws CodedError tasks.action_not_found */
export async function deleteStageAction(db: Db, stageActionId: number, today: string): Promise<void> {
  const { title } = await findAction(db, stageActionId, today);
  await db.deleteFrom('stage_action').where('stage_action_id', '=', stageActionId).execute();
  await writeAudit(db, {
    action: 'stageAction.deleted',
    subject: 'stageAction',
    subjectId: stageActionId,
    changes: { title: [title, null] },
  });
}
