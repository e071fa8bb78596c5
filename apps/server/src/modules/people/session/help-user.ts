import { CodedError } from '@kezi/contract/errors';
import { writeAudit } from '../../../platform/audit/write-audit.js';
import { accountPlace } from '../../../platform/auth/attempt-place.js';
import type { Db } from '../../../platform/db/scoped-db.js';

/**
 * Ends the pauses that wrong attempts on an account have brought, those on devices that it knows included.
 * @throws CodedError users.not_found
 */
export async function unblock(db: Db, userId: number): Promise<void> {
  const user = await db.selectFrom('app_user').select('email').where('id', '=', userId).executeTakeFirst();
  if (!user) throw new CodedError('users.not_found');
  await db.deleteFrom('sign_in_failure').where('account', '=', accountPlace(user.email)).execute();
  await writeAudit(db, { action: 'user.unblocked', subject: 'user', subjectId: userId });
}
