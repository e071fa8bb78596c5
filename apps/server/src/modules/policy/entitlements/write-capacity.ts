import type { CapacityInput } from '@kezi/contract';
import { CodedError } from '@kezi/contract/errors';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import type { Db } from '../../../platform/db/scoped-db.js';

/**
 * Gives somebody hours of their own, or those of everybody again.
 * @throws CodedError entitlements.user_unknown, entitlements.hours_changed
 */
export async function writeCapacity(
  db: Db,
  userId: number,
  { hours, rowVersion }: CapacityInput,
  by: { userId: number; now: Date },
): Promise<void> {
  // Two who change it come one after the other, also where there is no row yet.
  const user = await db
    .selectFrom('app_user')
    .where('id', '=', userId)
    .select('id')
    .forUpdate()
    .executeTakeFirst();
  if (!user) throw new CodedError('entitlements.user_unknown');
  const before = await db
    .selectFrom('user_capacity')
    .where('user_id', '=', userId)
    .select(['hours_year as hours', 'row_version as rowVersion'])
    .executeTakeFirst();
  if ((before?.rowVersion ?? 0) !== rowVersion) throw new CodedError('entitlements.hours_changed');
  await db.deleteFrom('user_capacity').where('user_id', '=', userId).execute();
  if (hours !== null) {
    await db
      .insertInto('user_capacity')
      .values({
        user_id: userId,
        hours_year: hours,
        row_version: rowVersion + 1,
        updated_by: by.userId,
        updated_at: by.now,
      })
      .execute();
  }
  await writeAudit(db, {
    action: 'capacity.changed',
    subject: 'user',
    subjectId: userId,
    changes: { hours: [before?.hours ?? null, hours] },
  });
}
