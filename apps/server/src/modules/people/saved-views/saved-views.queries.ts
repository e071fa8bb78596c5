import type { SavedView, SavedViewChange, SavedViewInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { sql } from 'kysely';
import { sqlStateOf } from '../../../platform/db/connection-errors.js';
import type { Db } from '../../../platform/db/scoped-db.js';

const uniqueViolation = '23505';
const foreignKeyViolation = '23503';

interface ViewRow extends Omit<SavedView, 'isMine'> {
  createdBy: number;
}

const columns = [
  'saved_view_id as savedViewId',
  'page',
  'name',
  'state',
  'is_shared as isShared',
  'team_id as teamId',
  'created_by as createdBy',
] as const;

function viewOf({ createdBy, ...view }: ViewRow, userId: number): SavedView {
  return { ...view, isMine: createdBy === userId };
}

/**
 * The user's own views and those that others share with everybody or with a department of the user's, by name. Who sees all
 * rows of the organisation sees no more here.
 */
export async function listViews(db: Db, userId: number, page: string | undefined): Promise<SavedView[]> {
  const rows = await db
    .selectFrom('saved_view')
    .where((is) =>
      is.or([
        is('created_by', '=', userId),
        is('is_shared', '=', true),
        sql<boolean>`team_id = any ((select departments_over(${userId}))::int[])`,
      ]),
    )
    .$if(page !== undefined, (some) => some.where('page', '=', page ?? ''))
    .select(columns)
    .orderBy(sql`name collate "zh-Hans-x-icu"`)
    .orderBy('saved_view_id')
    .$castTo<ViewRow>()
    .execute();
  return rows.map((row) => viewOf(row, userId));
}

async function refusing<Result>(name: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write();
  } catch (error) {
    const state = sqlStateOf(error);
    if (state === uniqueViolation) throw new CodedError('views.name_exists', { name }, { cause: error });
    if (state === foreignKeyViolation) throw new CodedError('teams.not_found', {}, { cause: error });
    throw error;
  }
}

/** Whom a change shares a view with: nothing where it does not say so. */
function sharingOf({ isShared, teamId }: SavedViewChange) {
  if (isShared === undefined && teamId === undefined) return {};
  if (isShared === undefined && teamId === null) return { team_id: null };
  return { is_shared: isShared ?? false, team_id: teamId ?? null };
}

/** @throws CodedError views.name_exists, teams.not_found */
export async function createView(db: Db, userId: number, input: SavedViewInput): Promise<SavedView> {
  const row = await refusing(input.name, () =>
    db
      .insertInto('saved_view')
      .values({
        page: input.page,
        name: input.name,
        state: JSON.stringify(input.state),
        ...sharingOf(input),
        created_by: userId,
      })
      .returning(columns)
      .$castTo<ViewRow>()
      .executeTakeFirstOrThrow(),
  );
  return viewOf(row, userId);
}

/** @throws CodedError views.not_found where somebody else made it, views.name_exists, teams.not_found */
export async function updateView(
  db: Db,
  userId: number,
  viewId: number,
  change: SavedViewChange,
  now: Date,
): Promise<SavedView> {
  const row = await refusing(change.name ?? '', () =>
    db
      .updateTable('saved_view')
      .set({
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.state === undefined ? {} : { state: JSON.stringify(change.state) }),
        ...sharingOf(change),
        updated_at: now,
      })
      .where('saved_view_id', '=', viewId)
      .where('created_by', '=', userId)
      .returning(columns)
      .$castTo<ViewRow>()
      .executeTakeFirst(),
  );
  if (!row) throw new CodedError('views.not_found');
  return viewOf(row, userId);
}

/** @throws CodedError views.not_found where somebody else made it */
export async function deleteView(db: Db, userId: number, viewId: number): Promise<void> {
  const gone = await db
    .deleteFrom('saved_view')
    .where('saved_view_id', '=', viewId)
    .where('created_by', '=', userId)
    .returning('saved_view_id')
    .executeTakeFirst();
  if (!gone) throw new CodedError('views.not_found');
}
